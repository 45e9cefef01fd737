// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll
{
    /// <summary>What a call is asked to do, and what becomes of its reply.</summary>
    internal sealed class Request<T>
    {
        private readonly string verb;
        private readonly Dictionary<string, object> args;
        private readonly List<Recording> recordings;
        private readonly Func<object, byte[], T> read;

        internal Request(
            string verb,
            Dictionary<string, object> args,
            CallOptions options,
            List<Recording> recordings,
            Func<object, byte[], T> read)
        {
            this.verb = verb;
            this.args = Arguments.Given(args);
            this.recordings = recordings ?? new List<Recording>();
            this.read = read;
            Progress = options?.Progress;
            if (Arguments.Seconds(options?.Timeout) is object seconds)
            {
                this.args["timeout"] = seconds;
            }
        }

        internal IProgress<Progress> Progress { get; }

        internal T Read(Reply reply) => read(Json.Read(reply.Text), reply.Sound);

        /// <summary>The request, with the recordings, which the library owns from the start of the call.</summary>
        internal Prelude Prepare()
        {
            var told = new Dictionary<string, object> { ["verb"] = verb, ["args"] = args, ["progress"] = Progress != null };
            var text = Native.Utf8(Json.Write(told), out var length);
            return new Prelude(text, length, Recording.Handed(recordings));
        }
    }

    /// <summary>A call that has everything to begin.</summary>
    internal sealed class Prelude : IDisposable
    {
        private readonly byte[] told;
        private readonly UIntPtr length;
        private readonly RecordingsHandle recordings;

        internal Prelude(byte[] told, UIntPtr length, RecordingsHandle recordings)
        {
            this.told = told;
            this.length = length;
            this.recordings = recordings;
        }

        public void Dispose() => recordings.Dispose();

        internal CallHandle Start(RegistryHandle registry, QueueHandle queue, ulong token)
        {
            var call = Native.Library.Start(registry, told, length, recordings, queue, token);
            recordings.SetHandleAsInvalid();
            return call.IsInvalid ? throw new InternalException("the call could not be started") : call;
        }
    }

    /// <summary>What the library answered.</summary>
    internal struct Reply
    {
        internal string Text;
        internal byte[] Sound;
    }

    /// <summary>Does what is asked, and waits for it.</summary>
    internal static class Call
    {
        /// <summary>A foreign function cannot be interrupted, so none waits longer, in milliseconds.</summary>
        internal const uint Slice = 50;

        /// <summary>Waits in the calling thread.</summary>
        internal static T Run<T>(RegistryHandle registry, Request<T> request, CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                throw Errors.NotBegun(cancellationToken);
            }
            using (var prelude = request.Prepare())
            using (var call = prelude.Start(registry, QueueHandle.None, 0))
            using (cancellationToken.Register(() => Native.Library.Cancel(call)))
            {
                Reply reply;
                while (!Look(call, Slice, request.Progress, cancellationToken, out reply))
                {
                    // Here a thread that was interrupted hears of it.
                    Thread.Sleep(0);
                }
                return request.Read(reply);
            }
        }

        /// <summary>Waits in no thread.</summary>
        internal static async Task<T> RunAsync<T>(
            RegistryHandle registry, Request<T> request, CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                throw Errors.NotBegun(cancellationToken);
            }
            using (var prelude = request.Prepare())
            {
                var reply = await Pump.Run(registry, prelude, request.Progress, cancellationToken).ConfigureAwait(false);
                return request.Read(reply);
            }
        }

        /// <summary>Looks once for news, tells progress, and says whether the call is done.</summary>
        internal static bool Look(
            CallHandle call,
            uint milliseconds,
            IProgress<Progress> progress,
            CancellationToken cancellationToken,
            out Reply reply)
        {
            reply = default;
            News news;
            do
            {
                news = Native.Library.Next(call, milliseconds, out var json, out var sound);
                reply.Sound = sound.Take();
                reply.Text = json.TakeText();
                if (news == News.Progress)
                {
                    progress?.Report(new Progress(new Fields(Json.Read(reply.Text))));
                    milliseconds = 0;
                }
            }
            while (news == News.Progress);
            return news == News.Error ? throw Errors.From(reply.Text, cancellationToken) : news == News.Result;
        }
    }

    /// <summary>A call that a task stands for.</summary>
    internal sealed class Pending
    {
        private readonly TaskCompletionSource<Reply> source =
            new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly CallHandle call;
        private readonly IProgress<Progress> progress;
        private readonly CancellationToken cancellationToken;
        private readonly CancellationTokenRegistration cancelling;
        private int wanted;

        internal Pending(CallHandle call, IProgress<Progress> progress, CancellationToken cancellationToken)
        {
            this.call = call;
            this.progress = progress;
            this.cancellationToken = cancellationToken;
            cancelling = cancellationToken.Register(() => Native.Library.Cancel(call));
        }

        internal Task<Reply> Task => source.Task;

        /// <summary>Looks for all the news there is. While one thread does, others only ask it to look again.</summary>
        internal void Look()
        {
            if (Interlocked.Increment(ref wanted) > 1)
            {
                return;
            }
            int asked;
            do
            {
                asked = Volatile.Read(ref wanted);
                LookOnce();
            }
            while (Interlocked.CompareExchange(ref wanted, 0, asked) != asked);
        }

        /// <summary>The same where it holds up nobody: who watches progress may take long.</summary>
        internal void LookElsewhere()
        {
            if (progress == null)
            {
                Look();
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => Look(), null);
            }
        }

        private void LookOnce()
        {
            if (source.Task.IsCompleted)
            {
                return;
            }
            try
            {
                if (Call.Look(call, 0, progress, cancellationToken, out var reply))
                {
                    End();
                    source.SetResult(reply);
                }
            }
            catch (Exception error)
            {
                End();
                source.SetException(error);
            }
        }

        private void End()
        {
            cancelling.Dispose();
            call.Dispose();
        }
    }

    /// <summary>
    /// One thread of the background that waits for the news of all tasks. So that a program on Mono can end while it waits,
    /// it takes no lock and never stays in the library for long.
    /// </summary>
    internal static class Pump
    {
        private static readonly ConcurrentDictionary<ulong, Pending> Calls = new ConcurrentDictionary<ulong, Pending>();
        private static readonly Lazy<QueueHandle> Queue = new Lazy<QueueHandle>(Begin);
        private static readonly AutoResetEvent Called = new AutoResetEvent(false);
        private static long last;
        private static int underWay;

        internal static async Task<Reply> Run(
            RegistryHandle registry, Prelude prelude, IProgress<Progress> progress, CancellationToken cancellationToken)
        {
            var token = (ulong)Interlocked.Increment(ref last);
            var call = prelude.Start(registry, Queue.Value, token);
            var pending = new Pending(call, progress, cancellationToken);
            Calls[token] = pending;
            Interlocked.Increment(ref underWay);
            Called.Set();
            // What was announced before it stood there, nobody has looked for.
            pending.LookElsewhere();
            try
            {
                return await pending.Task.ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
                Calls.TryRemove(token, out _);
            }
        }

        private static QueueHandle Begin()
        {
            var queue = Native.Library.QueueNew();
            var thread = new Thread(() => Work(queue)) { IsBackground = true, Name = "voiceroll" };
            // What belongs to the first caller must not live as long as the thread.
            if (ExecutionContext.IsFlowSuppressed())
            {
                thread.Start();
                return queue;
            }
            using (ExecutionContext.SuppressFlow())
            {
                thread.Start();
            }
            return queue;
        }

        private static void Work(QueueHandle queue)
        {
            while (true)
            {
                if (Volatile.Read(ref underWay) == 0)
                {
                    Called.WaitOne();
                }
                if (Native.Library.QueueNext(queue, Call.Slice, out var token) && Calls.TryGetValue(token, out var pending))
                {
                    pending.LookElsewhere();
                }
            }
        }
    }
}
