// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Voiceroll.Tests
{
    using Members = IDictionary<string, object>;

    /// <summary>The examples, as <c>check</c> built them beside this program.</summary>
    internal static class ExampleTests
    {
        [Test]
        internal static void TheReadme()
        {
            var folder = Support.Folder();
            Directory.CreateDirectory(Path.Combine(folder, "tests", "audio"));
            foreach (var clip in new[] { "ada-1.mp3", "ada-2.m4a", "ada-3.webm" })
            {
                File.Copy(Support.Clip(clip), Path.Combine(folder, "tests", "audio", clip));
            }
            Assert.Equal(File.ReadAllText(Path.Combine(Support.Root, "tests", "readme.txt")), Run(folder, "Readme", ""));
        }

        [Test]
        internal static void TheProgramOfTheReadmeIsTheExample()
        {
            var home = Path.Combine(Support.Root, "bindings", "csharp");
            var readme = File.ReadAllText(Path.Combine(home, "README.md"));
            var start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + 10;
            var shown = readme.Substring(start, readme.IndexOf("```", start, StringComparison.Ordinal) - start);
            var program = File.ReadAllText(Path.Combine(home, "examples", "Readme.cs"));
            Assert.Equal(program, "// SPDX-License-Identifier: Apache-2.0\n" + shown);
        }

        [Test]
        internal static void CreateOrUpdateInAFile()
        {
            var folder = Support.Folder();
            CreateAndUpdate(arguments => Run(folder, "CreateOrUpdate", arguments));
            Assert.Contains("[io_failed]", Run(folder, "CreateOrUpdate", "59586 nowhere.mp3", 1));
        }

        [Test]
        internal static void CreateOrUpdateOnAServer()
        {
            using (var server = Server.Serve())
            {
                string[] environment =
                {
                    "VOICEROLL_SERVER=" + server.Url,
                    "VOICEROLL_CLIENT_ID=" + server.Options.ClientId,
                    "VOICEROLL_CLIENT_SECRET=" + server.Options.ClientSecret,
                    "VOICEROLL_JWT=" + server.Options.Jwt,
                };
                var folder = Support.Folder();
                CreateAndUpdate(arguments => Run(folder, "CreateOrUpdate", arguments, 0, environment));
                Assert.Equal(0, Directory.GetFiles(folder).Length);
            }
        }

        [Test]
        internal static void UploadsAreEnrolled()
        {
            var address = $"http://localhost:{FreePort()}/";
            using (var server = Support.StartIn(Support.Folder(), Support.Runtime, $"{Support.Host} {Program("UploadServer")} {address}"))
            {
                try
                {
                    Assert.Equal("listening", server.StandardOutput.ReadLine());
                    var enrolled = (Members)Json.Read(Post(address + "voices/ada", Support.Bytes("ada-1.mp3"), 200));
                    Assert.Equal("ada", enrolled["speaker_id"]);
                    Assert.Contains("no_speech", Post(address + "voices/ben", Support.Bytes("fault-silence.flac"), 422));
                    Assert.Contains("recording_unsupported", Post(address + "voices/ben", new byte[99], 400));
                    Assert.Contains("invalid_speaker_id", Post(address + "voices/-", Support.Bytes("ada-1.mp3"), 400));
                }
                finally
                {
                    server.Kill();
                    server.WaitForExit();
                }
            }
        }

        private static void CreateAndUpdate(Func<string, string> run)
        {
            Assert.Contains("59586 is new", run($"59586 \"{Support.Clip("ben-1.wav")}\""));
            var second = run($"59586 \"{Support.Clip("ben-2.ogg")}\"").Split('\n');
            Assert.Contains("59586 is enrolled with", second[0]);
            var enrollment = (Members)Json.Read(second[1]);
            Assert.Equal(true, enrollment["complete"]);
            Assert.Equal(2, ((List<object>)enrollment["recordings"]).Count);
        }

        private static string Run(string folder, string example, string arguments, int expected = 0, params string[] environment)
        {
            var program = Support.StartIn(folder, Support.Runtime, $"{Support.Host} {Program(example)} {arguments}", environment);
            Assert.Equal(expected, Support.Ended(program, out var output, out var errors));
            return output + errors;
        }

        private static string Program(string example) =>
            "\"" + Path.Combine(AppDomain.CurrentDomain.BaseDirectory, example + ".exe") + "\"";

        private static int FreePort()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            return port;
        }

        private static string Post(string address, byte[] body, int expected)
        {
            var request = (HttpWebRequest)WebRequest.Create(address);
            request.Method = "POST";
            using (var stream = request.GetRequestStream())
            {
                stream.Write(body, 0, body.Length);
            }
            HttpWebResponse response;
            try
            {
                response = (HttpWebResponse)request.GetResponse();
            }
            catch (WebException error)
            {
                response = (HttpWebResponse)error.Response;
            }
            using (response)
            using (var reader = new StreamReader(response.GetResponseStream(), Encoding.UTF8))
            {
                Assert.Equal(expected, (int)response.StatusCode);
                return reader.ReadToEnd();
            }
        }
    }
}
