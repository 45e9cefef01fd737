// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Voiceroll.Tests
{
    using Members = IDictionary<string, object>;

    /// <summary>The contract that every language passes; <c>tests/README.md</c> says how to read it.</summary>
    internal static class Cases
    {
        /// <summary>Cases that this runner cannot do yet.</summary>
        private static readonly string[] Missing = { };

        private static readonly Dictionary<string, string> Classes =
            Rows().ToDictionary(row => (string)row["kind"], row => (string)row["csharp"]);

        /// <summary>Each case in each place, in blocking calls and in tasks.</summary>
        internal static IEnumerable<KeyValuePair<string, Action>> All() =>
            from file in Directory.GetFiles(Path.Combine(Support.Root, "tests", "cases"), "*.json").OrderBy(name => name)
            from one in ((List<object>)Of(File.ReadAllText(file))["cases"]).Cast<Members>()
            where !Missing.Contains((string)one["name"])
            from place in Places(one)
            from async in new[] { false, true }
            let name = $"{Path.GetFileName(file)}: {one["name"]}, {place}, {(async ? "task" : "blocking")}"
            select new KeyValuePair<string, Action>(name, () => Check(one, place, async));

        internal static IEnumerable<Members> Rows() =>
            ((List<object>)Of(File.ReadAllText(Path.Combine(Support.Root, "tests", "errors.json")))["classes"]).Cast<Members>();

        [Test]
        internal static void EveryClassOfTheTableIsThere()
        {
            foreach (var name in Classes.Values)
            {
                var type = typeof(Registry).Assembly.GetType("Voiceroll." + name);
                Assert.True(type != null && typeof(IVoicerollError).IsAssignableFrom(type), name);
                var parent = name == nameof(CancelledException) ? typeof(OperationCanceledException) : typeof(VoicerollException);
                Assert.Equal(parent, type.BaseType);
            }
            var known = typeof(Registry).Assembly.GetTypes().Where(type => typeof(IVoicerollError).IsAssignableFrom(type) && type.IsSealed);
            Assert.True(new HashSet<string>(known.Select(type => type.Name)).SetEquals(Classes.Values), "there are others");
        }

        private static IEnumerable<string> Places(Members one) =>
            one.ContainsKey("where") ? ((List<object>)one["where"]).Cast<string>() : new[] { "embedded", "server" };

        private static Members Of(string text) => (Members)Json.Read(text);

        private static void Check(Members one, string place, bool async)
        {
            if (place == "embedded")
            {
                OnFile(one, async);
                return;
            }
            using (var scripted = place == "scripted" ? Server.Scripted(one) : null)
            using (var registry = Open(place, scripted))
            {
                try
                {
                    if (one.TryGetValue("given", out var given))
                    {
                        foreach (Members before in (List<object>)given)
                        {
                            new Performance(registry, before, async).Do();
                        }
                    }
                    var performance = new Performance(registry, (Members)one["call"], async);
                    Hold(one, place, async, performance, scripted);
                }
                finally
                {
                    if (place == "server")
                    {
                        foreach (var record in registry.Iterate(new IterateOptions { Partial = true }))
                        {
                            registry.Delete(record.SpeakerId);
                        }
                    }
                }
            }
        }

        /// <summary>Makes the call of a case and holds what comes of it against what is expected.</summary>
        private static void Hold(Members one, string place, bool async, Performance performance, Server scripted)
        {
            var expect = (Members)one["expect"];
            var watch = Stopwatch.StartNew();
            var came = Came(performance);
            var took = watch.Elapsed.TotalSeconds;
            Note((string)one["name"], place, async, came);
            var part = expect.ContainsKey("error") ? "error" : "result";
            Assert.True(came.ContainsKey(part) && Match.Is(came[part], expect[part]), Json.Write(came));
            Assert.True(took < (expect.TryGetValue("within", out var within) ? Convert.ToDouble(within) : 60), $"took {took} s");
            if (expect.ContainsKey("progress"))
            {
                var told = performance.Fractions;
                Assert.True(told.SequenceEqual(told.OrderBy(fraction => fraction)), "progress falls");
                Assert.Equal(1.0, told.LastOrDefault());
            }
            if (expect.TryGetValue("requests", out var requests))
            {
                var counts = scripted.Counts();
                foreach (var count in (Members)requests)
                {
                    Assert.Equal(count.Value, counts.TryGetValue(count.Key, out var seen) ? seen : 0L);
                }
            }
        }

        private static void OnFile(Members one, bool async)
        {
            var folder = Support.Folder();
            var kept = new Dictionary<string, string> { ["$FOLDER"] = folder };
            var first = one.TryGetValue("open", out var open) ? (Members)Filled(open, kept) : new Dictionary<string, object>();
            first["path"] = Path.Combine(folder, "voices.db");
            var registry = Performance.Opened(first);
            try
            {
                if (one.TryGetValue("given", out var given))
                {
                    foreach (Members before in (List<object>)given)
                    {
                        var step = (Members)Filled(before, kept);
                        if ((string)step["verb"] == "open")
                        {
                            registry.Dispose();
                            registry = Performance.Opened((Members)step["args"]);
                        }
                        else if ((string)step["verb"] == "edit")
                        {
                            Edit((Members)step["args"]);
                        }
                        else
                        {
                            var found = new Performance(registry, step, async).Do();
                            if (before.TryGetValue("keep", out var name))
                            {
                                kept[(string)name] = (string)found;
                            }
                        }
                    }
                }
                Hold(one, "embedded", async, new Performance(registry, (Members)Filled(one["call"], kept), async), null);
            }
            finally
            {
                registry.Dispose();
            }
        }

        /// <summary>A part of a case with what its texts stand for.</summary>
        private static object Filled(object value, Dictionary<string, string> kept)
        {
            if (value is string text)
            {
                return kept.Aggregate(text, (made, held) => made.Replace(held.Key, held.Value));
            }
            if (value is List<object> items)
            {
                return items.Select(item => Filled(item, kept)).ToList();
            }
            return value is Members members
                ? members.ToDictionary(member => member.Key, member => Filled(member.Value, kept))
                : value;
        }

        /// <summary>Changes what a file has in all places.</summary>
        private static void Edit(Members args)
        {
            var bytes = System.Text.Encoding.GetEncoding("iso-8859-1");
            var data = File.ReadAllText((string)args["file"], bytes);
            var changed = data.Replace((string)args["from"], (string)args["to"]);
            Assert.True(changed != data, "nothing to edit");
            File.WriteAllText((string)args["file"], changed, bytes);
        }

        private static Registry Open(string place, Server scripted)
        {
            switch (place)
            {
                case "free":
                    return null;
                case "server":
                    return Registry.Connect(Support.Served.Url, Support.Served.Options);
                default:
                    return Registry.Connect(scripted.Url, scripted.Options);
            }
        }

        /// <summary>What a call comes to: its result, or the error once its class is found to be the right one.</summary>
        private static Members Came(Performance performance)
        {
            try
            {
                return new Dictionary<string, object> { ["result"] = performance.Do() };
            }
            catch (Exception error) when (error is IVoicerollError)
            {
                var told = (IVoicerollError)error;
                Assert.Equal(Classes[told.Kind], error.GetType().Name);
                Assert.True(error is VoicerollException || error is OperationCanceledException, "it has no parent");
                return new Dictionary<string, object>
                {
                    ["error"] = new Dictionary<string, object>
                    {
                        ["code"] = told.Code,
                        ["kind"] = told.Kind,
                        ["message"] = told.Message,
                        ["retryable"] = told.Retryable,
                        ["status"] = (long?)told.Status,
                        ["request_id"] = told.RequestId,
                        ["retry_after"] = told.RetryAfter?.TotalSeconds,
                        ["added"] = (long)told.Added,
                        ["outcome_unknown"] = told.OutcomeUnknown,
                        ["problems"] = told.Problems.Select(problem => Json.Read(problem.ToJson())).ToList(),
                    },
                };
            }
        }

        /// <summary>Writes what came of a case to the file for comparing languages, if there is one.</summary>
        private static void Note(string name, string place, bool async, Members came)
        {
            var file = Environment.GetEnvironmentVariable("VOICEROLL_RESULTS");
            if (string.IsNullOrEmpty(file) || async || (place != "embedded" && place != "free"))
            {
                return;
            }
            var line = new Dictionary<string, object> { ["case"] = name, ["where"] = place };
            if (came.TryGetValue("error", out var error))
            {
                line["error"] = ((Members)error)["code"];
            }
            else
            {
                line["result"] = came["result"];
            }
            File.AppendAllText(file, Json.Write(line) + "\n");
        }
    }

    /// <summary>Whether a value is as a case says.</summary>
    internal static class Match
    {
        internal static bool Is(object found, object expected)
        {
            if (expected is List<object> items)
            {
                return found is List<object> others && items.Count == others.Count && others.Zip(items, Is).All(same => same);
            }
            if (!(expected is Members members))
            {
                return Number(found) && Number(expected) ? Of(found) == Of(expected) : Equals(found, expected);
            }
            var tests = members.Where(member => Test(found, member.Key, member.Value) != null).ToList();
            return tests.Count > 0
                ? tests.All(test => Test(found, test.Key, test.Value) == true)
                : found is Members all && members.All(one => all.TryGetValue(one.Key, out var value) && Is(value, one.Value));
        }

        /// <summary>What one of the special members says, or null for another member.</summary>
        private static bool? Test(object found, string name, object told)
        {
            var list = told as List<object>;
            switch (name)
            {
                case "about":
                    return Number(found) && Math.Abs(Of(found) - Of(list[0])) <= Of(list[1]);
                case "at_least":
                    return Number(found) && Of(found) >= Of(told);
                case "at_most":
                    return Number(found) && Of(found) <= Of(told);
                case "contains":
                    return found is string text && text.Contains((string)told);
                case "one_of":
                    return list.Any(one => Is(found, one));
                case "any":
                    return found is List<object> all && list.All(one => all.Any(item => Is(item, one)));
                case "length":
                    return found is ICollection counted && counted.Count == (long)told;
                default:
                    return null;
            }
        }

        private static bool Number(object value) => value is long || value is double;

        private static double Of(object value) => Convert.ToDouble(value);
    }
}
