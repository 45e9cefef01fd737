// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Args = System.Collections.Generic.Dictionary<string, object>;

namespace Voiceroll
{
    /// <summary>The arguments of each operation, and the type of its result.</summary>
    internal static class Requests
    {
        internal static Request<Inspection> Inspect(Recording recording, CallOptions options) =>
            Of("inspect", Limits(options), options, one => new Inspection(one), One(recording));

        internal static Request<Prepared> Prepare(Recording recording, CallOptions options) =>
            Of("prepare", Limits(options), options, one => new Prepared(one), One(recording));

        internal static Request<Enrollment> Enroll(
            string verb, string speakerId, IEnumerable<Recording> recordings, EnrollOptions options)
        {
            var args = Speaker(speakerId);
            args["force"] = options?.Force;
            args["consent"] = options?.Consent?.Args;
            return Of(verb, args, options, one => new Enrollment(one), Arguments.NoNulls(recordings, nameof(recordings)));
        }

        internal static Request<Enrollment> Get(string speakerId, CallOptions options) =>
            Of("get", Speaker(speakerId), Plain(options), one => new Enrollment(one));

        internal static Request<Page> List(ListOptions options)
        {
            var asked = options ?? new ListOptions();
            var args = new Args
            {
                ["partial"] = asked.Partial,
                ["page"] = asked.Page,
                ["per_page"] = asked.PerPage,
                ["after"] = asked.After,
            };
            return Of("list", args, options, one => new Page(one));
        }

        internal static Request<object> Delete(string speakerId, CallOptions options) =>
            new Request<object>("delete", Speaker(speakerId), Plain(options), null, (_, sound) => null);

        internal static Request<Enrollment> RemoveSample(string speakerId, long sample, CallOptions options)
        {
            var args = Speaker(speakerId);
            args["sample"] = sample;
            return Of("remove_sample", args, Plain(options), one => new Enrollment(one));
        }

        internal static Request<Verification> Verify(string speakerId, Recording recording, CallOptions options) =>
            Of("verify", Speaker(speakerId), Plain(options), one => new Verification(one), One(recording));

        internal static Request<Identification> Identify(Recording recording, IdentifyOptions options)
        {
            var ids = options?.SpeakerIds;
            var args = new Args { ["speaker_ids"] = ids == null ? null : Arguments.NoNulls(ids, nameof(options.SpeakerIds)) };
            return Of("identify", args, options, one => new Identification(one), One(recording));
        }

        internal static Request<Diarization> Diarize(Recording recording, DiarizeOptions options)
        {
            var args = new Args
            {
                ["speakers"] = options?.Speakers,
                ["known"] = options?.Known?.Told,
                ["per_channel"] = options?.PerChannel,
            };
            return Of("diarize", args, options, one => new Diarization(one), One(recording));
        }

        internal static Request<string> Model(CallOptions options) =>
            new Request<string>("model", new Args(), Plain(options), null, (value, _) => Fields.Is<string>(value, "model"));

        internal static Request<IReadOnlyDictionary<string, string>> Outdated(CallOptions options) =>
            new Request<IReadOnlyDictionary<string, string>>("outdated", new Args(), Plain(options), null, (value, _) => Pairs(value));

        internal static Request<string> Submit(JobRequest request, CallOptions options) =>
            new Request<string>(
                "submit",
                new Args(Arguments.NotNull(request, nameof(request)).Args),
                Plain(options),
                null,
                (value, _) => Fields.Is<string>(value, "submit"));

        internal static Request<Job> Job(string jobId, CallOptions options) =>
            Of("job", JobOf(jobId), Plain(options), one => new Job(one));

        internal static Request<JobResult> Wait(string jobId, CallOptions options) =>
            Of("wait", JobOf(jobId), Plain(options), one => new JobResult(one));

        internal static Request<CallIdentification> IdentifyCall(string record, Recording recording, CallOptions options)
        {
            var args = new Args { ["record"] = Arguments.IsJson(record, nameof(record)) };
            var recordings = recording == null ? null : One(recording);
            return Of("identify_call", args, Plain(options), one => new CallIdentification(one), recordings);
        }

        internal static Request<Restored> Restore(string backup, string path, bool replace, OpenOptions options)
        {
            var args = (options ?? new OpenOptions()).Settings();
            args["backup"] = Arguments.IsPath(backup, nameof(backup));
            args["path"] = Arguments.IsPath(path, nameof(path));
            args["replace"] = replace;
            return Of("restore", args, null, one => new Restored(one));
        }

        internal static Request<object> RecordConsent(string speakerId, ConsentRecord consent, CallOptions options)
        {
            var args = Speaker(speakerId);
            args["consent"] = Arguments.NotNull(consent, nameof(consent)).Args;
            return new Request<object>("record_consent", args, Plain(options), null, (_, sound) => null);
        }

        internal static Request<ConsentState> Consent(string speakerId, CallOptions options) =>
            new Request<ConsentState>("consent", Speaker(speakerId), Plain(options), null, (value, _) => new ConsentState(new Fields(value)));

        internal static Request<object> WithdrawConsent(string speakerId, CallOptions options) =>
            new Request<object>("withdraw_consent", Speaker(speakerId), Plain(options), null, (_, sound) => null);

        internal static Request<object> Expire(string speakerId, long? at, CallOptions options)
        {
            var args = Speaker(speakerId);
            args["at"] = at;
            return new Request<object>("expire", args, Plain(options), null, (_, sound) => null);
        }

        internal static Request<long?> Retention(CallOptions options) =>
            new Request<long?>("retention", new Args(), Plain(options), null, (value, _) => value == null ? (long?)null : Fields.Is<long>(value, "retention"));

        internal static Request<object> SetRetention(long? seconds, CallOptions options)
        {
            var args = new Args();
            args["seconds"] = seconds;
            return new Request<object>("set_retention", args, Plain(options), null, (_, sound) => null);
        }

        internal static Request<IReadOnlyList<string>> Expired(CallOptions options) =>
            new Request<IReadOnlyList<string>>("expired", new Args(), Plain(options), null, (value, _) => Texts(value, "expired"));

        internal static Request<IReadOnlyList<string>> Purge(CallOptions options) =>
            new Request<IReadOnlyList<string>>("purge", new Args(), Plain(options), null, (value, _) => Texts(value, "purge"));

        internal static Request<string> ExportSpeaker(string speakerId, bool voiceprints, CallOptions options)
        {
            var args = Speaker(speakerId);
            args["voiceprints"] = voiceprints;
            return new Request<string>("export_speaker", args, Plain(options), null, (value, _) => Fields.Is<string>(value, "export_speaker"));
        }

        internal static Request<Enrollment> ImportSpeaker(string export, CallOptions options)
        {
            var args = new Args();
            args["export"] = Arguments.NotNull(export, nameof(export));
            return new Request<Enrollment>("import_speaker", args, Plain(options), null, (value, _) => new Enrollment(new Fields(value)));
        }

        internal static Request<long> RotateKey(bool forgetOld, CallOptions options)
        {
            var args = new Args();
            args["forget_old"] = forgetOld;
            return new Request<long>("rotate_key", args, Plain(options), null, (value, _) => Fields.Is<long>(value, "rotate_key"));
        }

        internal static Request<AuditReport> VerifyAudit(CallOptions options) =>
            new Request<AuditReport>("verify_audit", new Args(), Plain(options), null, (value, _) => new AuditReport(new Fields(value)));

        internal static Request<IReadOnlyList<AuditEntry>> AuditEntries(CallOptions options) =>
            new Request<IReadOnlyList<AuditEntry>>("audit_entries", new Args(), Plain(options), null, (value, _) => Entries(value));

        internal static Request<string> AuditPseudonym(string speakerId, CallOptions options) =>
            new Request<string>("audit_pseudonym", Speaker(speakerId), Plain(options), null, (value, _) => Fields.Is<string>(value, "audit_pseudonym"));

        internal static Request<object> Backup(string to, CallOptions options)
        {
            var args = new Args();
            args["to"] = Arguments.IsPath(to, nameof(to));
            return new Request<object>("backup", args, Plain(options), null, (_, sound) => null);
        }

        internal static Request<CheckReport> Check(CallOptions options) =>
            new Request<CheckReport>("check", new Args(), Plain(options), null, (value, _) => new CheckReport(new Fields(value)));

        internal static Request<object> LogOut() =>
            new Request<object>("log_out", new Args(), null, null, (_, sound) => null);

        /// <summary>Options of a verb that has none of its own.</summary>
        internal static CallOptions Plain(CallOptions options) =>
            options == null || options.GetType() == typeof(CallOptions)
                ? options
                : throw new ArgumentException(
                    $"this call does not take {options.GetType().Name}; pass CallOptions", nameof(options));

        private static Request<T> Of<T>(
            string verb, Args args, CallOptions options, Func<Fields, T> read, List<Recording> recordings = null) =>
            new Request<T>(verb, args, options, recordings, (value, sound) => read(new Fields(value, sound)));

        private static Args Speaker(string speakerId) =>
            new Args { ["speaker_id"] = Arguments.NotNull(speakerId, nameof(speakerId)) };

        private static Args JobOf(string jobId) => new Args { ["job"] = Arguments.NotNull(jobId, nameof(jobId)) };

        private static List<Recording> One(Recording recording) =>
            new List<Recording> { Arguments.NotNull(recording, nameof(recording)) };

        private static Args Limits(CallOptions options)
        {
            var limits = options as InspectOptions;
            return new Args { ["max_seconds"] = limits?.MaxSeconds, ["max_bytes"] = limits?.MaxBytes };
        }

        private static IReadOnlyList<AuditEntry> Entries(object value) =>
            Fields.Is<List<object>>(value, "audit_entries")
                .Select(one => new AuditEntry(new Fields(one)))
                .ToList()
                .AsReadOnly();

        private static IReadOnlyList<string> Texts(object value, string verb) =>
            Fields.Is<List<object>>(value, verb).Select(one => Fields.Is<string>(one, verb)).ToList().AsReadOnly();

        private static IReadOnlyDictionary<string, string> Pairs(object value) =>
            Fields.Is<List<object>>(value, "outdated")
                .Select(pair => Fields.Is<List<object>>(pair, "outdated").Cast<string>().ToList())
                .ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
