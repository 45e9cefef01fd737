// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll.Tests
{
    using Members = IDictionary<string, object>;

    /// <summary>A call of a case, made through the public face of the package.</summary>
    internal sealed class Performance : IProgress<Progress>
    {
        private readonly Registry registry;
        private readonly Members call;
        private readonly Members args;
        private readonly bool async;

        internal Performance(Registry registry, Members call, bool async)
        {
            this.registry = registry;
            this.call = call;
            this.async = async;
            args = call.TryGetValue("args", out var given) ? (Members)given : new Dictionary<string, object>();
        }

        internal List<double> Fractions { get; } = new List<double>();

        private string SpeakerId => (string)args["speaker_id"];

        public void Report(Progress value) => Fractions.Add(value.Fraction);

        /// <summary>Makes it; the result as JSON.</summary>
        internal object Do()
        {
            using (var cancelling = new CancellationTokenSource())
            {
                var recordings = Recordings();
                if (call.TryGetValue("cancel_after", out var seconds))
                {
                    if (Convert.ToDouble(seconds) == 0)
                    {
                        cancelling.Cancel();
                    }
                    cancelling.CancelAfter(TimeSpan.FromSeconds(Convert.ToDouble(seconds)));
                }
                if ((string)call["verb"] == "open")
                {
                    return Opened(args);
                }
                if (call.TryGetValue("foreign", out var option))
                {
                    return Foreign((string)option);
                }
                return async ? Later(recordings, cancelling.Token).GetAwaiter().GetResult() : Now(recordings, cancelling.Token);
            }
        }

        /// <summary>Opens a registry with the options of a case.</summary>
        internal static Registry Opened(Members args)
        {
            var options = new OpenOptions();
            foreach (var one in args.Where(one => one.Key != "path"))
            {
                var property = typeof(OpenOptions).GetProperty(Pascal(one.Key));
                if (property == null)
                {
                    // It does not compile; the core would refuse it, too.
                    return Private.Open((string)args["path"], new Dictionary<string, object> { [one.Key] = one.Value });
                }
                // Whole numbers of JSON are read as `long`.
                property.SetValue(options, one.Value is long number ? (object)(int)number : one.Value);
            }
            return Registry.Open((string)args["path"], options);
        }

        private static string Pascal(string name) =>
            string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

        /// <summary>A call whose parameters are called as the arguments of the case.</summary>
        private object Named(CancellationToken cancel)
        {
            var method = typeof(Registry).GetMethod(Pascal((string)call["verb"]) + (async ? "Async" : ""));
            Assert.True(method != null, $"there is no {call["verb"]}");
            var given = method.GetParameters().Select(one =>
            {
                var name = string.Concat(one.Name.Select(letter => char.IsUpper(letter) ? "_" + char.ToLowerInvariant(letter) : letter.ToString()));
                return one.ParameterType == typeof(CancellationToken) ? (object)cancel
                    : one.ParameterType == typeof(CallOptions) ? Options<CallOptions>()
                    : one.ParameterType == typeof(ConsentRecord) ? Consent()
                    : args.TryGetValue(name, out var value) ? value
                    : one.HasDefaultValue ? one.DefaultValue
                    : null;
            });
            try
            {
                var made = method.Invoke(registry, given.ToArray());
                if (made is Task task)
                {
                    task.GetAwaiter().GetResult();
                    made = task.GetType().GetProperty("Result")?.GetValue(task);
                }
                return made is Result one ? Plain(one)
                    : made is IEnumerable<string> texts && !(made is string) ? texts.Cast<object>().ToList()
                    : made is IEnumerable<AuditEntry> entries ? entries.Select(Plain).ToList()
                    : made != null && made.GetType().Name == "VoidTaskResult" ? null
                    : made;
            }
            catch (TargetInvocationException error)
            {
                ExceptionDispatchInfo.Capture(error.InnerException).Throw();
                throw;
            }
        }

        private ConsentRecord Consent()
        {
            var told = (Members)args["consent"];
            return new ConsentRecord(
                (string)told["reference"],
                (long)told["given_at"],
                (string)told["text_version"],
                (string)told["text_sha256"],
                told.TryGetValue("purposes", out var purposes) ? ((List<object>)purposes).Cast<string>() : null,
                told.TryGetValue("valid_until", out var until) ? (long?)until : null,
                told.TryGetValue("collected_by", out var by) ? (string)by : null);
        }

        /// <summary>A call with an option that C# has no word for there, sent to the core as it is.</summary>
        private object Foreign(string option)
        {
            var name = option.Replace("_", "");
            Assert.True(typeof(CallOptions).GetProperties().All(one => !one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), option);
            if (!async)
            {
                return Private.Run(registry, (string)call["verb"], args);
            }
            Private.RunAsync(registry, (string)call["verb"], args).GetAwaiter().GetResult();
            return null;
        }

        private object Now(List<Recording> recordings, CancellationToken cancel)
        {
            var one = recordings.FirstOrDefault();
            switch ((string)call["verb"])
            {
                case "enroll":
                    return recordings.Count == 1
                        ? Plain(registry.Enroll(SpeakerId, one, Enrolling(), cancel))
                        : Plain(registry.Enroll(SpeakerId, recordings, Enrolling(), cancel));
                case "create":
                    return Plain(registry.Create(SpeakerId, recordings, Enrolling(), cancel));
                case "update":
                    return Plain(registry.Update(SpeakerId, one, Enrolling(), cancel));
                case "get":
                    return Plain(registry.Get(SpeakerId, Options<CallOptions>(), cancel));
                case "list":
                    return call.ContainsKey("iterate") ? All(cancel) : Plain(registry.List(Listing(), cancel));
                case "delete":
                    registry.Delete(SpeakerId, Options<CallOptions>(), cancel);
                    return null;
                case "remove_sample":
                    return Plain(registry.RemoveSample(SpeakerId, (long)args["sample"], Options<CallOptions>(), cancel));
                case "inspect":
                    return Plain(registry == null ? Recording.Inspect(one, Freely(), cancel) : registry.Inspect(one, Options<CallOptions>(), cancel));
                case "prepare":
                    return Plain(registry == null ? Recording.Prepare(one, Freely(), cancel) : registry.Prepare(one, Options<CallOptions>(), cancel));
                case "verify":
                    return Plain(registry.Verify(SpeakerId, one, Options<CallOptions>(), cancel));
                case "identify":
                    return Plain(registry.Identify(one, Identifying(), cancel));
                case "diarize":
                    return Plain(registry.Diarize(one, Diarizing(), cancel));
                case "model":
                    return registry.Model(Options<CallOptions>(), cancel);
                case "outdated":
                    return Pairs(registry.Outdated(Options<CallOptions>(), cancel));
                case "submit":
                    return registry.Submit(Request(), Options<CallOptions>(), cancel);
                case "job":
                    return Plain(registry.Job((string)args["job"], Options<CallOptions>(), cancel));
                case "identify_call":
                    return Plain(registry.IdentifyCall(Json.Write(args["record"]), one, Options<CallOptions>(), cancel));
                default:
                    return Named(cancel);
            }
        }

        private async Task<object> Later(List<Recording> recordings, CancellationToken cancel)
        {
            var one = recordings.FirstOrDefault();
            switch ((string)call["verb"])
            {
                case "enroll":
                    return recordings.Count == 1
                        ? Plain(await registry.EnrollAsync(SpeakerId, one, Enrolling(), cancel))
                        : Plain(await registry.EnrollAsync(SpeakerId, recordings, Enrolling(), cancel));
                case "create":
                    return Plain(await registry.CreateAsync(SpeakerId, one, Enrolling(), cancel));
                case "update":
                    return Plain(await registry.UpdateAsync(SpeakerId, recordings, Enrolling(), cancel));
                case "get":
                    return Plain(await registry.GetAsync(SpeakerId, Options<CallOptions>(), cancel));
                case "list":
                    return call.ContainsKey("iterate") ? All(cancel) : Plain(await registry.ListAsync(Listing(), cancel));
                case "delete":
                    await registry.DeleteAsync(SpeakerId, Options<CallOptions>(), cancel);
                    return null;
                case "remove_sample":
                    return Plain(await registry.RemoveSampleAsync(SpeakerId, (long)args["sample"], Options<CallOptions>(), cancel));
                case "inspect":
                    return Plain(await (registry == null
                        ? Recording.InspectAsync(one, Freely(), cancel)
                        : registry.InspectAsync(one, Options<CallOptions>(), cancel)));
                case "prepare":
                    return Plain(await (registry == null
                        ? Recording.PrepareAsync(one, Freely(), cancel)
                        : registry.PrepareAsync(one, Options<CallOptions>(), cancel)));
                case "verify":
                    return Plain(await registry.VerifyAsync(SpeakerId, one, Options<CallOptions>(), cancel));
                case "identify":
                    return Plain(await registry.IdentifyAsync(one, Identifying(), cancel));
                case "diarize":
                    return Plain(await registry.DiarizeAsync(one, Diarizing(), cancel));
                case "model":
                    return await registry.ModelAsync(Options<CallOptions>(), cancel);
                case "outdated":
                    return Pairs(await registry.OutdatedAsync(Options<CallOptions>(), cancel));
                case "submit":
                    return await registry.SubmitAsync(Request(), Options<CallOptions>(), cancel);
                case "job":
                    return Plain(await registry.JobAsync((string)args["job"], Options<CallOptions>(), cancel));
                case "identify_call":
                    return Plain(await registry.IdentifyCallAsync(Json.Write(args["record"]), one, Options<CallOptions>(), cancel));
                default:
                    return Named(cancel);
            }
        }

        private T Options<T>()
            where T : CallOptions, new()
        {
            var options = new T { Progress = call.ContainsKey("progress") ? this : null };
            if (args.TryGetValue("timeout", out var seconds))
            {
                options.Timeout = TimeSpan.FromSeconds(Convert.ToDouble(seconds));
            }
            return options;
        }

        private EnrollOptions Enrolling()
        {
            var options = Options<EnrollOptions>();
            options.Force = args.ContainsKey("force") && (bool)args["force"];
            options.Consent = args.ContainsKey("consent") ? Consent() : null;
            return options;
        }

        private ListOptions Listing()
        {
            var options = Options<ListOptions>();
            options.Partial = args.ContainsKey("partial") && (bool)args["partial"];
            options.Page = args.TryGetValue("page", out var page) ? Convert.ToInt32(page) : options.Page;
            options.PerPage = args.TryGetValue("per_page", out var count) ? Convert.ToInt32(count) : options.PerPage;
            options.After = args.TryGetValue("after", out var after) ? (string)after : null;
            return options;
        }

        private InspectOptions Freely()
        {
            var options = Options<InspectOptions>();
            options.MaxSeconds = args.TryGetValue("max_seconds", out var seconds) ? Convert.ToDouble(seconds) : (double?)null;
            options.MaxBytes = args.TryGetValue("max_bytes", out var bytes) ? (long?)bytes : null;
            return options;
        }

        private IdentifyOptions Identifying()
        {
            var options = Options<IdentifyOptions>();
            options.SpeakerIds = args.TryGetValue("speaker_ids", out var ids) ? ((List<object>)ids).Cast<string>() : null;
            return options;
        }

        private DiarizeOptions Diarizing()
        {
            var options = Options<DiarizeOptions>();
            options.Speakers = args.TryGetValue("speakers", out var speakers) ? Convert.ToInt32(speakers) : (int?)null;
            options.PerChannel = args.ContainsKey("per_channel") && (bool)args["per_channel"];
            if (args.TryGetValue("known", out var known))
            {
                options.Known = known is List<object> ids ? Candidates.These(ids.Cast<string>()) : Candidates.All;
            }
            return options;
        }

        private JobRequest Request()
        {
            Assert.Equal("diarize", args["api"]);
            return JobRequest.Diarize((string)args["content_uri"]);
        }

        private object All(CancellationToken cancel) => registry.Iterate(Listing(), cancel).Select(Plain).ToList();

        /// <summary>A result in the spelling of the core; of the sound, how long it is.</summary>
        private static object Plain(Result result)
        {
            var members = (Members)Json.Read(result.ToJson());
            if (result is Prepared prepared)
            {
                members["wav"] = (long)prepared.GetWav().Length;
            }
            return members;
        }

        private static object Pairs(IReadOnlyDictionary<string, string> found) =>
            found.Select(pair => (object)new List<object> { pair.Key, pair.Value }).ToList();

        private List<Recording> Recordings()
        {
            var encoding = call.TryGetValue("encoding", out var declared) ? (string)declared : null;
            return call.TryGetValue("recordings", out var told)
                ? ((List<object>)told).Select(one => Source(one, encoding)).ToList()
                : new List<Recording>();
        }

        private static Recording Source(object told, string encoding)
        {
            if (told is string path)
            {
                return encoding == null ? Support.Clip(path) : Recording.FromFile(Support.Clip(path), encoding);
            }
            var members = (Members)told;
            var kind = members.Keys.First(name => name != "times" && name != "format");
            var clip = (string)members[kind];
            switch (kind)
            {
                case "bytes":
                    return Recording.FromBytes(Support.Bytes(clip), encoding);
                case "stream":
                    using (var file = File.OpenRead(Support.Clip(clip)))
                    {
                        return Recording.FromStream(file, encoding);
                    }
                case "text":
                    return Recording.FromBytes(Encoding.UTF8.GetBytes(clip), encoding);
                case "repeat":
                    return Support.Repeated(clip, Convert.ToInt32(members["times"]));
                case "missing":
                    return Recording.FromFile(Support.Clip(clip), encoding);
                case "samples":
                    var samples = Support.Samples(clip, out var rate, out var channels);
                    return (string)members["format"] == "i16"
                        ? Recording.FromSamples(samples, rate, channels)
                        : Recording.FromSamples(samples.Select(sample => sample / 32768f).ToArray(), rate, channels);
                default:
                    throw new FailedException($"this runner has no {kind}");
            }
        }
    }
}
