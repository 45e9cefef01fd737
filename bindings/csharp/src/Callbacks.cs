// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll
{
    /// <summary>
    /// Receives what servers post to the webhook of a <see cref="JobRequest"/>: hand each request to <see cref="Take"/>, and
    /// answer 200. May be used from many threads at once.
    /// </summary>
    public sealed class Callbacks : IDisposable
    {
        private readonly RegistryHandle inbox;

        /// <summary>Makes an inbox.</summary>
        /// <param name="secret">
        /// Takes only callbacks that are signed with it: the app's, of <c>voiceroll apps callback-secret</c>. Default: takes all.
        /// </param>
        /// <exception cref="InvalidInputException">The secret is empty.</exception>
        public Callbacks(string secret = null)
        {
            var settings = new Dictionary<string, object> { ["callbacks"] = true };
            if (secret != null)
            {
                settings["secret"] = secret;
            }
            inbox = RegistryHandle.Open(null, settings);
        }

        /// <summary>Takes in a request.</summary>
        /// <param name="body">Its body.</param>
        /// <param name="timestamp">Its header <c>Voiceroll-Timestamp</c>, where it has one.</param>
        /// <param name="signature">Its header <c>Voiceroll-Signature</c>, where it has one.</param>
        /// <returns>How the job stands.</returns>
        /// <exception cref="UnauthorizedException">
        /// The signature is missing, wrong or older than five minutes: answer 401.
        /// </exception>
        /// <exception cref="UnsupportedException">The body is not a job: answer 400.</exception>
        public Job Take(byte[] body, string timestamp = null, string signature = null)
        {
            Arguments.NotNull(body, nameof(body));
            var time = Native.Utf8(timestamp, out var timeLength);
            var sign = Native.Utf8(signature, out var signLength);
            var news = Native.Library.TakeCallback(
                inbox, time, timeLength, sign, signLength, body, Native.Size(body), out var reply);
            var text = reply.TakeText();
            return news == News.Result ? new Job(new Fields(Json.Read(text))) : throw Errors.From(text);
        }

        /// <summary>Waits until the result of a job has come; bound that with <see cref="CallOptions.Timeout"/>.</summary>
        /// <param name="jobId">The job's id, as <see cref="Registry.Submit"/> returned it.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What the job found.</returns>
        /// <exception cref="VoicerollException">Of the kind of what the job failed of.</exception>
        public JobResult Wait(string jobId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Call.Run(inbox, Requests.Wait(jobId, options), cancellationToken);

        /// <summary><see cref="Wait"/> as a task.</summary>
        /// <param name="jobId">The job's id.</param>
        /// <param name="options">How the call is bounded and watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What the job found.</returns>
        public Task<JobResult> WaitAsync(
            string jobId, CallOptions options = null, CancellationToken cancellationToken = default) =>
            Call.RunAsync(inbox, Requests.Wait(jobId, options), cancellationToken);

        /// <summary>Gives up the inbox. Calls that wait go on waiting.</summary>
        public void Dispose() => inbox.Dispose();
    }
}
