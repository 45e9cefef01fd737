// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll
{
    /// <summary>
    /// A registry of enrolled speakers: <see cref="Open"/> uses a local store file, <see cref="Connect"/> a server.
    /// It may be used from many threads at once. Blocking calls wait in their thread and need no other; those that
    /// end in
    /// <c>Async</c> wait in none.
    /// </summary>
    public sealed partial class Registry : IDisposable
    {
        private readonly RegistryHandle handle;
        private int closed;

        private Registry(RegistryHandle handle)
        {
            this.handle = handle;
        }

        /// <summary>Opens a store file, and creates it if it does not exist.</summary>
        /// <param name="path">The store file.</param>
        /// <param name="options">What is not as usual.</param>
        /// <returns>The registry. Dispose of it.</returns>
        /// <exception cref="StoreException">The file is not a store, or cannot be opened.</exception>
        /// <exception cref="InvalidInputException">An option cannot be used.</exception>
        public static Registry Open(string path, OpenOptions options = null)
        {
            Arguments.IsPath(path, nameof(path));
            return Opened(path, (options ?? new OpenOptions()).Settings());
        }

        /// <summary>
        /// Uses a registry on a server with RingCentral's API: <c>voiceroll serve</c>, or a compatible one. Nothing
        /// is sent before the first call, which logs in.
        /// </summary>
        /// <param name="url">
        /// The server's address. Default: <c>VOICEROLL_SERVER</c> or <c>RINGCENTRAL_SERVER_URL</c>.
        /// </param>
        /// <param name="options">What to log in with, and what is not as usual.</param>
        /// <returns>The registry. Dispose of it.</returns>
        /// <exception cref="InvalidInputException">The address or an option cannot be used.</exception>
        public static Registry Connect(string url = null, ConnectOptions options = null)
        {
            options = options ?? new ConnectOptions();
            return Opened(
                null,
                new Dictionary<string, object>
                {
                    ["url"] = url ?? "",
                    ["client_id"] = options.ClientId,
                    ["client_secret"] = options.ClientSecret,
                    ["jwt"] = options.Jwt,
                    ["inspect"] = options.Inspect,
                    ["max_recording"] = options.MaxRecording,
                    ["request_timeout"] = Arguments.Seconds(options.RequestTimeout),
                    ["patience"] = Arguments.Seconds(options.Patience),
                    ["plain_http"] = options.PlainHttp,
                    ["max_seconds"] = options.MaxSeconds,
                    ["max_bytes"] = options.MaxBytes,
                });
        }

        /// <summary>
        /// Gives up the registry; on a server, ends the session, waiting at most 5 s: one that is not ended
        /// ends by itself. Calls that are under way go on. Closing again does nothing.
        /// </summary>
        public void Close()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                try
                {
                    Call.Run(handle, Requests.LogOut(), CancellationToken.None);
                }
                finally
                {
                    GiveUp();
                }
            }
        }

        /// <summary><see cref="Close"/> as a task.</summary>
        /// <returns>A task that ends when it is done.</returns>
        public async Task CloseAsync()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                try
                {
                    await Call.RunAsync(handle, Requests.LogOut(), CancellationToken.None).ConfigureAwait(false);
                }
                finally
                {
                    GiveUp();
                }
            }
        }

        /// <summary>
        /// <see cref="Close"/> without an exception: a thread that is interrupted meanwhile waits no longer, and stays
        /// interrupted.
        /// </summary>
        public void Dispose()
        {
            try
            {
                Close();
            }
            catch (VoicerollException)
            {
                // A session that cannot be ended ends by itself.
            }
            catch (ThreadInterruptedException)
            {
                Thread.CurrentThread.Interrupt();
            }
        }

        /// <summary>All enrollments, sorted by id, fetched page by page; others may be deleted meanwhile.</summary>
        /// <remarks>
        /// One who is there throughout is seen once. On a server of another make, which use page numbers, additions and
        /// deletions can hide a speaker.
        /// </remarks>
        /// <param name="options">Which, and how each call is bounded.</param>
        /// <param name="cancellationToken">Stops it.</param>
        /// <returns>The enrollments, fetched anew each time they are gone through.</returns>
        public IEnumerable<Enrollment> Iterate(IterateOptions options = null, CancellationToken cancellationToken = default) =>
            Pages((options ?? new IterateOptions()).FirstPage(), cancellationToken);

        private static Registry Opened(string path, Dictionary<string, object> settings) =>
            new Registry(RegistryHandle.Open(path, Arguments.Given(settings)));

        private IEnumerable<Enrollment> Pages(IterateOptions options, CancellationToken cancellationToken)
        {
            var asked = options.FirstPage();
            var seen = new HashSet<string>();
            for (long total = 0; ;)
            {
                var found = List(asked, cancellationToken);
                var missing = total - found.Total;
                total = found.Total;
                if (asked.After == null && missing > 0 && asked.Page > 1)
                {
                    // Some are gone, and those behind them have moved up.
                    var pages = (missing + asked.PerPage - 1) / asked.PerPage;
                    asked.Page = (int)Math.Max(1, asked.Page - pages);
                    continue;
                }
                foreach (var record in found.Records.Where(record => seen.Add(record.SpeakerId)))
                {
                    yield return record;
                }
                if (found.NextAfter == null && (asked.After != null || asked.Page >= found.TotalPages))
                {
                    yield break;
                }
                asked.Page++;
                asked.After = found.NextAfter;
            }
        }

        private RegistryHandle Usable() =>
            Volatile.Read(ref closed) == 0
                ? handle
                : throw new ObjectDisposedException(nameof(Registry), "this registry is closed; open it again");

        private void GiveUp()
        {
            Native.Library.Close(handle);
            handle.Dispose();
        }
    }
}
