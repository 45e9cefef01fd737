// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll
{
    /// <content>All calls as tasks.</content>
    public sealed partial class Registry
    {
        /// <summary>
        /// <see cref="Enroll(string, IEnumerable{Recording}, EnrollOptions, CancellationToken)"/> as a task.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recordings">Recordings of the same person.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Task<Enrollment> EnrollAsync(
            string speakerId,
            IEnumerable<Recording> recordings,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Enroll("enroll", speakerId, recordings, options), cancellationToken);

        /// <summary><see cref="Enroll(string, Recording, EnrollOptions, CancellationToken)"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Task<Enrollment> EnrollAsync(
            string speakerId,
            Recording recording,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            EnrollAsync(speakerId, One(recording), options, cancellationToken);

        /// <summary>
        /// <see cref="Create(string, IEnumerable{Recording}, EnrollOptions, CancellationToken)"/> as a task.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recordings">Recordings of the same person.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Task<Enrollment> CreateAsync(
            string speakerId,
            IEnumerable<Recording> recordings,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Enroll("create", speakerId, recordings, options), cancellationToken);

        /// <summary><see cref="Create(string, Recording, EnrollOptions, CancellationToken)"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Task<Enrollment> CreateAsync(
            string speakerId,
            Recording recording,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            CreateAsync(speakerId, One(recording), options, cancellationToken);

        /// <summary>
        /// <see cref="Update(string, IEnumerable{Recording}, EnrollOptions, CancellationToken)"/> as a task.
        /// </summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recordings">Recordings of the same person.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Task<Enrollment> UpdateAsync(
            string speakerId,
            IEnumerable<Recording> recordings,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Enroll("update", speakerId, recordings, options), cancellationToken);

        /// <summary><see cref="Update(string, Recording, EnrollOptions, CancellationToken)"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment, with the recordings that were refused.</returns>
        public Task<Enrollment> UpdateAsync(
            string speakerId,
            Recording recording,
            EnrollOptions options = null,
            CancellationToken cancellationToken = default) =>
            UpdateAsync(speakerId, One(recording), options, cancellationToken);

        /// <summary><see cref="Get"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The enrollment.</returns>
        public Task<Enrollment> GetAsync(
            string speakerId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Get(speakerId, options), cancellationToken);

        /// <summary><see cref="List"/> as a task.</summary>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The page.</returns>
        public Task<Page> ListAsync(ListOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.List(options), cancellationToken);

        /// <summary><see cref="Delete"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>A task that ends when it is done.</returns>
        public Task DeleteAsync(
            string speakerId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Delete(speakerId, options), cancellationToken);

        /// <summary><see cref="RemoveSample"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="sample">The recording's <see cref="Sample.Id"/>.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What is left.</returns>
        public Task<Enrollment> RemoveSampleAsync(
            string speakerId, long sample, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.RemoveSample(speakerId, sample, options), cancellationToken);

        /// <summary><see cref="Inspect"/> as a task.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What was measured; faults such as noise are among its problems.</returns>
        public Task<Inspection> InspectAsync(
            Recording recording, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Inspect(recording, Requests.Plain(options)), cancellationToken);

        /// <summary><see cref="Prepare"/> as a task.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The stretch.</returns>
        public Task<Prepared> PrepareAsync(
            Recording recording, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Prepare(recording, Requests.Plain(options)), cancellationToken);

        /// <summary><see cref="Verify"/> as a task.</summary>
        /// <param name="speakerId">1 to 128 letters, digits and underscores.</param>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The decision, with the confidence.</returns>
        public Task<Verification> VerifyAsync(
            string speakerId,
            Recording recording,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Verify(speakerId, recording, options), cancellationToken);

        /// <summary><see cref="Identify"/> as a task.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>All turns.</returns>
        public Task<Identification> IdentifyAsync(
            Recording recording, IdentifyOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Identify(recording, options), cancellationToken);

        /// <summary><see cref="Diarize"/> as a task.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">How the call is done, bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>All turns.</returns>
        public Task<Diarization> DiarizeAsync(
            Recording recording, DiarizeOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Diarize(recording, options), cancellationToken);

        /// <summary><see cref="Model"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>Its name.</returns>
        public Task<string> ModelAsync(CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Model(options), cancellationToken);

        /// <summary><see cref="Outdated"/> as a task.</summary>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The name of the model for each speaker id.</returns>
        public Task<IReadOnlyDictionary<string, string>> OutdatedAsync(
            CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Outdated(options), cancellationToken);

        /// <summary><see cref="Submit"/> as a task.</summary>
        /// <param name="request">What is to be done.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The job's id.</returns>
        public Task<string> SubmitAsync(
            JobRequest request, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Submit(request, options), cancellationToken);

        /// <summary><see cref="Job"/> as a task.</summary>
        /// <param name="jobId">The job's id, as <see cref="Submit"/> returned it.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>Its status, and its result once it has one.</returns>
        public Task<Job> JobAsync(
            string jobId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Job(jobId, options), cancellationToken);

        /// <summary><see cref="Wait"/> as a task.</summary>
        /// <param name="jobId">The job's id, as <see cref="Submit"/> returned it.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What it found.</returns>
        public Task<JobResult> WaitAsync(
            string jobId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            RunAsync(Requests.Wait(jobId, options), cancellationToken);

        /// <summary><see cref="IdentifyCall"/> as a task.</summary>
        /// <param name="record">A record of the platform's call log, in JSON, as its API returns it.</param>
        /// <param name="recording">
        /// The recording, where it is at hand. Default: the server fetches it from the record's address.
        /// </param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>All turns.</returns>
        public Task<CallIdentification> IdentifyCallAsync(
            string record,
            Recording recording = null,
            CallOptions options = null,
            CancellationToken cancellationToken = default) =>
            RunAsync(Requests.IdentifyCall(record, recording, options), cancellationToken);

        private Task<T> RunAsync<T>(Request<T> request, CancellationToken cancellationToken) =>
            Call.RunAsync(Usable(), request, cancellationToken);
    }
}
