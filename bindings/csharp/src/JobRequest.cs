// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;

namespace Voiceroll
{
    /// <summary>
    /// A job for <see cref="Registry.Submit"/>: what a server is asked to do with a recording that it fetches itself. The
    /// printed form leaves the addresses out: a token may stand in them.
    /// </summary>
    public sealed class JobRequest
    {
        private JobRequest(string api, string contentUri, IEnumerable<string> speakerIds)
        {
            Api = api;
            Args["api"] = api;
            Args["content_uri"] = Arguments.NotNull(contentUri, nameof(contentUri));
            Args["speaker_ids"] = speakerIds == null ? null : Arguments.NoNulls(speakerIds, nameof(speakerIds));
        }

        /// <summary>What is asked: <c>identify</c>, <c>diarize</c> or <c>transcribe</c>.</summary>
        public string Api { get; }

        internal Dictionary<string, object> Args { get; } = new Dictionary<string, object>();

        /// <summary>Finds the segments in which these speakers speak. All need a complete enrollment.</summary>
        /// <param name="contentUri">Where the server fetches the recording.</param>
        /// <param name="speakerIds">Who is looked for.</param>
        /// <param name="encoding">One of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. Default: by the end of the address.</param>
        /// <param name="webhook">Where the server posts the result; see <see cref="Callbacks"/>. Default: nowhere, it is asked for.</param>
        /// <returns>The job.</returns>
        public static JobRequest Identify(
            string contentUri, IEnumerable<string> speakerIds, string encoding = null, string webhook = null) =>
            new JobRequest("identify", contentUri, Arguments.NotNull(speakerIds, nameof(speakerIds)))
                .With("encoding", encoding)
                .With("webhook", webhook);

        /// <summary>Finds out who speaks when in a recording.</summary>
        /// <param name="contentUri">Where the server fetches the recording.</param>
        /// <param name="speakerIds">Who is named. Default: nobody.</param>
        /// <param name="speakers">The number of speakers, 1 to 20, if known.</param>
        /// <param name="perChannel">Whether each channel is one speaker.</param>
        /// <param name="encoding">As for <see cref="Identify"/>.</param>
        /// <param name="webhook">As for <see cref="Identify"/>.</param>
        /// <returns>The job.</returns>
        public static JobRequest Diarize(
            string contentUri,
            IEnumerable<string> speakerIds = null,
            int? speakers = null,
            bool perChannel = false,
            string encoding = null,
            string webhook = null) =>
            new JobRequest("diarize", contentUri, speakerIds)
                .With("speakers", speakers)
                .With("per_channel", perChannel)
                .With("encoding", encoding)
                .With("webhook", webhook);

        /// <summary>Says what is said in a recording, and by whom if <c>speakerIds</c> or <c>speakers</c> are given.</summary>
        /// <param name="contentUri">Where the server fetches the recording.</param>
        /// <param name="language">The language spoken.</param>
        /// <param name="speakerIds">Who is named. Default: nobody.</param>
        /// <param name="speakers">The number of speakers, 1 to 20, if known.</param>
        /// <param name="perChannel">Whether each channel is one speaker.</param>
        /// <param name="encoding">As for <see cref="Identify"/>.</param>
        /// <param name="webhook">As for <see cref="Identify"/>.</param>
        /// <returns>The job.</returns>
        public static JobRequest Transcribe(
            string contentUri,
            string language = "en-US",
            IEnumerable<string> speakerIds = null,
            int? speakers = null,
            bool perChannel = false,
            string encoding = null,
            string webhook = null) =>
            new JobRequest("transcribe", contentUri, speakerIds)
                .With("language", language)
                .With("speakers", speakers)
                .With("per_channel", perChannel)
                .With("encoding", encoding)
                .With("webhook", webhook);

        /// <summary>What is asked, without the addresses.</summary>
        /// <returns>A text for logs.</returns>
        public override string ToString() => $"JobRequest {{ Api = {Api} }}";

        private JobRequest With(string name, object value)
        {
            Args[name] = value;
            return this;
        }
    }
}
