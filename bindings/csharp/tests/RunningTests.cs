// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll.Tests
{
    /// <summary>Threads, tasks, cancelling, and what is left behind.</summary>
    internal static class RunningTests
    {
        private static readonly InspectOptions Unbounded = new InspectOptions { MaxSeconds = 1e6 };

        [Test]
        internal static void ThreadsShareARegistryAndRunAtOnce()
        {
            using (var registry = Support.Store())
            {
                Together(24, number => registry.Enroll($"speaker_{number}", Support.Clip("ada-3.webm"), new EnrollOptions { Force = true }));
                Assert.Equal(24L, registry.List(new ListOptions { Partial = true }).Total);
                var same = new ConcurrentBag<Enrollment>();
                Together(8, _ => same.Add(registry.Enroll("one", Support.Clip("ada-3.webm"), new EnrollOptions { Force = true })));
                // The same recording counts once, however many threads bring it.
                Assert.Equal(8, same.Count);
                Assert.Equal(1, registry.Get("one").Recordings.Count);
            }
        }

        [Test]
        internal static void OtherThreadsGoOnWhileACallWorks()
        {
            var turns = 0;
            var call = Task.Run(() => Recording.Inspect(Support.Repeated("ada-1.mp3", 200)));
            while (!call.IsCompleted)
            {
                turns++;
                GC.Collect(0);
                Thread.Sleep(1);
            }
            call.GetAwaiter().GetResult();
            Assert.True(turns > 20, $"only {turns} turns");
        }

        [Test]
        internal static void ManyTasksAtOnce()
        {
            using (var registry = Support.Store())
            {
                var force = new EnrollOptions { Force = true };
                var calls = Enumerable.Range(0, 200).Select(number => registry.EnrollAsync($"speaker_{number}", Support.Clip("ada-3.webm"), force));
                var enrolled = Task.WhenAll(calls).GetAwaiter().GetResult();
                Assert.Equal(200, enrolled.Select(one => one.SpeakerId).Distinct().Count());
                var ids = registry.Iterate(new IterateOptions { Partial = true, PerPage = 30 }).Select(one => one.SpeakerId);
                Assert.True(ids.SequenceEqual(enrolled.Select(one => one.SpeakerId).OrderBy(id => id, StringComparer.Ordinal)), "some are missing");
            }
        }

        [Test]
        internal static void ACancelledTaskIsCancelledAndStopsTheWork()
        {
            using (var registry = Support.Store())
            using (var cancelling = new CancellationTokenSource())
            {
                var call = registry.EnrollAsync("ada", Long(), null, cancelling.Token);
                Thread.Sleep(200);
                var watch = Stopwatch.StartNew();
                cancelling.Cancel();
                var error = Assert.Throws<CancelledException>(() => call);
                Assert.True(watch.ElapsedMilliseconds < 5000, $"after {watch.ElapsedMilliseconds} ms");
                Assert.Equal(TaskStatus.Canceled, call.Status);
                Assert.Equal(cancelling.Token, error.CancellationToken);
                Assert.True(error.Retryable && !error.OutcomeUnknown, "nothing was done");
                Idle();
                Assert.Throws<NotFoundException>(() => registry.Get("ada"));
                var late = registry.GetAsync("ada", null, cancelling.Token);
                Assert.Throws<CancelledException>(() => late);
                Assert.Equal(TaskStatus.Canceled, late.Status);
                Assert.Throws<CancelledException>(() => registry.Get("ada", null, cancelling.Token));
            }
        }

        [Test]
        internal static void AThreadThatIsInterruptedLeavesItsCall()
        {
            Exception caught = null;
            var thread = new Thread(() =>
            {
                try
                {
                    Recording.Inspect(Long(), Unbounded);
                }
                catch (Exception error)
                {
                    caught = error;
                }
            });
            thread.Start();
            Thread.Sleep(300);
            thread.Interrupt();
            Assert.True(thread.Join(5000), "it goes on");
            Assert.Equal(typeof(ThreadInterruptedException), caught.GetType());
            Idle();
        }

        [Test]
        internal static void ACallKeepsToItsTime()
        {
            var soon = new InspectOptions { MaxSeconds = 1e6, Timeout = TimeSpan.FromMilliseconds(100) };
            var watch = Stopwatch.StartNew();
            Assert.Throws<TimedOutException>(() => Recording.Inspect(Long(), soon));
            Assert.Throws<TimedOutException>(() => Recording.InspectAsync(Long(), soon));
            Assert.True(watch.ElapsedMilliseconds < 8000, $"after {watch.ElapsedMilliseconds} ms");
            Idle();
        }

        [Test]
        internal static void ProgressIsToldInTheThreadOfABlockingCall()
        {
            var threads = new HashSet<int>();
            var fractions = new List<double>();
            var told = new Teller(progress =>
            {
                threads.Add(Thread.CurrentThread.ManagedThreadId);
                fractions.Add(progress.Fraction);
            });
            Recording.Inspect(Support.Repeated("ada-1.mp3", 50), new InspectOptions { Progress = told });
            Assert.Equal(Thread.CurrentThread.ManagedThreadId, threads.Single());
            Assert.True(fractions.Count > 1 && fractions.SequenceEqual(fractions.OrderBy(one => one)) && fractions.Last() == 1, "it does not rise");
        }

        [Test]
        internal static void WhatProgressThrowsStopsTheCall()
        {
            var options = new InspectOptions { MaxSeconds = 1e6, Progress = new Teller(_ => throw new DivideByZeroException()) };
            Assert.Throws<DivideByZeroException>(() => Recording.Inspect(Long(), options));
            Assert.Throws<DivideByZeroException>(() => Recording.InspectAsync(Long(), options));
            Idle();
        }

        [Test]
        internal static void SlowProgressHoldsUpNoOtherCall()
        {
            using (var held = new ManualResetEventSlim())
            {
                var slow = new Teller(_ => held.Wait());
                var call = Recording.InspectAsync(Support.Clip("ada-1.mp3"), new InspectOptions { Progress = slow });
                Assert.True(Recording.InspectAsync(Support.Clip("ada-2.m4a")).Wait(5000), "another call waits");
                Assert.True(!call.IsCompleted, "nothing was held");
                // A call may even be waited for in there.
                held.Set();
                Assert.True(call.Wait(5000), "it never ends");
            }
            var nested = new Teller(_ => Recording.InspectAsync(Support.Clip("ada-2.m4a")).Wait());
            Assert.True(Recording.InspectAsync(Support.Clip("ada-1.mp3"), new InspectOptions { Progress = nested }).Wait(10000), "a deadlock");
        }

        [Test]
        internal static void NothingDeadlocksWhereThereIsOneThreadForAll()
        {
            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(new OneThread());
            try
            {
                using (var registry = Support.Store())
                {
                    Assert.True(registry.Enroll("ada", Support.Clip("ada-1.mp3")).Complete, "blocking");
                    Assert.True(registry.GetAsync("ada").Wait(5000), "a task that is waited for");
                    Assert.True(Recording.FromStreamAsync(new MemoryStream(new byte[9])).Wait(5000), "a stream");
                    Assert.True(registry.CloseAsync().Wait(5000), "closing");
                }
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }
        }

        [Test]
        internal static void ForgottenRegistriesAreFreed()
        {
            var folder = Support.Folder();
            var before = Files();
            Action forget = () =>
            {
                for (var number = 0; number < 50; number++)
                {
                    Registry.Open(Path.Combine(folder, "voices.db")).List();
                }
            };
            forget();
            for (var round = 0; round < 50 && Files() > before + 20; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Thread.Sleep(20);
            }
            Assert.True(Files() <= before + 20, $"{Files() - before} more files are open");
        }

        [Test]
        internal static void AClosedRegistryIsClosed()
        {
            var registry = Support.Store();
            var call = registry.InspectAsync(Support.Repeated("ada-1.mp3", 20));
            registry.Dispose();
            registry.Dispose();
            registry.Close();
            Assert.True(registry.CloseAsync().IsCompleted, "it is closed");
            Assert.Contains("open it again", Assert.Throws<ObjectDisposedException>(() => registry.List()).Message);
            Assert.Throws<ObjectDisposedException>(() => registry.ListAsync());
            Assert.True(call.GetAwaiter().GetResult().Duration > 300, "a call that was under way goes on");
            var callbacks = new Callbacks();
            callbacks.Dispose();
            callbacks.Dispose();
            Assert.Throws<ObjectDisposedException>(() => callbacks.Wait("6f1e"));
        }

        [Test]
        internal static void AServerThatHangsIsLeftSoon()
        {
            using (var server = Server.Serve())
            {
                var registry = Registry.Connect(server.Url, server.Options);
                Assert.Equal(0L, registry.List().Total);
                Support.Start("kill", $"-STOP {server.Process.Id}").WaitForExit();
                var watch = Stopwatch.StartNew();
                registry.Dispose();
                Assert.True(watch.ElapsedMilliseconds < 8000, $"after {watch.ElapsedMilliseconds} ms");
            }
        }

        [Test]
        internal static void AThreadThatIsInterruptedDisposesWithoutAnException()
        {
            using (var server = Server.Serve())
            {
                using (var registry = Registry.Connect(server.Url, server.Options))
                {
                    Assert.Equal(0L, registry.List().Total);
                    Support.Start("kill", $"-STOP {server.Process.Id}").WaitForExit();
                    Thread.CurrentThread.Interrupt();
                }
                Assert.Throws<ThreadInterruptedException>(() => Thread.Sleep(0));
            }
        }

        [Test]
        internal static void AServerThatIsGoneIsSaid()
        {
            var server = Server.Serve();
            var options = server.Options;
            options.Patience = TimeSpan.FromSeconds(0.5);
            var registry = Registry.Connect(server.Url, options);
            Assert.Equal(0L, registry.List().Total);
            server.Dispose();
            var error = Assert.Throws<UnavailableException>(() => registry.Get("ada", new CallOptions { Timeout = TimeSpan.FromSeconds(20) }));
            Assert.Equal("server_unreachable", error.Code);
            registry.Dispose();
        }

        private static Recording Long() => Support.Repeated("ada-1.mp3", 1000);

        private static void Together(int count, Action<int> work)
        {
            var faults = new ConcurrentBag<Exception>();
            var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
            {
                try
                {
                    work(number);
                }
                catch (Exception error)
                {
                    faults.Add(error);
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.True(faults.IsEmpty, string.Join("\n", faults));
        }

        /// <summary>Nobody works any more.</summary>
        private static void Idle()
        {
            double used = 1;
            for (var round = 0; round < 5 && used > 0.2; round++)
            {
                Thread.Sleep(200);
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                Thread.Sleep(300);
                used = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            }
            Assert.True(used <= 0.2, "somebody still works");
        }

        private static int Files() => Directory.GetFiles("/proc/self/fd").Length;

        private sealed class Teller : IProgress<Progress>
        {
            private readonly Action<Progress> tell;

            internal Teller(Action<Progress> tell)
            {
                this.tell = tell;
            }

            public void Report(Progress value) => tell(value);
        }

        /// <summary>Never gets to what is posted, as a user interface whose thread waits.</summary>
        private sealed class OneThread : SynchronizationContext
        {
            public override void Post(SendOrPostCallback work, object state)
            {
            }

            public override void Send(SendOrPostCallback work, object state) => throw new FailedException("it may not be sent to");
        }
    }
}
