// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Voiceroll
{
    /// <summary>What can be said of an argument without the library.</summary>
    internal static class Arguments
    {
        internal static T NotNull<T>(T value, string name)
            where T : class => value ?? throw new ArgumentNullException(name);

        /// <summary>What can be the path of a file.</summary>
        internal static string IsPath(string path, string name) =>
            NotNull(path, name).IndexOf('\0') < 0
                ? path
                : throw new ArgumentException("the path contains a NUL character; check where it comes from", name);

        internal static int Positive(int value, string name) =>
            value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "the value must be at least 1");

        /// <summary>A list without holes, which nobody changes any more.</summary>
        internal static List<T> NoNulls<T>(IEnumerable<T> values, string name)
            where T : class
        {
            var list = NotNull(values, name).ToList();
            return list.Contains(null) ? throw new ArgumentException("the collection contains null", name) : list;
        }

        /// <summary>The options and other arguments that were given. A number among them must be one.</summary>
        internal static Dictionary<string, object> Given(Dictionary<string, object> args)
        {
            foreach (var one in args)
            {
                if (one.Value is double number && (double.IsNaN(number) || double.IsInfinity(number)))
                {
                    throw new ArgumentException(
                        $"`{Names.Option(one.Key)}` must be a finite number; pass another value, or omit it");
                }
            }
            return args.Where(one => one.Value != null).ToDictionary(one => one.Key, one => one.Value);
        }

        /// <summary>Seconds, or null for no limit, which .NET also writes as <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
        internal static object Seconds(TimeSpan? time) =>
            time == null || time == Timeout.InfiniteTimeSpan ? null : (object)(time.Value.Ticks / (double)TimeSpan.TicksPerSecond);

        /// <summary>JSON as the user has it.</summary>
        internal static JsonText IsJson(string text, string name)
        {
            try
            {
                return new JsonText(NotNull(text, name));
            }
            catch (FormatException fault)
            {
                throw new ArgumentException(fault.Message, name, fault);
            }
        }
    }
}
