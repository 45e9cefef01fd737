// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Threading;

namespace Voiceroll
{
    /// <content>All calls in the calling thread.</content>
    public sealed partial class Registry
    {
        /// <summary>
        /// Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected;
        /// those with too little speech are refused, the others are added together.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recordings">Recordings of the same person.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        /// <exception cref="RefusedException">
        /// Not one recording was accepted; its problems say why. Nothing is changed in these cases.
        /// </exception>
        public Enrollment Enroll(
            string speakerId,
            IEnumerable<Recording> recordings,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Enroll("enroll", speakerId, recordings, options), cancellationToken);

        /// <summary>
        /// <see cref="Enroll(string, IEnumerable{Recording}, EnrollOptions, CancellationToken)"/> with one
        /// recording.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Enrollment Enroll(
            string speakerId,
            Recording recording,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            Enroll(speakerId, One(recording), options, cancellationToken);

        /// <summary>
        /// Enrolls a new speaker; see <see cref="Enroll(string, IEnumerable{Recording}, EnrollOptions,
        /// CancellationToken)"/>.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recordings">Recordings of the same person.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        /// <exception cref="ConflictException">The id is enrolled.</exception>
        public Enrollment Create(
            string speakerId,
            IEnumerable<Recording> recordings,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Enroll("create", speakerId, recordings, options), cancellationToken);

        /// <summary>
        /// <see cref="Create(string, IEnumerable{Recording}, EnrollOptions, CancellationToken)"/> with one
        /// recording.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Enrollment Create(
            string speakerId,
            Recording recording,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            Create(speakerId, One(recording), options, cancellationToken);

        /// <summary>
        /// Adds speech to an enrollment; see <see cref="Enroll(string, IEnumerable{Recording}, EnrollOptions,
        /// CancellationToken)"/>.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recordings">Recordings of the same person.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public Enrollment Update(
            string speakerId,
            IEnumerable<Recording> recordings,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Enroll("update", speakerId, recordings, options), cancellationToken);

        /// <summary>
        /// <see cref="Update(string, IEnumerable{Recording}, EnrollOptions, CancellationToken)"/> with one
        /// recording.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Enrollment Update(
            string speakerId,
            Recording recording,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            Update(speakerId, One(recording), options, cancellationToken);

        /// <summary>The enrollment of a speaker.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment.</returns>
        /// <exception cref="NotFoundException">The id is not enrolled.</exception>
        public Enrollment Get(
            string speakerId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Get(speakerId, options), cancellationToken);

        /// <summary>One page of the enrollments, sorted by id; see <see cref="Iterate"/> for all of them.</summary>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The page.</returns>
        public Page List(ListOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.List(options), cancellationToken);

        /// <summary>Deletes a speaker with all voiceprints and measurements.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <exception cref="NotFoundException">The id was never enrolled.</exception>
        /// <exception cref="GoneException">It was deleted before.</exception>
        public void Delete(
            string speakerId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Delete(speakerId, options), cancellationToken);

        /// <summary>Removes one recording from an enrollment, and recomputes the enrollment from the others.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="sample">The recording's <see cref="Sample.Id"/>.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What is left.</returns>
        /// <exception cref="NotFoundException">The id is not enrolled, or has no such recording.</exception>
        public Enrollment RemoveSample(
            string speakerId, long sample, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.RemoveSample(speakerId, sample, options), cancellationToken);

        /// <summary>Measures a recording and tells whether it would be enrolled. Nothing is stored.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What was measured; faults such as noise are among its problems.</returns>
        /// <exception cref="UnreadableException">
        /// It cannot be read at all; also <see cref="LimitException"/>, <see cref="IoException"/>.
        /// </exception>
        public Inspection Inspect(
            Recording recording, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Inspect(recording, Requests.Plain(options)), cancellationToken);

        /// <summary>
        /// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
        /// </summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The stretch.</returns>
        /// <exception cref="RefusedException">The recording has no speech.</exception>
        public Prepared Prepare(
            Recording recording, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Prepare(recording, Requests.Plain(options)), cancellationToken);

        /// <summary>Whether a recording is of an enrolled speaker.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The decision, with the confidence.</returns>
        /// <exception cref="NotFoundException">
        /// The id is not enrolled; also <see cref="IncompleteException"/>, <see cref="ModelMismatchException"/>.
        /// </exception>
        public Verification Verify(
            string speakerId,
            Recording recording,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.Verify(speakerId, recording, options), cancellationToken);

        /// <summary>Finds the segments of a recording in which enrolled speakers speak, and those of others.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>All turns.</returns>
        /// <exception cref="NotFoundException">
        /// One who is looked for is not enrolled; also <see cref="IncompleteException"/>, <see
        /// cref="ModelMismatchException"/>. Said before the recording is read.
        /// </exception>
        /// <exception cref="InvalidInputException">Nobody is looked for.</exception>
        public Identification Identify(
            Recording recording, IdentifyOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Identify(recording, options), cancellationToken);

        /// <summary>Says how many people speak in a conversation, and who from when to when.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>All turns.</returns>
        /// <exception cref="NotFoundException">
        /// One who is known is not enrolled; also <see cref="IncompleteException"/>, <see
        /// cref="ModelMismatchException"/>. Said before the recording is read.
        /// </exception>
        public Diarization Diarize(
            Recording recording, DiarizeOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Diarize(recording, options), cancellationToken);

        /// <summary>The name of the model that makes this registry's voiceprints.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>Its name.</returns>
        public string Model(CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Model(options), cancellationToken);

        /// <summary>The speakers that were enrolled with another model, with the name of that model; they have to be
        /// re-enrolled.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The name of the model for each speaker id.</returns>
        public IReadOnlyDictionary<string, string> Outdated(
            CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Outdated(options), cancellationToken);

        /// <summary>Has the server fetch a recording and listen to it.</summary>
        /// <param name="request">What is to be done.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The job's id.</returns>
        /// <exception cref="UnsupportedException">The registry is not on a server.</exception>
        /// <exception cref="NotFoundException">
        /// One who is looked for is not enrolled; also <see cref="IncompleteException"/>.
        /// </exception>
        public string Submit(
            JobRequest request, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Submit(request, options), cancellationToken);

        /// <summary>The status of a job.</summary>
        /// <param name="jobId">The job's id, as <see cref="Submit"/> returned it.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>Its status, and its result once it has one.</returns>
        /// <exception cref="NotFoundException">There is no such job.</exception>
        public Job Job(string jobId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Job(jobId, options), cancellationToken);

        /// <summary>Waits until a job is done; bound that with <see cref="CallOptions.Timeout"/>.</summary>
        /// <param name="jobId">The job's id, as <see cref="Submit"/> returned it.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What it found.</returns>
        /// <exception cref="VoicerollException">Of the kind of what the job failed of.</exception>
        public JobResult Wait(
            string jobId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Run(Requests.Wait(jobId, options), cancellationToken);

        /// <summary>Finds out who spoke when in a recorded call, with names.</summary>
        /// <param name="record">A record of the platform's call log, in JSON, as its API returns it.</param>
        /// <param name="recording">
        /// The recording, where it is at hand. Default: the server fetches it from the record's address.
        /// </param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>All turns.</returns>
        public CallIdentification IdentifyCall(
            string record,
            Recording recording = null,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            Run(Requests.IdentifyCall(record, recording, options), cancellationToken);

        private static Recording[] One(Recording recording) => new[] { Arguments.NotNull(recording, nameof(recording)) };

        private T Run<T>(Request<T> request, CancellationToken cancellationToken) =>
            Call.Run(Usable(), request, cancellationToken);
    }
}
