// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace Voiceroll.Tests
{
    internal static class JsonTests
    {
        [Test]
        internal static void ValuesComeBackAsTheyWere()
        {
            const string Text = "{\"a\":[1,-2,true,false,null,\"x\",{}],\"b\":{\"c\":[]},\"d\":1.5}";
            Assert.Equal(Text, Json.Write(Json.Read(Text)));
            Assert.Equal(Text, Json.Write(Json.Read(" " + Text.Replace(":", " :\r\n").Replace(",", "\t, ") + "\n")));
        }

        [Test]
        internal static void NumbersAreTheNearestOnes()
        {
            var known = new Dictionary<string, long>
            {
                ["0.1"] = 0x3FB999999999999A,
                ["1e23"] = 0x44B52D02C7E14AF6,
                ["4.9e-324"] = 1,
                ["2e-324"] = 0,
                ["2.2250738585072011e-308"] = 0x000FFFFFFFFFFFFF,
                ["1.7976931348623157e308"] = 0x7FEFFFFFFFFFFFFF,
                ["5.958531699576297e-136"] = 2583860827536821506,
                ["2.728248668195038e-300"] = 125322066329724111,
                ["-3.127579731003828e-289"] = -8932781944154702004,
                ["9007199254740993.0"] = 0x4340000000000000,
                ["9007199254740995.0"] = 0x4340000000000002,
                ["-0.0"] = long.MinValue,
                ["-0"] = long.MinValue,
            };
            foreach (var one in known)
            {
                Assert.Equal(one.Value, BitConverter.DoubleToInt64Bits((double)Json.Read(one.Key)));
            }
            Assert.Equal(9007199254740993L, Json.Read("9007199254740993"));
            Assert.Equal(long.MinValue, Json.Read("-9223372036854775808"));
            Assert.Equal(9223372036854775808.0, Json.Read("9223372036854775808"));
        }

        [Test]
        internal static void EveryNumberComesBackToTheLastBit()
        {
            var random = new Random(5);
            var bytes = new byte[8];
            for (var round = 0; round < 20000; round++)
            {
                random.NextBytes(bytes);
                var value = round % 2 == 0 ? BitConverter.ToDouble(bytes, 0) : random.NextDouble() * 100;
                if (!double.IsNaN(value) && !double.IsInfinity(value))
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits((double)Json.Read(Json.Write(value))));
                }
            }
        }

        [Test]
        internal static void NumbersDoNotDependOnTheCulture()
        {
            var before = Thread.CurrentThread.CurrentCulture;
            try
            {
                Thread.CurrentThread.CurrentCulture = new CultureInfo("de-DE");
                Assert.Equal("[1.5,-2]", Json.Write(new List<object> { 1.5, -2L }));
                Assert.Equal(1.5, Json.Read("1.5"));
                var found = Recording.Inspect(Support.Clip("ada-1.mp3"), new InspectOptions { MaxSeconds = 60.5 });
                Assert.Contains("Duration = 17.7", found.ToString());
            }
            finally
            {
                Thread.CurrentThread.CurrentCulture = before;
            }
        }

        [Test]
        internal static void TextsComeBackAsTheyWere()
        {
            const string Text = "\"\\ /\b\f\n\r\t\0\u001f\u007f é \u2028 \U0001F600";
            Assert.Equal(Text, Json.Read(Json.Write(Text)));
            Assert.Equal("\"/\b\f\n\r\té\U0001F600", Json.Read("\"\\\"\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\uDE00\""));
        }

        [Test]
        internal static void WhatIsNoJsonIsRefused()
        {
            string[] wrong =
            {
                "", " ", "nul", "truee", "01", "1.", ".5", "+1", "-", "1e", "1e+", "0x10", "NaN", "Infinity", "1e999", "1,2",
                "[1,]", "[,1]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{1:1}", "[", "{", "]", "\"", "\"\n\"", "\"\\x\"",
                "\"\\u12g4\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\", "'a'", "// 1", "1\0", "\uFEFF1", "[1}", new string('1', 1001),
            };
            foreach (var text in wrong)
            {
                try
                {
                    Json.Read(text);
                }
                catch (FormatException)
                {
                    continue;
                }
                throw new FailedException($"this passes: {text}");
            }
            Assert.Throws<ArgumentException>(() => Json.Write(double.NaN));
            Assert.Throws<ArgumentException>(() => Json.Write(double.PositiveInfinity));
        }

        [Test]
        internal static void TheDepthIsLimited()
        {
            Assert.Equal(Nested(Json.MaxDepth), Json.Write(Json.Read(Nested(Json.MaxDepth))));
            Assert.Throws<FormatException>(() => Json.Read(Nested(Json.MaxDepth + 1)));
            Assert.Throws<FormatException>(() => Json.Read(new string('[', 1000000)));
        }

        private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }
}
