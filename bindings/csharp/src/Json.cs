// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;

namespace Voiceroll
{
    /// <summary>JSON as dictionaries, lists, strings, <c>bool</c>, <c>long</c>, <c>double</c> and null.</summary>
    internal sealed class Json
    {
        /// <summary>How deep a text may be nested.</summary>
        internal const int MaxDepth = 64;

        private const int LongestNumber = 1000;
        private readonly string text;
        private int at;
        private int depth;

        private Json(string text)
        {
            this.text = text;
        }

        /// <summary>Reads one value, and nothing behind it.</summary>
        internal static object Read(string text)
        {
            var reader = new Json(text);
            var value = reader.Value();
            reader.Space();
            return reader.at == text.Length ? value : throw reader.Wrong("more than one value");
        }

        /// <summary>A value as text. Numbers come back from <see cref="Read"/> as they were.</summary>
        internal static string Write(object value)
        {
            var to = new StringBuilder();
            Write(to, value);
            return to.ToString();
        }

        private static void Write(StringBuilder to, object value)
        {
            if (value == null)
            {
                to.Append("null");
            }
            else if (value is bool truth)
            {
                to.Append(truth ? "true" : "false");
            }
            else if (value is string words)
            {
                WriteText(to, words);
            }
            else if (value is double number)
            {
                to.Append(Number(number));
            }
            else if (value is int || value is long)
            {
                to.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
            }
            else if (value is JsonText raw)
            {
                to.Append(raw.Text);
            }
            else if (value is IDictionary<string, object> members)
            {
                WriteAll(to, '{', members, '}', member =>
                {
                    WriteText(to, member.Key);
                    to.Append(':');
                    Write(to, member.Value);
                });
            }
            else if (value is IEnumerable items)
            {
                WriteAll(to, '[', items.Cast<object>(), ']', item => Write(to, item));
            }
            else
            {
                throw new ArgumentException($"a {value.GetType().Name} cannot be written as JSON");
            }
        }

        private static void WriteAll<T>(StringBuilder to, char open, IEnumerable<T> items, char close, Action<T> write)
        {
            to.Append(open);
            var first = true;
            foreach (var item in items)
            {
                to.Append(first ? "" : ",");
                first = false;
                write(item);
            }
            to.Append(close);
        }

        private static void WriteText(StringBuilder to, string words)
        {
            to.Append('"');
            foreach (var letter in words)
            {
                if (letter == '"' || letter == '\\')
                {
                    to.Append('\\').Append(letter);
                }
                else if (letter < ' ')
                {
                    to.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                }
                else
                {
                    to.Append(letter);
                }
            }
            to.Append('"');
        }

        private static string Number(double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new ArgumentException("a number is not finite; pass another value, or omit it");
            }
            if (value == 0)
            {
                return 1 / value < 0 ? "-0.0" : "0.0";
            }
            // Not every runtime's shortest form comes back as it was.
            var shortest = value.ToString("R", CultureInfo.InvariantCulture);
            var digits = Exact(shortest) == value ? shortest : value.ToString("G17", CultureInfo.InvariantCulture);
            return digits.IndexOfAny(new[] { '.', 'E' }) < 0 ? digits + ".0" : digits;
        }

        private object Value()
        {
            Space();
            switch (Peek())
            {
                case '{':
                    var members = new Dictionary<string, object>();
                    Several('}', () =>
                    {
                        Space();
                        var name = Text();
                        Space();
                        Expect(":");
                        members[name] = Value();
                    });
                    return members;
                case '[':
                    var items = new List<object>();
                    Several(']', () => items.Add(Value()));
                    return items;
                case '"':
                    return Text();
                case 't':
                    Expect("true");
                    return true;
                case 'f':
                    Expect("false");
                    return false;
                case 'n':
                    Expect("null");
                    return null;
                default:
                    return Number();
            }
        }

        private void Several(char close, Action read)
        {
            if (++depth > MaxDepth)
            {
                throw Wrong("nested too deeply");
            }
            at++;
            Space();
            if (Peek() != close)
            {
                read();
                for (Space(); Peek() == ','; Space())
                {
                    at++;
                    read();
                }
            }
            Expect(close.ToString());
            depth--;
        }

        private string Text()
        {
            Expect("\"");
            var words = new StringBuilder();
            for (; Peek() != '"'; at++)
            {
                if (Peek() < ' ')
                {
                    throw Wrong("an unterminated string");
                }
                words.Append(Peek() == '\\' ? Escaped() : Peek());
            }
            at++;
            for (var place = 0; place < words.Length; place++)
            {
                if (char.IsHighSurrogate(words[place]) && place + 1 < words.Length && char.IsLowSurrogate(words[place + 1]))
                {
                    place++;
                }
                else if (char.IsSurrogate(words[place]))
                {
                    throw Wrong("half of a surrogate pair");
                }
            }
            return words.ToString();
        }

        /// <summary>What an escape stands for; leaves off at its last letter.</summary>
        private char Escaped()
        {
            at++;
            if (Peek() != 'u')
            {
                var which = "\"\\/bfnrt".IndexOf(Peek());
                return which >= 0 && Peek() != '\0' ? "\"\\/\b\f\n\r\t"[which] : throw Wrong("an invalid escape");
            }
            var code = 0;
            for (var digit = 0; digit < 4; digit++)
            {
                at++;
                var value = "0123456789abcdef".IndexOf(char.ToLowerInvariant(Peek()));
                code = value >= 0 ? code * 16 + value : throw Wrong("an invalid escape");
            }
            return (char)code;
        }

        private object Number()
        {
            var start = at;
            at += Peek() == '-' ? 1 : 0;
            if (Peek() == '0')
            {
                at++;
            }
            else
            {
                Digits();
            }
            var whole = true;
            if (Peek() == '.')
            {
                at++;
                whole = false;
                Digits();
            }
            if (Peek() == 'e' || Peek() == 'E')
            {
                at++;
                whole = false;
                at += Peek() == '+' || Peek() == '-' ? 1 : 0;
                Digits();
            }
            var digits = text.Substring(start, at - start);
            if (whole && digits != "-0" && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact))
            {
                return exact;
            }
            try
            {
                var number = digits.Length > LongestNumber ? double.NaN : Exact(digits);
                return double.IsNaN(number) || double.IsInfinity(number) ? throw Wrong("a number out of range") : number;
            }
            catch (OverflowException)
            {
                throw Wrong("a number out of range");
            }
        }

        /// <summary>The nearest number. Mono's own reading is now and then one step off.</summary>
        private static double Exact(string digits)
        {
            var near = double.Parse(digits.TrimStart('-'), NumberStyles.Float, CultureInfo.InvariantCulture);
            if (near > 0 && near < double.MaxValue)
            {
                var sought = Fraction.Of(digits.TrimStart('-'));
                var bits = BitConverter.DoubleToInt64Bits(near);
                while (Fraction.Above(bits).IsBelow(sought, bits % 2 != 0))
                {
                    bits++;
                }
                while (bits > 0 && !Fraction.Above(bits - 1).IsBelow(sought, bits % 2 == 0))
                {
                    bits--;
                }
                near = BitConverter.Int64BitsToDouble(bits);
            }
            return digits[0] == '-' ? -near : near;
        }

        private void Digits()
        {
            var start = at;
            while (Peek() >= '0' && Peek() <= '9')
            {
                at++;
            }
            if (at == start)
            {
                throw Wrong("an invalid value");
            }
        }

        private void Space()
        {
            while (Peek() == ' ' || Peek() == '\n' || Peek() == '\t' || Peek() == '\r')
            {
                at++;
            }
        }

        private void Expect(string words)
        {
            if (string.CompareOrdinal(text, at, words, 0, words.Length) != 0)
            {
                throw Wrong("something unexpected");
            }
            at += words.Length;
        }

        private char Peek() => at < text.Length ? text[at] : '\0';

        private FormatException Wrong(string what) =>
            new FormatException($"this is not valid JSON: {what} at character {at}");
    }

    /// <summary>A number as two whole ones.</summary>
    internal struct Fraction
    {
        private readonly BigInteger over;
        private readonly BigInteger under;

        private Fraction(BigInteger value, int powerOfTwo, int powerOfTen)
        {
            over = value * BigInteger.Pow(2, Math.Max(0, powerOfTwo)) * BigInteger.Pow(10, Math.Max(0, powerOfTen));
            under = BigInteger.Pow(2, Math.Max(0, -powerOfTwo)) * BigInteger.Pow(10, Math.Max(0, -powerOfTen));
        }

        /// <summary>Compares without rounding.</summary>
        internal bool IsBelow(Fraction other, bool orEqual)
        {
            var order = (over * other.under).CompareTo(other.over * under);
            return order < 0 || (orEqual && order == 0);
        }

        /// <summary>What digits say, which have no sign.</summary>
        internal static Fraction Of(string digits)
        {
            var parts = digits.Split('e', 'E');
            var power = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
            var point = parts[0].IndexOf('.');
            var behind = point < 0 ? 0 : parts[0].Length - point - 1;
            return new Fraction(BigInteger.Parse(parts[0].Replace(".", ""), CultureInfo.InvariantCulture), 0, power - behind);
        }

        /// <summary>Half way between a number, by its bits, and the next larger one.</summary>
        internal static Fraction Above(long bits)
        {
            var power = (int)(bits >> 52);
            var value = bits & 0xFFFFFFFFFFFFF;
            return power == 0
                ? new Fraction((2 * value) + 1, -1075, 0)
                : new Fraction((2 * (value | 0x10000000000000)) + 1, power - 1076, 0);
        }
    }

    /// <summary>Text that is JSON already.</summary>
    internal sealed class JsonText
    {
        internal JsonText(string text)
        {
            Json.Read(text);
            Text = text;
        }

        internal string Text { get; }
    }
}
