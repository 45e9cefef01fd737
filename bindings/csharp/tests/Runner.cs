// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll.Tests
{
    /// <summary>Marks a static method without arguments that is a test; it may return a task.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class TestAttribute : Attribute
    {
    }

    internal sealed class FailedException : Exception
    {
        internal FailedException(string message)
            : base(message)
        {
        }
    }

    internal static class Assert
    {
        internal static void True(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new FailedException(otherwise);
            }
        }

        internal static void Equal(object expected, object found) =>
            True(Equals(expected, found), $"{found ?? "null"} is not {expected ?? "null"}");

        internal static void Contains(string part, string text) => True(text.Contains(part), $"{text} has no {part}");

        internal static T Throws<T>(Action work)
            where T : Exception
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                True(error.GetType() == typeof(T), $"{error} is no {typeof(T).Name}");
                return (T)error;
            }
            throw new FailedException($"there is no {typeof(T).Name}");
        }

        internal static T Throws<T>(Func<Task> work)
            where T : Exception => Throws<T>(() => work().GetAwaiter().GetResult());
    }

    /// <summary>Runs all tests, or those whose names have a word in them, one after the other: some measure time.</summary>
    internal static class Runner
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

        internal static int Main(string[] args)
        {
            if (args.Length > 1 && args[0] == "child")
            {
                return Children.Run(args[1], args.Skip(2).ToArray());
            }
            int passed = 0, failed = 0;
            foreach (var test in Tests().Concat(Cases.All()).Where(one => args.Length == 0 || one.Key.Contains(args[0])))
            {
                var watch = Stopwatch.StartNew();
                var fault = Run(test.Value);
                if (fault == null)
                {
                    passed++;
                    Console.WriteLine($"ok      {watch.Elapsed.TotalSeconds:0.00} s  {test.Key}");
                }
                else
                {
                    failed++;
                    Console.WriteLine($"FAILED  {watch.Elapsed.TotalSeconds:0.00} s  {test.Key}\n{fault}");
                }
            }
            Support.End();
            var word = failed == 0 && passed > 0 ? "ok" : "FAILED";
            Console.WriteLine($"test result: {word}. {passed} passed; {failed} failed;");
            return word == "ok" ? 0 : 1;
        }

        private static IEnumerable<KeyValuePair<string, Action>> Tests() =>
            from type in Assembly.GetExecutingAssembly().GetTypes().OrderBy(type => type.Name)
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where method.IsDefined(typeof(TestAttribute), false)
            select new KeyValuePair<string, Action>($"{type.Name}.{method.Name}", () => Invoke(method));

        private static void Invoke(MethodInfo method) => (method.Invoke(null, null) as Task)?.GetAwaiter().GetResult();

        private static Exception Run(Action test)
        {
            Exception fault = null;
            var thread = new Thread(() =>
            {
                try
                {
                    test();
                }
                catch (TargetInvocationException error)
                {
                    fault = error.InnerException;
                }
                catch (Exception error)
                {
                    fault = error;
                }
            });
            thread.IsBackground = true;
            thread.Start();
            return thread.Join(Longest) ? fault : new FailedException("it takes too long");
        }
    }
}
