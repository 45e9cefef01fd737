// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Voiceroll.Tests
{
    using Members = IDictionary<string, object>;

    /// <summary>What the tests share: clips, folders, servers.</summary>
    internal static class Support
    {
        internal static readonly string Root = Above(AppDomain.CurrentDomain.BaseDirectory);
        /// <summary>What runs programs: Mono, or the <c>dotnet</c> that this variable names.</summary>
        internal static readonly string Runtime = Environment.GetEnvironmentVariable("VOICEROLL_DOTNET") ?? "mono";

        internal static readonly string Host = Runtime == "mono" ? "" : "exec";
        private static readonly List<string> Folders = new List<string>();
        private static Server served;

        internal static Server Served => served ?? (served = Server.Serve());

        internal static string Clip(string name) => Path.Combine(Root, "tests", "audio", name);

        internal static byte[] Bytes(string name) => File.ReadAllBytes(Clip(name));

        /// <summary>A clip so many times over.</summary>
        internal static byte[] Repeated(string name, int times)
        {
            var one = Bytes(name);
            var all = new byte[one.Length * times];
            for (var time = 0; time < times; time++)
            {
                one.CopyTo(all, time * one.Length);
            }
            return all;
        }

        /// <summary>The samples of a WAV clip of 16 bits.</summary>
        internal static short[] Samples(string name, out int rate, out int channels)
        {
            var bytes = Bytes(name);
            rate = channels = 0;
            for (var at = 12; ;)
            {
                var chunk = System.Text.Encoding.ASCII.GetString(bytes, at, 4);
                var size = BitConverter.ToInt32(bytes, at + 4);
                if (chunk == "fmt ")
                {
                    channels = BitConverter.ToInt16(bytes, at + 10);
                    rate = BitConverter.ToInt32(bytes, at + 12);
                }
                if (chunk == "data")
                {
                    var samples = new short[size / 2];
                    Buffer.BlockCopy(bytes, at + 8, samples, 0, samples.Length * 2);
                    return samples;
                }
                at += 8 + size + (size % 2);
            }
        }

        internal static string Folder()
        {
            var path = Path.Combine(Path.GetTempPath(), "voiceroll-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(path);
            Folders.Add(path);
            return path;
        }

        internal static Registry Store() => Registry.Open(Path.Combine(Folder(), "voices.db"));

        /// <summary>Starts a program.</summary>
        internal static Process Start(string file, string arguments, params string[] environment) =>
            StartIn(Directory.GetCurrentDirectory(), file, arguments, environment);

        internal static Process StartIn(string folder, string file, string arguments, params string[] environment)
        {
            var start = new ProcessStartInfo(file, arguments)
            {
                UseShellExecute = false,
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var setting in environment)
            {
                var parts = setting.Split(new[] { '=' }, 2);
                start.EnvironmentVariables[parts[0]] = parts[1];
            }
            return Process.Start(start);
        }

        /// <summary>Starts this program as a child with a task of its own.</summary>
        internal static Process Child(string arguments, params string[] environment) =>
            Start(Runtime, $"{Host} \"{System.Reflection.Assembly.GetExecutingAssembly().Location}\" child {arguments}", environment);

        /// <summary>Waits for a program, and says how it ended and what it said.</summary>
        internal static int Ended(Process process, out string output, out string errors, int seconds = 20)
        {
            var said = process.StandardOutput.ReadToEndAsync();
            var complained = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(seconds * 1000))
            {
                process.Kill();
                throw new FailedException("the program does not end");
            }
            output = said.Result;
            errors = complained.Result;
            return process.ExitCode;
        }

        internal static void End()
        {
            served?.Dispose();
            foreach (var folder in Folders.Where(Directory.Exists))
            {
                Directory.Delete(folder, true);
            }
        }

        private static string Above(string folder) =>
            Directory.Exists(Path.Combine(folder, "tests", "cases")) ? folder : Above(Path.GetDirectoryName(folder));
    }

    /// <summary>A server that runs, and how to log in to it.</summary>
    internal sealed class Server : IDisposable
    {
        private readonly Process process;

        private Server(Process process, string told)
        {
            this.process = process;
            var login = (Members)Json.Read(told);
            Url = (string)login["server"];
            Options = new ConnectOptions
            {
                ClientId = (string)login["client_id"],
                ClientSecret = (string)login["client_secret"],
                Jwt = (string)login["jwt"],
            };
        }

        internal string Url { get; }

        internal ConnectOptions Options { get; }

        internal Process Process => process;

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }
        }

        /// <summary>The server of the contract.</summary>
        internal static Server Serve()
        {
            var program = Environment.GetEnvironmentVariable("VOICEROLL_COMMAND")
                ?? Path.Combine(Support.Root, "target", "release", "voiceroll");
            var arguments = $"serve --dev --json --port 0 --data \"{Support.Folder()}\"";
            var process = Support.Start(program, arguments, "VOICEROLL_LOG=warn");
            process.ErrorDataReceived += (sender, line) => { };
            process.BeginErrorReadLine();
            return new Server(process, process.StandardOutput.ReadLine());
        }

        /// <summary>One that misbehaves as a case says.</summary>
        internal static Server Scripted(Members script)
        {
            var program = Environment.GetEnvironmentVariable("VOICEROLL_SCRIPTED")
                ?? Path.Combine(Support.Root, "target", "debug", "examples", "scripted");
            var process = Support.Start(program, "");
            var told = new Dictionary<string, object>
            {
                ["roll"] = script.TryGetValue("roll", out var roll) ? roll : new Dictionary<string, object>(),
                ["faults"] = script.TryGetValue("faults", out var faults) ? faults : new List<object>(),
            };
            process.StandardInput.WriteLine(Json.Write(told));
            process.StandardInput.Flush();
            var server = new Server(process, process.StandardOutput.ReadLine());
            server.Options.Inspect = false;
            return server;
        }

        /// <summary>How many requests of each method a scripted server has seen.</summary>
        internal Members Counts()
        {
            process.StandardInput.WriteLine("\"counts\"");
            process.StandardInput.Flush();
            return (Members)Json.Read(process.StandardOutput.ReadLine());
        }
    }
}
