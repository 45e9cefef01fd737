// SPDX-License-Identifier: Apache-2.0
using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace Voiceroll.Tests
{
    /// <summary>What the tests do in a process of its own.</summary>
    internal static class Children
    {
        internal static int Run(string what, string[] args)
        {
            switch (what)
            {
                case "version":
                    return Version();
                case "task":
                    return Ending(() => Recording.InspectAsync(Long(), Hours(new Progress<Progress>())));
                case "thread":
                    return Ending(() => new Thread(() => Recording.Inspect(Long(), Hours())) { IsBackground = true }.Start());
                case "exit":
                    Recording.InspectAsync(Long(), Hours());
                    Environment.Exit(3);
                    return 1;
                case "idle":
                    Recording.InspectAsync(Support.Clip("ada-1.mp3")).Wait();
                    return 0;
                case "memory":
                    return Memory(args[0]);
                case "interrupted":
                    return Interrupted();
                default:
                    return 1;
            }
        }

        /// <summary>Hours of speech.</summary>
        private static Recording Long() => Support.Repeated("ada-1.mp3", 1000);

        private static InspectOptions Hours(IProgress<Progress> progress = null) =>
            new InspectOptions { MaxSeconds = 1e6, Progress = progress };

        private static int Version()
        {
            try
            {
                Console.WriteLine($"{Library.Version} {Library.Abi}");
                return 0;
            }
            catch (UnsupportedException error) when (error.Code == "not_supported")
            {
                Console.WriteLine(error.Message);
            }
            try
            {
                // Later calls get the same error.
                Registry.Open("voices.db");
                return 1;
            }
            catch (UnsupportedException)
            {
                return 2;
            }
        }

        private static int Ending(Action begin)
        {
            begin();
            Thread.Sleep(300);
            return 0;
        }

        /// <summary>Says by how many megabytes it grows over 2,400 small calls.</summary>
        private static int Memory(string folder)
        {
            using (var registry = Registry.Open(Path.Combine(folder, "voices.db")))
            using (var cancelling = new CancellationTokenSource())
            {
                var bytes = Support.Bytes("fault-silence.flac");
                Action<int> rounds = count =>
                {
                    for (var round = 0; round < count; round++)
                    {
                        Recording.Inspect(bytes, null, cancelling.Token);
                        Recording.InspectAsync(bytes, null, cancelling.Token).GetAwaiter().GetResult();
                        Assert.Throws<NotFoundException>(() => registry.GetAsync("nobody", null, cancelling.Token));
                    }
                };
                rounds(800);
                var before = Megabytes();
                rounds(800);
                Console.WriteLine((Megabytes() - before).ToString("0.0", CultureInfo.InvariantCulture));
                return 0;
            }
        }

        private static double Megabytes()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize / 1e6;
        }

        private static int Interrupted()
        {
            Console.WriteLine("ready");
            Recording.Inspect(Long(), Hours());
            return 0;
        }
    }
}
