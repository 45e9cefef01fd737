// SPDX-License-Identifier: Apache-2.0
using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Threading;

namespace Voiceroll.Tests
{
    /// <summary>The package in processes of its own.</summary>
    internal static class PackageTests
    {
        [Test]
        internal static void APackageFindsItsLibrary()
        {
            var version = typeof(Registry).Assembly.GetName().Version.ToString(3);
            Assert.Equal(0, Support.Ended(Support.Child("version", "VOICEROLL_LIBRARY="), out var output, out _));
            Assert.Equal($"{version} 1", output.Trim());
        }

        [Test]
        internal static void ALibraryBesideTheAssemblyIsFoundToo()
        {
            var folder = Copied();
            File.Copy(Native(), Path.Combine(folder, "libvoiceroll_c.so"));
            Assert.Equal(0, Support.Ended(Child(folder, "VOICEROLL_LIBRARY="), out _, out _));
        }

        [Test]
        internal static void ALibraryThatIsMissingIsSaid()
        {
            Assert.Equal(2, Support.Ended(Child(Copied(), "VOICEROLL_LIBRARY="), out var output, out _));
            Assert.Contains("VOICEROLL_LIBRARY", output);
            Assert.Equal(2, Support.Ended(Child(Copied(), "VOICEROLL_LIBRARY=/nowhere.so"), out output, out _));
            Assert.Contains("/nowhere.so", output);
        }

        [Test]
        internal static void AReleaseWithoutALibrarySaysHowToBuildOne()
        {
            var release = Path.Combine(Support.Root, "bindings", "csharp", "release");
            var ended = Support.Start("bash", $"\"{release}\" \"{Support.Folder()}\"", "VOICEROLL_LIBRARY=/nowhere.so");
            Assert.Equal(1, Support.Ended(ended, out _, out var errors));
            Assert.Contains("/nowhere.so", errors);
            Assert.Contains("cargo build --release -p voiceroll-c", errors);
        }

        [Test]
        internal static void AnotherLibraryIsRefused()
        {
            Assert.Equal(2, Support.Ended(Child(Copied(), "VOICEROLL_LIBRARY=libc.so.6"), out var output, out _));
            Assert.Contains("voiceroll_abi", output);
            var folder = Copied();
            var other = Path.Combine(folder, "other.so");
            File.WriteAllText(Path.Combine(folder, "other.c"), "unsigned voiceroll_abi(void) { return 99; }\n");
            Assert.Equal(0, Support.Ended(Support.Start("cc", $"-shared -fPIC -o {other} {Path.ChangeExtension(other, ".c")}"), out _, out _));
            Assert.Equal(2, Support.Ended(Child(folder, "VOICEROLL_LIBRARY=" + other), out output, out _));
            Assert.Contains("its ABI is 99", output);
            File.WriteAllText(other, "no library");
            Assert.Equal(2, Support.Ended(Child(folder, "VOICEROLL_LIBRARY=" + other), out output, out _));
            Assert.Contains("cannot be loaded", output);
        }

        [Test]
        internal static void AProgramMayEndBeforeItsCalls()
        {
            foreach (var how in new[] { "task", "thread", "idle" })
            {
                for (var round = 0; round < 2; round++)
                {
                    Assert.Equal(0, Support.Ended(Support.Child(how), out var output, out var errors));
                    Assert.Equal("", output + errors);
                }
            }
            Assert.Equal(3, Support.Ended(Support.Child("exit"), out _, out _));
        }

        [Test]
        internal static void MemoryStaysFlatOverManyCalls()
        {
            Assert.Equal(0, Support.Ended(Support.Child($"memory \"{Support.Folder()}\""), out var grown, out _, 60));
            Assert.True(double.Parse(grown, CultureInfo.InvariantCulture) < 10, $"it grew by {grown} MB");
        }

        [Test]
        internal static void CtrlCEndsALongCallAtOnce()
        {
            using (var child = Support.Child("interrupted"))
            {
                Assert.Equal("ready", child.StandardOutput.ReadLine());
                Thread.Sleep(500);
                var watch = Stopwatch.StartNew();
                Support.Start("kill", $"-INT {child.Id}").WaitForExit();
                // 128 and the number of the signal.
                Assert.Equal(130, Support.Ended(child, out _, out _));
                Assert.True(watch.ElapsedMilliseconds < 8000, $"after {watch.ElapsedMilliseconds} ms");
            }
        }

        private static string Native() =>
            Environment.GetEnvironmentVariable("VOICEROLL_LIBRARY") is string named && named.Length > 0
                ? named
                : Path.Combine(Path.GetDirectoryName(typeof(Registry).Assembly.Location), "runtimes", "linux-x64", "native", "libvoiceroll_c.so");

        /// <summary>A folder with this program and the package, without the native library.</summary>
        private static string Copied()
        {
            var folder = Support.Folder();
            foreach (var assembly in new[] { typeof(Registry).Assembly, Assembly.GetExecutingAssembly() })
            {
                File.Copy(assembly.Location, Path.Combine(folder, Path.GetFileName(assembly.Location)));
            }
            var settings = Path.ChangeExtension(Assembly.GetExecutingAssembly().Location, ".runtimeconfig.json");
            if (File.Exists(settings))
            {
                File.Copy(settings, Path.Combine(folder, Path.GetFileName(settings)));
            }
            return folder;
        }

        private static Process Child(string folder, string environment) =>
            Support.Start(Support.Runtime, $"{Support.Host} \"{Path.Combine(folder, "Tests.exe")}\" child version", environment);
    }
}
