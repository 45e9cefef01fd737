// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll.Tests
{
    /// <summary>The way to what no user reaches.</summary>
    internal static class Private
    {
        private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

        private static readonly Assembly Package = typeof(Registry).Assembly;

        /// <summary>A result as the package reads it.</summary>
        internal static T Result<T>(string json) => (T)Make(typeof(T), Make(Type("Fields"), Json.Read(json), null));

        internal static Exception Error(string json) => (Exception)Method(Type("Errors"), "From").Do(null, json, CancellationToken.None);

        /// <summary>A verb, or arguments, that the package does not have.</summary>
        internal static object Run(Registry registry, string verb, IDictionary<string, object> args = null) =>
            Asked("Run", registry, verb, args);

        internal static Task RunAsync(Registry registry, string verb, IDictionary<string, object> args = null) =>
            (Task)Asked("RunAsync", registry, verb, args);

        internal static Registry Open(string path, Dictionary<string, object> settings) =>
            (Registry)Method(typeof(Registry), "Opened").Do(null, path, settings);

        private static object Asked(string method, Registry registry, string verb, IDictionary<string, object> args)
        {
            Func<object, byte[], object> read = (value, sound) => value;
            var given = new Dictionary<string, object>(args ?? new Dictionary<string, object>());
            var request = Make(Type("Request`1").MakeGenericType(typeof(object)), verb, given, null, null, read);
            var handle = typeof(Registry).GetField("handle", All).GetValue(registry);
            return Method(Type("Call"), method).MakeGenericMethod(typeof(object)).Do(null, handle, request, CancellationToken.None);
        }

        private static Type Type(string name) => Package.GetType("Voiceroll." + name, true);

        private static MethodInfo Method(Type type, string name) => type.GetMethod(name, All);

        private static object Make(Type type, params object[] arguments) =>
            Called(() => type.GetConstructors(All).First(one => one.GetParameters().Length == arguments.Length).Invoke(arguments));

        private static object Do(this MethodInfo method, object self, params object[] arguments) =>
            Called(() => method.Invoke(self, arguments));

        private static object Called(Func<object> call)
        {
            try
            {
                return call();
            }
            catch (TargetInvocationException error)
            {
                ExceptionDispatchInfo.Capture(error.InnerException).Throw();
                throw;
            }
        }
    }
}
