// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;

namespace Voiceroll
{
    /// <summary>How any call is bounded and watched.</summary>
    public class CallOptions
    {
        /// <summary>
        /// After which time it fails with <see cref="TimedOutException"/>. Nothing was changed then, or, on a server,
        /// <see cref="IVoicerollError.OutcomeUnknown"/> says that this is not known. Default: never.
        /// </summary>
        public TimeSpan? Timeout { get; set; }

        /// <summary>
        /// Receives the progress: in the caller's thread for a blocking call, otherwise in a thread of the pool. What
        /// it throws stops the call.
        /// </summary>
        public IProgress<Progress> Progress { get; set; }
    }

    /// <summary>How a call that enrolls is done.</summary>
    public class EnrollOptions : CallOptions
    {
        /// <summary>Skips the same-speaker check.</summary>
        public bool Force { get; set; }

        /// <summary>The consent of the speaker, which is recorded with the enrollment.</summary>
        public ConsentRecord Consent { get; set; }
    }

    /// <summary>How a recording is listened to without a registry.</summary>
    public class InspectOptions : CallOptions
    {
        /// <summary>The longest recording to decode, in seconds. Default: two hours.</summary>
        public double? MaxSeconds { get; set; }

        /// <summary>The largest file to read, in bytes. Default: 2 GiB.</summary>
        public long? MaxBytes { get; set; }
    }

    /// <summary>Which enrollments <see cref="Registry.Iterate"/> goes through.</summary>
    public class IterateOptions : CallOptions
    {
        /// <summary>Whether to include incomplete enrollments.</summary>
        public bool Partial { get; set; }

        /// <summary>How many enrollments a page has, 1 to 1000. Default: 100.</summary>
        public int PerPage { get; set; } = 100;

        /// <summary>A copy, for the first page.</summary>
        internal ListOptions FirstPage() =>
            new ListOptions { Partial = Partial, PerPage = PerPage, Timeout = Timeout, Progress = Progress };
    }

    /// <summary>Which enrollments <see cref="Registry.List"/> gives.</summary>
    public class ListOptions : IterateOptions
    {
        /// <summary>The page number, from 1.</summary>
        public int Page { get; set; } = 1;

        /// <summary>
        /// Only those whose ids come after this one, such as <see cref="Voiceroll.Page.NextAfter"/>, whatever the
        /// number of the page.
        /// </summary>
        public string After { get; set; }
    }

    /// <summary>Who <see cref="Registry.Identify"/> looks for.</summary>
    public class IdentifyOptions : CallOptions
    {
        /// <summary>Who is looked for. Default: every speaker with a complete enrollment.</summary>
        public IEnumerable<string> SpeakerIds { get; set; }
    }

    /// <summary>What <see cref="Registry.Diarize"/> knows beforehand.</summary>
    public class DiarizeOptions : CallOptions
    {
        /// <summary>The number of speakers, 1 to 20, if known.</summary>
        public int? Speakers { get; set; }

        /// <summary>The enrolled speakers to search for. Default: none.</summary>
        public Candidates Known { get; set; }

        /// <summary>Whether each channel is one speaker.</summary>
        public bool PerChannel { get; set; }
    }

    /// <summary>The enrolled speakers to search for.</summary>
    public sealed class Candidates
    {
        private Candidates(object told)
        {
            Told = told;
        }

        /// <summary>Everybody with a complete enrollment.</summary>
        public static Candidates All { get; } = new Candidates("all");

        internal object Told { get; }

        /// <summary>Only these.</summary>
        /// <param name="speakerIds">Their ids.</param>
        /// <returns>Who is meant.</returns>
        public static Candidates These(params string[] speakerIds) => These((IEnumerable<string>)speakerIds);

        /// <summary>Only these.</summary>
        /// <param name="speakerIds">Their ids.</param>
        /// <returns>Who is meant.</returns>
        public static Candidates These(IEnumerable<string> speakerIds) =>
            new Candidates(Arguments.NoNulls(speakerIds, nameof(speakerIds)));
    }

    /// <summary>How a registry in a file is opened.</summary>
    public class OpenOptions
    {
        /// <summary>The path of a speaker network of your own, as ONNX.</summary>
        public string Model { get; set; }

        /// <summary>The path of a calibration made by <c>voiceroll calibrate</c>.</summary>
        public string Calibration { get; set; }

        /// <summary>The share of other people's recordings that may match, between 0 and 1. Default: 0.01.</summary>
        public double? FalseAcceptRate { get; set; }

        /// <summary>The longest recording to decode, in seconds. Default: two hours.</summary>
        public double? MaxSeconds { get; set; }

        /// <summary>The largest file to read, in bytes. Default: 2 GiB.</summary>
        public long? MaxBytes { get; set; }

        /// <summary>Opens the store read-only; calls that would change it fail.</summary>
        public bool? ReadOnly { get; set; }

        /// <summary>
        /// A folder with a key file for each store. Default: what the environment says, or a folder of the user. Without
        /// the key nobody can read the voiceprints.
        /// </summary>
        public string KeyFolder { get; set; }

        /// <summary>Instead, the file of the key; it is created if it does not exist.</summary>
        public string KeyFile { get; set; }

        /// <summary>Instead, the environment variable that holds the key.</summary>
        public string KeyVariable { get; set; }

        /// <summary>Instead, a command that prints the key.</summary>
        public string KeyCommand { get; set; }

        /// <summary>Whether the store is encrypted. Default: it is, unless it was created with false.</summary>
        public bool? Encrypted { get; set; }

        /// <summary>Whether nobody is enrolled or recognised without a valid <see cref="ConsentRecord"/>.</summary>
        public bool? RequireConsent { get; set; }

        /// <summary>Whether answers say no more than the decision: no confidence, ratio or score. Default: no.</summary>
        public bool? DecisionsOnly { get; set; }

        /// <summary>How often in an hour a speaker may be verified, or named as a candidate. Default: without limit.</summary>
        public int? AttemptsPerHour { get; set; }

        /// <summary>The folder of an audit trail of every change and every recognition. Default: none is kept.</summary>
        public string Audit { get; set; }

        /// <summary>The actor in the audit trail. Default: the user of the operating system.</summary>
        public string Actor { get; set; }

        internal Dictionary<string, object> Settings() =>
            new Dictionary<string, object>
            {
                ["model"] = Model,
                ["calibration"] = Calibration,
                ["false_accept_rate"] = FalseAcceptRate,
                ["max_seconds"] = MaxSeconds,
                ["max_bytes"] = MaxBytes,
                ["read_only"] = ReadOnly,
                ["key_folder"] = KeyFolder,
                ["key_file"] = KeyFile,
                ["key_variable"] = KeyVariable,
                ["key_command"] = KeyCommand,
                ["encrypted"] = Encrypted,
                ["require_consent"] = RequireConsent,
                ["decisions_only"] = DecisionsOnly,
                ["attempts_per_hour"] = AttemptsPerHour,
                ["audit"] = Audit,
                ["actor"] = Actor,
            };
    }

    /// <summary>How a registry on a server is used.</summary>
    public class ConnectOptions
    {
        /// <summary>
        /// What to log in with, as are <see cref="ClientSecret"/> and <see cref="Jwt"/>. Default:
        /// <c>VOICEROLL_CLIENT_ID</c>,
        /// <c>VOICEROLL_CLIENT_SECRET</c> and <c>VOICEROLL_JWT</c>, or the same with <c>RINGCENTRAL_</c>.
        /// </summary>
        public string ClientId { get; set; }

        /// <summary>See <see cref="ClientId"/>.</summary>
        public string ClientSecret { get; set; }

        /// <summary>See <see cref="ClientId"/>.</summary>
        public string Jwt { get; set; }

        /// <summary>Whether recordings are inspected locally before they are sent for enrollment.</summary>
        public bool Inspect { get; set; } = true;

        /// <summary>The largest recording to send, in bytes; of a larger one the best 30 s are sent. Default: 16
        /// MiB.</summary>
        public long? MaxRecording { get; set; }

        /// <summary>The longest that one request may take. Default: 300 s.</summary>
        public TimeSpan? RequestTimeout { get; set; }

        /// <summary>The total time that a call waits for a busy server. Default: 120 s.</summary>
        public TimeSpan? Patience { get; set; }

        /// <summary>Whether to allow unencrypted http to another machine.</summary>
        public bool PlainHttp { get; set; }

        /// <summary>The longest recording to decode, in seconds. Default: two hours.</summary>
        public double? MaxSeconds { get; set; }

        /// <summary>The largest file to read, in bytes. Default: 2 GiB.</summary>
        public long? MaxBytes { get; set; }
    }
}
