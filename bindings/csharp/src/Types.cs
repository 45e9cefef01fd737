// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py from ../c/schema.json.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Voiceroll
{
    /// <summary>The outcome of a verification. There will be no other variants.</summary>
    public enum Decision
    {
        /// <summary>The same person, at the requested false-accept rate.</summary>
        Match,

        /// <summary>The evidence is not sufficient: ask for more speech, or for other evidence.</summary>
        Undecided,

        /// <summary>Another person.</summary>
        NoMatch,

        /// <summary>Too little speech to compare.</summary>
        TooLittleSpeech,
    }

    /// <summary>The status of a job. There will be no other variants, as in RingCentral's API.</summary>
    public enum JobStatus
    {
        /// <summary>It is waiting or running.</summary>
        InProgress,

        /// <summary>It succeeded.</summary>
        Success,

        /// <summary>It failed.</summary>
        Fail,
    }

    /// <summary>How reliable an enrollment is.</summary>
    public enum Quality
    {
        /// <summary>Not reliable: more or better speech is needed.</summary>
        Poor,

        /// <summary>Usable.</summary>
        Average,

        /// <summary>Reliable.</summary>
        Good,

        /// <summary>The best quality.</summary>
        High,
    }

    /// <summary>The severity of a <c>Problem</c>, most severe first. There will be no other variants.</summary>
    public enum Severity
    {
        /// <summary>The recording is not enrolled.</summary>
        Refuse,

        /// <summary>It is enrolled, but decisions will be less reliable.</summary>
        Warn,

        /// <summary>Good to know.</summary>
        Note,
    }

    /// <summary>The words of enumerations, as every language and the command have them.</summary>
    public static class EnumWords
    {
        /// <summary>The word that every language has for it.</summary>
        /// <param name="value">What is meant.</param>
        /// <returns>Such as <c>match</c>.</returns>
        public static string Word(this Decision value)
        {
            switch (value)
            {
                case Decision.Match:
                    return "match";
                case Decision.Undecided:
                    return "undecided";
                case Decision.NoMatch:
                    return "no_match";
                case Decision.TooLittleSpeech:
                    return "too_little_speech";
                default:
                    throw new ArgumentOutOfRangeException(nameof(value));
            }
        }

        /// <summary>The word that every language has for it.</summary>
        /// <param name="value">What is meant.</param>
        /// <returns>Such as <c>InProgress</c>.</returns>
        public static string Word(this JobStatus value)
        {
            switch (value)
            {
                case JobStatus.InProgress:
                    return "InProgress";
                case JobStatus.Success:
                    return "Success";
                case JobStatus.Fail:
                    return "Fail";
                default:
                    throw new ArgumentOutOfRangeException(nameof(value));
            }
        }

        /// <summary>The word that every language has for it.</summary>
        /// <param name="value">What is meant.</param>
        /// <returns>Such as <c>Poor</c>.</returns>
        public static string Word(this Quality value)
        {
            switch (value)
            {
                case Quality.Poor:
                    return "Poor";
                case Quality.Average:
                    return "Average";
                case Quality.Good:
                    return "Good";
                case Quality.High:
                    return "High";
                default:
                    throw new ArgumentOutOfRangeException(nameof(value));
            }
        }

        /// <summary>The word that every language has for it.</summary>
        /// <param name="value">What is meant.</param>
        /// <returns>Such as <c>refuse</c>.</returns>
        public static string Word(this Severity value)
        {
            switch (value)
            {
                case Severity.Refuse:
                    return "refuse";
                case Severity.Warn:
                    return "warn";
                case Severity.Note:
                    return "note";
                default:
                    throw new ArgumentOutOfRangeException(nameof(value));
            }
        }

        internal static Decision ReadDecision(Fields from, string name)
        {
            switch (from.Text(name))
            {
                case "match":
                    return Decision.Match;
                case "undecided":
                    return Decision.Undecided;
                case "no_match":
                    return Decision.NoMatch;
                case "too_little_speech":
                    return Decision.TooLittleSpeech;
                default:
                    return Fields.Is<Decision>(null, name);
            }
        }

        internal static JobStatus ReadJobStatus(Fields from, string name)
        {
            switch (from.Text(name))
            {
                case "InProgress":
                    return JobStatus.InProgress;
                case "Success":
                    return JobStatus.Success;
                case "Fail":
                    return JobStatus.Fail;
                default:
                    return Fields.Is<JobStatus>(null, name);
            }
        }

        internal static Quality ReadQuality(Fields from, string name)
        {
            switch (from.Text(name))
            {
                case "Poor":
                    return Quality.Poor;
                case "Average":
                    return Quality.Average;
                case "Good":
                    return Quality.Good;
                case "High":
                    return Quality.High;
                default:
                    return Fields.Is<Quality>(null, name);
            }
        }

        internal static Severity ReadSeverity(Fields from, string name)
        {
            switch (from.Text(name))
            {
                case "refuse":
                    return Severity.Refuse;
                case "warn":
                    return Severity.Warn;
                case "note":
                    return Severity.Note;
                default:
                    return Fields.Is<Severity>(null, name);
            }
        }

        internal static string Of(Enum value)
        {
            if (value is Decision)
            {
                return ((Decision)value).Word();
            }
            if (value is JobStatus)
            {
                return ((JobStatus)value).Word();
            }
            if (value is Quality)
            {
                return ((Quality)value).Word();
            }
            return ((Severity)value).Word();
        }
    }

    /// <summary>One line of an audit trail.</summary>
    public sealed class AuditEntry : Result, IEquatable<AuditEntry>
    {
        internal AuditEntry(Fields from)
        {
            Action = from.Text("action");
            Actor = from.Text("actor");
            Changes = from.Long("changes");
            Digest = from.Text("digest");
            Number = from.Long("number");
            Outcome = from.Text("outcome");
            Speaker = from.TextOrNull("speaker");
            Time = from.Long("time");
        }

        /// <summary>What: <c>enroll</c>, <c>delete</c>, <c>verify</c> and so on.</summary>
        public string Action { get; }

        /// <summary>Who: what <c>RegistryOptions::actor</c> says, or the user of the operating system.</summary>
        public string Actor { get; }

        /// <summary>How many changes the store had seen then.</summary>
        public long Changes { get; }

        /// <summary>The digest of this entry and the one before, in hexadecimal digits.</summary>
        public string Digest { get; }

        /// <summary>Its number in the trail, from 1.</summary>
        public long Number { get; }

        /// <summary>
        /// What came of it: <c>begun</c> before a change, then <c>done</c>, a decision such as <c>match</c>, or the
        /// code of an error.
        /// </summary>
        public string Outcome { get; }

        /// <summary>
        /// Of whom: a pseudonym, which <c>Registry::audit_pseudonym</c> makes of an id; none where it is of nobody in
        /// particular.
        /// </summary>
        public string Speaker { get; }

        /// <summary>When, in seconds since 1970, by the clock of the machine.</summary>
        public long Time { get; }

        /// <inheritdoc/>
        public bool Equals(AuditEntry other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("action", "Action", Action);
            yield return new Member("actor", "Actor", Actor);
            yield return new Member("changes", "Changes", Changes);
            yield return new Member("digest", "Digest", Digest);
            yield return new Member("number", "Number", Number);
            yield return new Member("outcome", "Outcome", Outcome);
            yield return new Member("speaker", "Speaker", Speaker);
            yield return new Member("time", "Time", Time);
        }
    }

    /// <summary>The result of verifying an audit trail.</summary>
    public sealed class AuditReport : Result, IEquatable<AuditReport>
    {
        internal AuditReport(Fields from)
        {
            Entries = from.Long("entries");
            Faults = from.List("faults", one => Fields.Is<string>(one, "faults"));
            First = from.Long("first");
        }

        /// <summary>How many entries there are.</summary>
        public long Entries { get; }

        /// <summary>The faults, in words, 100 at most; empty for an intact trail.</summary>
        public IReadOnlyList<string> Faults { get; }

        /// <summary>The number of the first one. More than 1 where older files were taken away.</summary>
        public long First { get; }

        /// <inheritdoc/>
        public bool Equals(AuditReport other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("entries", "Entries", Entries);
            yield return new Member("faults", "Faults", Faults);
            yield return new Member("first", "First", First);
        }
    }

    /// <summary>Who spoke when in a call.</summary>
    public sealed class CallIdentification : Result, IEquatable<CallIdentification>
    {
        internal CallIdentification(Fields from)
        {
            NotEnrolled = from.List("not_enrolled", one => Fields.Is<string>(one, "not_enrolled"));
            Segments = from.List("segments", one => new CallSegment(new Fields(one)));
        }

        /// <summary>The participants that were not searched for, as they are not enrolled, or not completely.</summary>
        public IReadOnlyList<string> NotEnrolled { get; }

        /// <summary>All segments, sorted by start, including those of unknown speakers.</summary>
        public IReadOnlyList<CallSegment> Segments { get; }

        /// <inheritdoc/>
        public bool Equals(CallIdentification other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("not_enrolled", "NotEnrolled", NotEnrolled);
            yield return new Member("segments", "Segments", Segments);
        }
    }

    /// <summary>A segment of a call, with the speaker's name.</summary>
    public sealed class CallSegment : Result, IEquatable<CallSegment>
    {
        internal CallSegment(Fields from)
        {
            Channel = from.IntegerOrNull("channel");
            Confidence = from.Number("confidence");
            End = from.Number("end");
            Enrolled = from.Boolean("enrolled");
            Name = from.TextOrNull("name");
            SpeakerId = from.TextOrNull("speaker_id");
            Start = from.Number("start");
        }

        /// <summary>The channel, from 1, if each channel is one speaker.</summary>
        public int? Channel { get; }

        /// <summary>Confidence in the speaker, 0 to 1.</summary>
        public double Confidence { get; }

        /// <summary>End in seconds.</summary>
        public double End { get; }

        /// <summary>Whether <c>speaker_id</c> is an enrolled speaker.</summary>
        public bool Enrolled { get; }

        /// <summary>The speaker's name from the record, or else from RingCentral.</summary>
        public string Name { get; }

        /// <summary>
        /// The speaker. <c>diarize</c> labels unknown speakers <c>speaker_1</c>, <c>speaker_2</c> and so on; for
        /// <c>identify</c> they have no id.
        /// </summary>
        public string SpeakerId { get; }

        /// <summary>Start in seconds from the start of the recording.</summary>
        public double Start { get; }

        /// <inheritdoc/>
        public bool Equals(CallSegment other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("channel", "Channel", Channel);
            yield return new Member("confidence", "Confidence", Confidence);
            yield return new Member("end", "End", End);
            yield return new Member("enrolled", "Enrolled", Enrolled);
            yield return new Member("name", "Name", Name, false);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
            yield return new Member("start", "Start", Start);
        }
    }

    /// <summary>The result of checking a store.</summary>
    public sealed class CheckReport : Result, IEquatable<CheckReport>
    {
        internal CheckReport(Fields from)
        {
            Faults = from.List("faults", one => Fields.Is<string>(one, "faults"));
            Recordings = from.Long("recordings");
            Speakers = from.Long("speakers");
        }

        /// <summary>The faults, in words, 100 at most; empty for an intact store.</summary>
        public IReadOnlyList<string> Faults { get; }

        /// <summary>How many recordings of them.</summary>
        public long Recordings { get; }

        /// <summary>How many speakers were looked at.</summary>
        public long Speakers { get; }

        /// <inheritdoc/>
        public bool Equals(CheckReport other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("faults", "Faults", Faults);
            yield return new Member("recordings", "Recordings", Recordings);
            yield return new Member("speakers", "Speakers", Speakers);
        }
    }

    /// <summary>
    /// The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint.
    /// </summary>
    public sealed partial class ConsentRecord : Result, IEquatable<ConsentRecord>
    {
        internal ConsentRecord(Fields from)
        {
            CollectedBy = from.TextOrNull("collected_by");
            GivenAt = from.Long("given_at");
            Purposes = from.List("purposes", one => Fields.Is<string>(one, "purposes"));
            Reference = from.Text("reference");
            TextSha256 = from.Text("text_sha256");
            TextVersion = from.Text("text_version");
            ValidUntil = from.LongOrNull("valid_until");
        }

        /// <summary>Who collected it.</summary>
        public string CollectedBy { get; }

        /// <summary>When, in seconds since 1970.</summary>
        public long GivenAt { get; }

        /// <summary>
        /// For what: <c>verification</c>, <c>identification</c>, <c>diarization</c>, or something else in words. Empty:
        /// for all that the text says.
        /// </summary>
        public IReadOnlyList<string> Purposes { get; }

        /// <summary>Who consented, as your own records have it: the number of a form, or a customer's number.</summary>
        public string Reference { get; }

        /// <summary>The SHA-256 digest of that text, in 64 hexadecimal digits.</summary>
        public string TextSha256 { get; }

        /// <summary>Which version of the text the person has seen.</summary>
        public string TextVersion { get; }

        /// <summary>Until when it is valid, in seconds since 1970; none where it is until it is withdrawn.</summary>
        public long? ValidUntil { get; }

        /// <inheritdoc/>
        public bool Equals(ConsentRecord other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("collected_by", "CollectedBy", CollectedBy, false);
            yield return new Member("given_at", "GivenAt", GivenAt);
            yield return new Member("purposes", "Purposes", Purposes, false);
            yield return new Member("reference", "Reference", Reference, false);
            yield return new Member("text_sha256", "TextSha256", TextSha256);
            yield return new Member("text_version", "TextVersion", TextVersion);
            yield return new Member("valid_until", "ValidUntil", ValidUntil);
        }
    }

    /// <summary>What a speaker has consented to, and how long the speaker is kept.</summary>
    public sealed class ConsentState : Result, IEquatable<ConsentState>
    {
        internal ConsentState(Fields from)
        {
            Consents = from.List("consents", one => new ConsentRecord(new Fields(one)));
            ExpiresAt = from.LongOrNull("expires_at");
            Valid = from.Boolean("valid");
            Withdrawals = from.List("withdrawals", one => new Withdrawal(new Fields(one)));
        }

        /// <summary>The records, the oldest first.</summary>
        public IReadOnlyList<ConsentRecord> Consents { get; }

        /// <summary>
        /// From when on, in seconds since 1970, the speaker is not recognised and is erased by the next <c>purge</c>;
        /// none where that never comes.
        /// </summary>
        public long? ExpiresAt { get; }

        /// <summary>Whether one of them is valid now.</summary>
        public bool Valid { get; }

        /// <summary>Withdrawals under this id, the oldest first.</summary>
        public IReadOnlyList<Withdrawal> Withdrawals { get; }

        /// <inheritdoc/>
        public bool Equals(ConsentState other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("consents", "Consents", Consents);
            yield return new Member("expires_at", "ExpiresAt", ExpiresAt);
            yield return new Member("valid", "Valid", Valid);
            yield return new Member("withdrawals", "Withdrawals", Withdrawals);
        }
    }

    /// <summary>Who speaks when in a recording.</summary>
    public sealed class Diarization : Result, IEquatable<Diarization>
    {
        internal Diarization(Fields from)
        {
            Duration = from.Number("duration");
            Problems = from.List("problems", one => new Problem(new Fields(one)));
            Segments = from.List("segments", one => new Segment(new Fields(one)));
            Speakers = from.Integer("speakers");
        }

        /// <summary>Length of the recording in seconds.</summary>
        public double Duration { get; }

        /// <summary>Problems of the recording for diarization.</summary>
        public IReadOnlyList<Problem> Problems { get; }

        /// <summary>The segments, sorted by start. They overlap only if each channel is one speaker.</summary>
        public IReadOnlyList<Segment> Segments { get; }

        /// <summary>How many people speak.</summary>
        public int Speakers { get; }

        /// <inheritdoc/>
        public bool Equals(Diarization other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("duration", "Duration", Duration);
            yield return new Member("problems", "Problems", Problems);
            yield return new Member("segments", "Segments", Segments);
            yield return new Member("speakers", "Speakers", Speakers);
        }
    }

    /// <summary>The enrollment of one speaker.</summary>
    public sealed class Enrollment : Result, IEquatable<Enrollment>
    {
        internal Enrollment(Fields from)
        {
            Complete = from.Boolean("complete");
            MissingSeconds = from.Number("missing_seconds");
            Model = from.Text("model");
            Quality = EnumWords.ReadQuality(from, "quality");
            Recordings = from.List("recordings", one => new Sample(new Fields(one)));
            SpeakerId = from.Text("speaker_id");
            SpeechSeconds = from.Number("speech_seconds");
            TotalSeconds = from.Number("total_seconds");
        }

        /// <summary>Whether there is enough speech for comparisons: at least 12 s.</summary>
        public bool Complete { get; }

        /// <summary>Seconds of speech still needed for a complete enrollment; 0 if it is complete.</summary>
        public double MissingSeconds { get; }

        /// <summary>The model that made the voiceprints. Voiceprints of different models cannot be mixed.</summary>
        public string Model { get; }

        /// <summary>How reliable the enrollment is.</summary>
        public Quality Quality { get; }

        /// <summary>The enrolled recordings, oldest first, followed by those that this call refused.</summary>
        public IReadOnlyList<Sample> Recordings { get; }

        /// <summary>The speaker's id.</summary>
        public string SpeakerId { get; }

        /// <summary>Enrolled seconds of speech.</summary>
        public double SpeechSeconds { get; }

        /// <summary>Duration of all enrolled recordings in seconds, including pauses.</summary>
        public double TotalSeconds { get; }

        /// <inheritdoc/>
        public bool Equals(Enrollment other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("complete", "Complete", Complete);
            yield return new Member("missing_seconds", "MissingSeconds", MissingSeconds);
            yield return new Member("model", "Model", Model);
            yield return new Member("quality", "Quality", Quality);
            yield return new Member("recordings", "Recordings", Recordings);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
            yield return new Member("speech_seconds", "SpeechSeconds", SpeechSeconds);
            yield return new Member("total_seconds", "TotalSeconds", TotalSeconds);
        }
    }

    /// <summary>The segments of a recording in which enrolled speakers speak, and those of others.</summary>
    public sealed class Identification : Result, IEquatable<Identification>
    {
        internal Identification(Fields from)
        {
            Duration = from.Number("duration");
            Segments = from.List("segments", one => new Segment(new Fields(one)));
            Speakers = from.Integer("speakers");
        }

        /// <summary>Length of the recording in seconds.</summary>
        public double Duration { get; }

        /// <summary>All segments, sorted by start, including those of unknown speakers.</summary>
        public IReadOnlyList<Segment> Segments { get; }

        /// <summary>The number of speakers, enrolled or not.</summary>
        public int Speakers { get; }

        /// <inheritdoc/>
        public bool Equals(Identification other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("duration", "Duration", Duration);
            yield return new Member("segments", "Segments", Segments);
            yield return new Member("speakers", "Speakers", Speakers);
        }
    }

    /// <summary>The measurements of a recording, and its problems.</summary>
    public sealed class Inspection : Result, IEquatable<Inspection>
    {
        internal Inspection(Fields from)
        {
            BandwidthHz = from.NumberOrNull("bandwidth_hz");
            Base64Bytes = from.Long("base64_bytes");
            Channels = from.Integer("channels");
            ClippedRatio = from.Number("clipped_ratio");
            Codec = from.Text("codec");
            Container = from.Text("container");
            DcOffset = from.Number("dc_offset");
            Duration = from.Number("duration");
            LevelDbfs = from.NumberOrNull("level_dbfs");
            LongestPause = from.Number("longest_pause");
            NonfiniteSamples = from.Long("nonfinite_samples");
            PeakDbfs = from.NumberOrNull("peak_dbfs");
            Problems = from.List("problems", one => new Problem(new Fields(one)));
            SampleRate = from.Integer("sample_rate");
            SnrBlindDb = from.NumberOrNull("snr_blind_db");
            SnrDb = from.NumberOrNull("snr_db");
            Speakers = from.IntegerOrNull("speakers");
            SpeechSeconds = from.Number("speech_seconds");
        }

        /// <summary>The highest frequency with speech, in Hz, at most 8000; none without speech.</summary>
        public double? BandwidthHz { get; }

        /// <summary>Size of the recording in base64, as RingCentral's API sends it.</summary>
        public long Base64Bytes { get; }

        /// <summary>Number of channels. They are mixed before the analysis.</summary>
        public int Channels { get; }

        /// <summary>Share of clipped samples, 0 to 1, in the worst channel.</summary>
        public double ClippedRatio { get; }

        /// <summary>
        /// The codec: <c>mp3</c>, <c>aac</c>, <c>opus</c>, <c>vorbis</c>, <c>flac</c>, <c>alac</c>, <c>pcm_s16le</c>,
        /// <c>pcm_mulaw</c>, <c>adpcm_ms</c> and so on.
        /// </summary>
        public string Codec { get; }

        /// <summary>
        /// The container: <c>mp3</c>, <c>mp4</c>, <c>m4a</c>, <c>mov</c>, <c>3gp</c>, <c>adts</c>, <c>wav</c>,
        /// <c>aiff</c>, <c>flac</c>, <c>ogg</c>, <c>webm</c>, <c>matroska</c>, <c>w64</c>, <c>caf</c>, <c>au</c>,
        /// <c>avi</c>, <c>gsm</c> or <c>amr</c>.
        /// </summary>
        public string Container { get; }

        /// <summary>Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.</summary>
        public double DcOffset { get; }

        /// <summary>Decoded duration in seconds.</summary>
        public double Duration { get; }

        /// <summary>
        /// RMS level of the speech (of everything, where there is none) in the loudest channel, in dB relative to a
        /// full-scale square wave; none for digital silence.
        /// </summary>
        public double? LevelDbfs { get; }

        /// <summary>Longest stretch without speech in seconds, including the start and the end.</summary>
        public double LongestPause { get; }

        /// <summary>Samples of a float recording that are not finite numbers; they count as 0.</summary>
        public long NonfiniteSamples { get; }

        /// <summary>Largest sample of any channel, in dB relative to full scale; none for digital silence.</summary>
        public double? PeakDbfs { get; }

        /// <summary>The problems of the recording, the most severe first; empty for a good one.</summary>
        public IReadOnlyList<Problem> Problems { get; }

        /// <summary>
        /// Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
        /// </summary>
        public int SampleRate { get; }

        /// <summary>SNR in dB estimated from the amplitude distribution alone (WADA).</summary>
        public double? SnrBlindDb { get; }

        /// <summary>
        /// Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech.
        /// </summary>
        public double? SnrDb { get; }

        /// <summary>
        /// Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network of your
        /// own.
        /// </summary>
        public int? Speakers { get; }

        /// <summary>
        /// Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does
        /// babble.
        /// </summary>
        public double SpeechSeconds { get; }

        /// <summary>Whether it would be accepted for enrollment.</summary>
        public bool Accepted => Problems.All(problem => problem.Severity != Severity.Refuse);

        /// <inheritdoc/>
        public bool Equals(Inspection other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("bandwidth_hz", "BandwidthHz", BandwidthHz);
            yield return new Member("base64_bytes", "Base64Bytes", Base64Bytes);
            yield return new Member("channels", "Channels", Channels);
            yield return new Member("clipped_ratio", "ClippedRatio", ClippedRatio);
            yield return new Member("codec", "Codec", Codec);
            yield return new Member("container", "Container", Container);
            yield return new Member("dc_offset", "DcOffset", DcOffset);
            yield return new Member("duration", "Duration", Duration);
            yield return new Member("level_dbfs", "LevelDbfs", LevelDbfs);
            yield return new Member("longest_pause", "LongestPause", LongestPause);
            yield return new Member("nonfinite_samples", "NonfiniteSamples", NonfiniteSamples);
            yield return new Member("peak_dbfs", "PeakDbfs", PeakDbfs);
            yield return new Member("problems", "Problems", Problems);
            yield return new Member("sample_rate", "SampleRate", SampleRate);
            yield return new Member("snr_blind_db", "SnrBlindDb", SnrBlindDb);
            yield return new Member("snr_db", "SnrDb", SnrDb);
            yield return new Member("speakers", "Speakers", Speakers);
            yield return new Member("speech_seconds", "SpeechSeconds", SpeechSeconds);
        }
    }

    /// <summary>The status of a job.</summary>
    public sealed class Job : Result, IEquatable<Job>
    {
        internal Job(Fields from)
        {
            CompletedAt = from.TextOrNull("completed_at");
            CreatedAt = from.Text("created_at");
            ErrorCode = from.TextOrNull("error_code");
            ErrorMessage = from.TextOrNull("error_message");
            ExpiresAt = from.Text("expires_at");
            Id = from.Text("id");
            Result = from.ReadOrNull("result", one => new JobResult(one));
            Status = EnumWords.ReadJobStatus(from, "status");
        }

        /// <summary>When it finished.</summary>
        public string CompletedAt { get; }

        /// <summary>When it was submitted, in RFC 3339 format; empty if the server does not say.</summary>
        public string CreatedAt { get; }

        /// <summary>The server's error code, if it failed.</summary>
        public string ErrorCode { get; }

        /// <summary>The server's error message, if it failed.</summary>
        public string ErrorMessage { get; }

        /// <summary>When the server deletes it.</summary>
        public string ExpiresAt { get; }

        /// <summary>The id that <c>submit</c> returned.</summary>
        public string Id { get; }

        /// <summary>The result, if it succeeded.</summary>
        public JobResult Result { get; }

        /// <summary>Whether it is done.</summary>
        public JobStatus Status { get; }

        /// <inheritdoc/>
        public bool Equals(Job other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("completed_at", "CompletedAt", CompletedAt);
            yield return new Member("created_at", "CreatedAt", CreatedAt);
            yield return new Member("error_code", "ErrorCode", ErrorCode);
            yield return new Member("error_message", "ErrorMessage", ErrorMessage);
            yield return new Member("expires_at", "ExpiresAt", ExpiresAt);
            yield return new Member("id", "Id", Id);
            yield return new Member("result", "Result", Result);
            yield return new Member("status", "Status", Status);
        }
    }

    /// <summary>The result of a job.</summary>
    public sealed class JobResult : Result, IEquatable<JobResult>
    {
        internal JobResult(Fields from)
        {
            Segments = from.List("segments", one => new Segment(new Fields(one)));
            Speakers = from.IntegerOrNull("speakers");
            Transcript = from.ReadOrNull("transcript", one => new Transcript(one));
        }

        /// <summary>
        /// Who speaks when, sorted by start. Unknown speakers are <c>speaker_1</c>, <c>speaker_2</c> and so on, or have
        /// no id if only enrolled speakers were requested.
        /// </summary>
        public IReadOnlyList<Segment> Segments { get; }

        /// <summary>The number of speakers, if requested.</summary>
        public int? Speakers { get; }

        /// <summary>The transcript, if requested.</summary>
        public Transcript Transcript { get; }

        /// <inheritdoc/>
        public bool Equals(JobResult other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("segments", "Segments", Segments);
            yield return new Member("speakers", "Speakers", Speakers);
            yield return new Member("transcript", "Transcript", Transcript);
        }
    }

    /// <summary>One page of enrollments, sorted by id.</summary>
    public sealed class Page : Result, IEquatable<Page>
    {
        internal Page(Fields from)
        {
            NextAfter = from.TextOrNull("next_after");
            Number = from.Integer("page");
            PerPage = from.Integer("per_page");
            Records = from.List("records", one => new Enrollment(new Fields(one)));
            Total = from.Long("total");
            TotalPages = from.Integer("total_pages");
        }

        /// <summary>
        /// The id to pass as <c>after</c> for the next page. None on the last page, and from a server that supports
        /// only page numbers.
        /// </summary>
        public string NextAfter { get; }

        /// <summary>The number of this page, from 1.</summary>
        public int Number { get; }

        /// <summary>The page size.</summary>
        public int PerPage { get; }

        /// <summary>The enrollments; empty after the last page.</summary>
        public IReadOnlyList<Enrollment> Records { get; }

        /// <summary>The number of enrollments on all pages.</summary>
        public long Total { get; }

        /// <summary>The number of pages.</summary>
        public int TotalPages { get; }

        /// <inheritdoc/>
        public bool Equals(Page other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("next_after", "NextAfter", NextAfter);
            yield return new Member("page", "Number", Number);
            yield return new Member("per_page", "PerPage", PerPage);
            yield return new Member("records", "Records", Records);
            yield return new Member("total", "Total", Total);
            yield return new Member("total_pages", "TotalPages", TotalPages);
        }
    }

    /// <summary>The stretch that <c>prepare</c> cut out; its audio is passed next to the JSON.</summary>
    public sealed partial class Prepared : Result, IEquatable<Prepared>
    {
        internal Prepared(Fields from)
        {
            End = from.Number("end");
            SpeechSeconds = from.Number("speech_seconds");
            Start = from.Number("start");
            wav = from.Sound;
        }

        /// <summary>End in seconds.</summary>
        public double End { get; }

        /// <summary>Seconds of speech in it.</summary>
        public double SpeechSeconds { get; }

        /// <summary>Start in seconds from the start of the recording.</summary>
        public double Start { get; }

        /// <inheritdoc/>
        public bool Equals(Prepared other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("end", "End", End);
            yield return new Member("speech_seconds", "SpeechSeconds", SpeechSeconds);
            yield return new Member("start", "Start", Start);
            yield return new Member("wav", "Wav", wav, false);
        }
    }

    /// <summary>A problem of a recording: the measured value, the limit, and advice.</summary>
    public sealed class Problem : Result, IEquatable<Problem>
    {
        internal Problem(Fields from)
        {
            Advice = from.Text("advice");
            Code = from.Text("code");
            Limit = from.NumberOrNull("limit");
            Measured = from.NumberOrNull("measured");
            Severity = EnumWords.ReadSeverity(from, "severity");
            SpeakerId = from.TextOrNull("speaker_id");
        }

        /// <summary>What to do, in one sentence.</summary>
        public string Advice { get; }

        /// <summary>Which problem.</summary>
        public string Code { get; }

        /// <summary>The limit, in the same unit.</summary>
        public double? Limit { get; }

        /// <summary>The measured value, in the unit of the <c>ProblemCode</c>; none if nothing is measured.</summary>
        public double? Measured { get; }

        /// <summary>The severity.</summary>
        public Severity Severity { get; }

        /// <summary>The speaker with the same voice, for <c>duplicate_voice</c>.</summary>
        public string SpeakerId { get; }

        /// <inheritdoc/>
        public bool Equals(Problem other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("advice", "Advice", Advice);
            yield return new Member("code", "Code", Code);
            yield return new Member("limit", "Limit", Limit);
            yield return new Member("measured", "Measured", Measured);
            yield return new Member("severity", "Severity", Severity);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
        }
    }

    /// <summary>The progress of a call.</summary>
    public sealed class Progress : Result, IEquatable<Progress>
    {
        internal Progress(Fields from)
        {
            Fraction = from.Number("fraction");
            Recording = from.Integer("recording");
            Recordings = from.Integer("recordings");
        }

        /// <summary>How much of the whole call is done, 0 to 1.</summary>
        public double Fraction { get; }

        /// <summary>Which recording of the call is being read, from 0.</summary>
        public int Recording { get; }

        /// <summary>How many recordings the call has.</summary>
        public int Recordings { get; }

        /// <inheritdoc/>
        public bool Equals(Progress other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("fraction", "Fraction", Fraction);
            yield return new Member("recording", "Recording", Recording);
            yield return new Member("recordings", "Recordings", Recordings);
        }
    }

    /// <summary>The result of restoring a backup.</summary>
    public sealed class Restored : Result, IEquatable<Restored>
    {
        internal Restored(Fields from)
        {
            Aside = from.TextOrNull("aside");
            DeletionsKnown = from.Boolean("deletions_known");
            Erased = from.List("erased", one => Fields.Is<string>(one, "erased"));
            Speakers = from.Long("speakers");
        }

        /// <summary>Where the store is now that was replaced. Delete it once it is not needed.</summary>
        public string Aside { get; }

        /// <summary>
        /// Whether it is known who had been deleted since. It is not where the store that was replaced could not be
        /// read: then delete them again, by your own records.
        /// </summary>
        public bool DeletionsKnown { get; }

        /// <summary>Who was in the backup and had been deleted since: they were erased again.</summary>
        public IReadOnlyList<string> Erased { get; }

        /// <summary>How many speakers are enrolled now.</summary>
        public long Speakers { get; }

        /// <inheritdoc/>
        public bool Equals(Restored other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("aside", "Aside", Aside);
            yield return new Member("deletions_known", "DeletionsKnown", DeletionsKnown);
            yield return new Member("erased", "Erased", Erased);
            yield return new Member("speakers", "Speakers", Speakers);
        }
    }

    /// <summary>
    /// One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored.
    /// </summary>
    public sealed class Sample : Result, IEquatable<Sample>
    {
        internal Sample(Fields from)
        {
            Accepted = from.Boolean("accepted");
            BandwidthHz = from.NumberOrNull("bandwidth_hz");
            EnrolledAt = from.LongOrNull("enrolled_at");
            Id = from.LongOrNull("id");
            Input = from.IntegerOrNull("input");
            Problems = from.List("problems", one => new Problem(new Fields(one)));
            SnrDb = from.NumberOrNull("snr_db");
            SpeechSeconds = from.Number("speech_seconds");
            TotalSeconds = from.Number("total_seconds");
        }

        /// <summary>Whether it is part of the enrollment.</summary>
        public bool Accepted { get; }

        /// <summary>Its bandwidth in Hz.</summary>
        public double? BandwidthHz { get; }

        /// <summary>When it was enrolled, in seconds since 1970; none if the recording was refused.</summary>
        public long? EnrolledAt { get; }

        /// <summary>
        /// Its number in the enrollment, for <c>remove_sample</c>; none if the recording was refused.
        /// </summary>
        public long? Id { get; }

        /// <summary>The index of the recording in this call, from 0; none for earlier recordings.</summary>
        public int? Input { get; }

        /// <summary>Its problems; empty for a good recording.</summary>
        public IReadOnlyList<Problem> Problems { get; }

        /// <summary>Its signal-to-noise ratio in dB.</summary>
        public double? SnrDb { get; }

        /// <summary>Seconds of speech in it.</summary>
        public double SpeechSeconds { get; }

        /// <summary>Its length in seconds.</summary>
        public double TotalSeconds { get; }

        /// <inheritdoc/>
        public bool Equals(Sample other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("accepted", "Accepted", Accepted);
            yield return new Member("bandwidth_hz", "BandwidthHz", BandwidthHz);
            yield return new Member("enrolled_at", "EnrolledAt", EnrolledAt);
            yield return new Member("id", "Id", Id);
            yield return new Member("input", "Input", Input);
            yield return new Member("problems", "Problems", Problems);
            yield return new Member("snr_db", "SnrDb", SnrDb);
            yield return new Member("speech_seconds", "SpeechSeconds", SpeechSeconds);
            yield return new Member("total_seconds", "TotalSeconds", TotalSeconds);
        }
    }

    /// <summary>A stretch of a recording in which one person speaks.</summary>
    public sealed class Segment : Result, IEquatable<Segment>
    {
        internal Segment(Fields from)
        {
            Channel = from.IntegerOrNull("channel");
            Confidence = from.Number("confidence");
            End = from.Number("end");
            Enrolled = from.Boolean("enrolled");
            SpeakerId = from.TextOrNull("speaker_id");
            Start = from.Number("start");
        }

        /// <summary>The channel, from 1, if each channel is one speaker.</summary>
        public int? Channel { get; }

        /// <summary>Confidence in the speaker, 0 to 1.</summary>
        public double Confidence { get; }

        /// <summary>End in seconds.</summary>
        public double End { get; }

        /// <summary>Whether <c>speaker_id</c> is an enrolled speaker.</summary>
        public bool Enrolled { get; }

        /// <summary>
        /// The speaker. <c>diarize</c> labels unknown speakers <c>speaker_1</c>, <c>speaker_2</c> and so on; for
        /// <c>identify</c> they have no id.
        /// </summary>
        public string SpeakerId { get; }

        /// <summary>Start in seconds from the start of the recording.</summary>
        public double Start { get; }

        /// <inheritdoc/>
        public bool Equals(Segment other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("channel", "Channel", Channel);
            yield return new Member("confidence", "Confidence", Confidence);
            yield return new Member("end", "End", End);
            yield return new Member("enrolled", "Enrolled", Enrolled);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
            yield return new Member("start", "Start", Start);
        }
    }

    /// <summary>The transcript of a recording.</summary>
    public sealed class Transcript : Result, IEquatable<Transcript>
    {
        internal Transcript(Fields from)
        {
            Confidence = from.Number("confidence");
            Text = from.Text("text");
            Utterances = from.List("utterances", one => new Utterance(new Fields(one)));
            Words = from.List("words", one => new Word(new Fields(one)));
        }

        /// <summary>Confidence in the speakers, 0 to 1.</summary>
        public double Confidence { get; }

        /// <summary>The full text.</summary>
        public string Text { get; }

        /// <summary>The text by speaker; empty if no speakers were requested.</summary>
        public IReadOnlyList<Utterance> Utterances { get; }

        /// <summary>The words.</summary>
        public IReadOnlyList<Word> Words { get; }

        /// <inheritdoc/>
        public bool Equals(Transcript other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("confidence", "Confidence", Confidence);
            yield return new Member("text", "Text", Text, false);
            yield return new Member("utterances", "Utterances", Utterances, false);
            yield return new Member("words", "Words", Words, false);
        }
    }

    /// <summary>Words of one speaker without a long pause.</summary>
    public sealed class Utterance : Result, IEquatable<Utterance>
    {
        internal Utterance(Fields from)
        {
            Confidence = from.Number("confidence");
            End = from.Number("end");
            SpeakerId = from.TextOrNull("speaker_id");
            Start = from.Number("start");
            Text = from.Text("text");
        }

        /// <summary>Confidence in the speaker, 0 to 1.</summary>
        public double Confidence { get; }

        /// <summary>End in seconds.</summary>
        public double End { get; }

        /// <summary>The speaker.</summary>
        public string SpeakerId { get; }

        /// <summary>Start in seconds.</summary>
        public double Start { get; }

        /// <summary>The text.</summary>
        public string Text { get; }

        /// <inheritdoc/>
        public bool Equals(Utterance other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("confidence", "Confidence", Confidence);
            yield return new Member("end", "End", End);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
            yield return new Member("start", "Start", Start);
            yield return new Member("text", "Text", Text, false);
        }
    }

    /// <summary>Whether a recording is of an enrolled speaker.</summary>
    public sealed class Verification : Result, IEquatable<Verification>
    {
        internal Verification(Fields from)
        {
            Confidence = from.NumberOrNull("confidence");
            Decision = EnumWords.ReadDecision(from, "decision");
            Llr = from.NumberOrNull("llr");
            MatchLlr = from.Number("match_llr");
            NoMatchLlr = from.Number("no_match_llr");
            Problems = from.List("problems", one => new Problem(new Fields(one)));
            Score = from.NumberOrNull("score");
            SpeakerId = from.Text("speaker_id");
            SpeechSeconds = from.Number("speech_seconds");
        }

        /// <summary>
        /// Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little speech.
        /// </summary>
        public double? Confidence { get; }

        /// <summary>The decision.</summary>
        public Decision Decision { get; }

        /// <summary>
        /// Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
        /// </summary>
        public double? Llr { get; }

        /// <summary>The <c>llr</c> from which the decision is a match, at the requested false-accept rate.</summary>
        public double MatchLlr { get; }

        /// <summary>The <c>llr</c> below which the decision is no match.</summary>
        public double NoMatchLlr { get; }

        /// <summary>The problems of the recording, the most severe first.</summary>
        public IReadOnlyList<Problem> Problems { get; }

        /// <summary>Cosine of the two voiceprints, -1 to 1; none if there is too little speech.</summary>
        public double? Score { get; }

        /// <summary>The speaker that the recording was compared with.</summary>
        public string SpeakerId { get; }

        /// <summary>Seconds of speech in the recording.</summary>
        public double SpeechSeconds { get; }

        /// <inheritdoc/>
        public bool Equals(Verification other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("confidence", "Confidence", Confidence);
            yield return new Member("decision", "Decision", Decision);
            yield return new Member("llr", "Llr", Llr);
            yield return new Member("match_llr", "MatchLlr", MatchLlr);
            yield return new Member("no_match_llr", "NoMatchLlr", NoMatchLlr);
            yield return new Member("problems", "Problems", Problems);
            yield return new Member("score", "Score", Score);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
            yield return new Member("speech_seconds", "SpeechSeconds", SpeechSeconds);
        }
    }

    /// <summary>The proof that a consent was withdrawn, which stays when the voiceprint is gone.</summary>
    public sealed class Withdrawal : Result, IEquatable<Withdrawal>
    {
        internal Withdrawal(Fields from)
        {
            Consents = from.List("consents", one => new ConsentRecord(new Fields(one)));
            WithdrawnAt = from.Long("withdrawn_at");
        }

        /// <summary>What was consented to before, the oldest first. Empty where nothing was recorded.</summary>
        public IReadOnlyList<ConsentRecord> Consents { get; }

        /// <summary>When it was withdrawn, in seconds since 1970.</summary>
        public long WithdrawnAt { get; }

        /// <inheritdoc/>
        public bool Equals(Withdrawal other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("consents", "Consents", Consents);
            yield return new Member("withdrawn_at", "WithdrawnAt", WithdrawnAt);
        }
    }

    /// <summary>A word of a <c>Transcript</c>.</summary>
    public sealed class Word : Result, IEquatable<Word>
    {
        internal Word(Fields from)
        {
            End = from.Number("end");
            SpeakerId = from.TextOrNull("speaker_id");
            Start = from.Number("start");
            Text = from.Text("word");
        }

        /// <summary>End in seconds.</summary>
        public double End { get; }

        /// <summary>The speaker.</summary>
        public string SpeakerId { get; }

        /// <summary>Start in seconds.</summary>
        public double Start { get; }

        /// <summary>The word.</summary>
        public string Text { get; }

        /// <inheritdoc/>
        public bool Equals(Word other) => Equals((object)other);

        internal override IEnumerable<Member> Members()
        {
            yield return new Member("end", "End", End);
            yield return new Member("speaker_id", "SpeakerId", SpeakerId);
            yield return new Member("start", "Start", Start);
            yield return new Member("word", "Text", Text, false);
        }
    }
}
