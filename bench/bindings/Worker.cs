// SPDX-License-Identifier: Apache-2.0
// What worker.py does, through the C# package: a line in, a line of JSON out.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;
using Voiceroll;

internal static class Worker
{
    private static void Main(string[] args)
    {
        var data = File.ReadAllBytes(args[0]);
        for (var line = Console.ReadLine(); line != null; line = Console.ReadLine())
        {
            var seconds = Work(line.Trim(), data).ToString("R", CultureInfo.InvariantCulture);
            var memory = Memory().ToString("R", CultureInfo.InvariantCulture);
            Console.WriteLine($"{{\"seconds\": {seconds}, \"memory\": {memory}}}");
        }
    }

    private static double Work(string what, byte[] data)
    {
        switch (what)
        {
            case "nothing":
                return Best(1000000, () => { var abi = Library.Abi; });
            case "add":
                return Best(200, Add());
            case "bytes":
                return Best(1, () => Recording.Inspect(data));
            default:
                throw new ArgumentException("there is no such work: " + what);
        }
    }

    /// <summary>Hands 1 MiB over and takes it back; nobody but the package does that.</summary>
    private static Action Add()
    {
        var handed = typeof(Recording).GetMethod("Handed", BindingFlags.Static | BindingFlags.NonPublic);
        var add = (Func<IEnumerable<Recording>, IDisposable>)Delegate.CreateDelegate(
            typeof(Func<IEnumerable<Recording>, IDisposable>), handed);
        var recordings = new[] { Recording.FromBytes(new byte[1 << 20]) };
        return () => add(recordings).Dispose();
    }

    /// <summary>Seconds that a round takes, of three tries the shortest; work of a second or so is done once.</summary>
    private static double Best(int rounds, Action work)
    {
        var best = double.MaxValue;
        for (var attempt = 0; attempt < (rounds == 1 ? 1 : 3); attempt++)
        {
            var watch = Stopwatch.StartNew();
            for (var round = 0; round < rounds; round++)
            {
                work();
            }
            best = Math.Min(best, watch.Elapsed.TotalSeconds / rounds);
        }
        return best;
    }

    /// <summary>Megabytes that are held now.</summary>
    private static double Memory() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize / 1e6;
}
