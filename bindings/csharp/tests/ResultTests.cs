// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Voiceroll.Tests
{
    /// <summary>What calls give back, and what they throw.</summary>
    internal static class ResultTests
    {
        private const string Sample =
            "{\"accepted\":true,\"bandwidth_hz\":7250.0,\"enrolled_at\":1,\"id\":1,\"input\":null,\"problems\":[],\"snr_db\":null,"
            + "\"speech_seconds\":14,\"total_seconds\":17.5}";

        [Test]
        internal static void ResultsAreEqualByTheirValuesAndDoNotChange()
        {
            using (var registry = Support.Store())
            {
                var enrolled = registry.Enroll("ada", new Recording[] { Support.Clip("ada-1.mp3"), Support.Clip("fault-silence.flac") });
                Assert.Equal(registry.Get("ada"), registry.Get("ada"));
                Assert.Equal(registry.Get("ada").GetHashCode(), registry.Get("ada").GetHashCode());
                Assert.True(!enrolled.Equals(registry.Get("ada")), "the refused one is gone");
                Assert.True(!enrolled.Equals(null) && !enrolled.Equals("ada"), "it is like nothing else");
                Assert.True(registry.Get("ada") == registry.Get("ada") && !(registry.Get("ada") != registry.Get("ada")), "the same");
                Assert.True(enrolled != registry.Get("ada") && !(enrolled == registry.Get("ada")), "the refused one is gone");
                Enrollment nothing = null;
                Assert.True(enrolled != null && null != enrolled && nothing == null && !(nothing != null) && nothing != enrolled, "null");
                var prepared = registry.Prepare(Support.Clip("ada-1.mp3"));
                Assert.Equal(prepared, Recording.Prepare(Support.Clip("ada-1.mp3")));
                prepared.GetWav()[0] = 0;
                Assert.Equal("RIFF", Encoding.ASCII.GetString(prepared.GetWav(), 0, 4));
            }
            foreach (var type in typeof(Result).Assembly.GetTypes().Where(type => typeof(Result).IsAssignableFrom(type)))
            {
                Assert.True(type.GetProperties().All(property => !property.CanWrite), $"{type} can be written to");
                Assert.True(type.GetFields().Length == 0 && (type.IsSealed || type.IsAbstract), $"{type} is open");
            }
            var list = (IList<Problem>)Private.Result<Sample>(Sample).Problems;
            Assert.Throws<NotSupportedException>(() => list.Add(null));
        }

        [Test]
        internal static void AnInspectionSaysWhetherItWouldEnroll()
        {
            var good = Recording.Inspect(Support.Clip("ada-1.mp3"));
            Assert.True(good.Accepted, "it would");
            Assert.True(!(good + good.ToJson()).ToLowerInvariant().Contains("accepted"), "it is no value of its own");
            Assert.True(!Recording.Inspect(Support.Clip("fault-silence.flac")).Accepted, "it would not");
        }

        [Test]
        internal static void WhatANewerLibrarySaysIsReadAsFarAsItIsKnown()
        {
            Assert.Equal(Private.Result<Sample>(Sample), Private.Result<Sample>(Sample.Replace("{", "{\"later\":[{}],")));
            Assert.Equal(14.0, Private.Result<Sample>(Sample).SpeechSeconds);
            var missing = Assert.Throws<InternalException>(() => Private.Result<Sample>(Sample.Replace("\"accepted\":true,", "")));
            Assert.Contains("accepted", missing.Message);
            Assert.Throws<InternalException>(() => Private.Result<Sample>(Sample.Replace("\"input\":null", "\"input\":\"1\"")));
            Assert.Throws<InternalException>(() => Private.Result<Sample>(Sample.Replace("\"input\":null", "\"input\":3000000000")));
            const string Problem = "{\"advice\":\"a\",\"code\":\"of_tomorrow\",\"limit\":null,\"measured\":1,\"severity\":\"note\",\"speaker_id\":null}";
            Assert.Equal("of_tomorrow", Private.Result<Problem>(Problem).Code);
            Assert.Throws<InternalException>(() => Private.Result<Problem>(Problem.Replace("note", "other")));
        }

        [Test]
        internal static void WordsAreThoseOfEveryLanguageAndHaveAnOrder()
        {
            Assert.Equal("too_little_speech", Decision.TooLittleSpeech.Word());
            Assert.Equal("InProgress", JobStatus.InProgress.Word());
            Assert.True(Quality.Poor < Quality.Average && Quality.Good < Quality.High, "qualities rise");
            Assert.True(Severity.Refuse < Severity.Note, "the worst comes first");
        }

        [Test]
        internal static void NothingPrintedHoldsAVoiceANameOrWords()
        {
            using (var registry = Support.Store())
            {
                registry.Enroll("ada", Support.Clip("ada-1.mp3"));
                var record = "{\"id\":\"1\",\"to\":{\"name\":\"Somebody\",\"extensionId\":\"ada\"}}";
                var call = registry.IdentifyCall(record, Support.Clip("ada-2.m4a"));
                Assert.Equal("Somebody", call.Segments[0].Name);
                Assert.True(!call.ToString().Contains("Somebody") && call.ToString().Contains("SpeakerId = ada"), call.ToString());
                Assert.True(!registry.Prepare(Support.Clip("ada-1.mp3")).ToString().Contains("av"), "the sound");
                Assert.True(!registry.ToString().Contains("voices"), "the path");
            }
            var said = "{\"confidence\":1,\"text\":\"secret\",\"words\":[{\"word\":\"secret\",\"start\":0,\"end\":1,\"speaker_id\":null}],"
                + "\"utterances\":[{\"text\":\"secret\",\"start\":0,\"end\":1,\"speaker_id\":\"ada\",\"confidence\":1}]}";
            var transcript = Private.Result<Transcript>(said);
            Assert.Equal("secret", transcript.Words[0].Text);
            foreach (var printed in new object[] { transcript, transcript.Words[0], transcript.Utterances[0] })
            {
                Assert.True(!printed.ToString().Contains("secret"), printed.ToString());
            }
            Assert.Equal("Transcript { Confidence = 1 }", transcript.ToString());
            Assert.Contains("\"text\":\"secret\"", transcript.ToJson());
            var job = JobRequest.Identify("https://media.example.com/1?token=secret", new[] { "ada" }, webhook: "https://me/hook");
            Assert.Equal("JobRequest { Api = identify }", job.ToString());
        }

        [Test]
        internal static void ErrorsSayWhatHappened()
        {
            using (var registry = Support.Store())
            {
                var refused = Assert.Throws<RefusedException>(() => registry.Enroll("ada", Support.Clip("fault-silence.flac")));
                Assert.Equal("no_speech", refused.Problems[0].Code);
                Assert.Equal("recording_refused", refused.Code);
                Assert.Equal("Refused", refused.Kind);
                Assert.True(!refused.Retryable && refused.Added == 0 && refused.Problems[0].Advice.Length > 10, "it says nothing");
            }
            const string Told = "{\"code\":\"c\",\"kind\":\"Store\",\"message\":\"m\",\"retryable\":true,\"status\":429,\"request_id\":\"r\","
                + "\"retry_after\":1.5,\"added\":2,\"outcome_unknown\":true,\"problems\":[]}";
            var error = (StoreException)Private.Error(Told);
            Assert.Equal(429, error.Status);
            Assert.Equal(TimeSpan.FromSeconds(1.5), error.RetryAfter);
            Assert.True(error.RequestId == "r" && error.Added == 2 && error.OutcomeUnknown && error.Retryable, "it says too little");
            Assert.Equal(typeof(VoicerollException), Private.Error(Told.Replace("Store", "Tomorrow")).GetType());
            Assert.Equal("Tomorrow", ((IVoicerollError)Private.Error(Told.Replace("Store", "Tomorrow"))).Kind);
            Assert.Equal(TimeSpan.MaxValue, ((IVoicerollError)Private.Error(Told.Replace("1.5", "1e300"))).RetryAfter);
            var made = new NotFoundException("nobody");
            Assert.True(made.Kind == "NotFound" && made.Message == "nobody" && made.Problems.Count == 0, "one for a test");
        }

        [Test]
        internal static void ADefectOfOursIsAnOrdinaryException()
        {
            using (var registry = Support.Store())
            {
                foreach (var verb in new[] { "panic", "panic_later" })
                {
                    foreach (var call in new Action[] { () => Private.Run(registry, verb), () => Private.RunAsync(registry, verb).GetAwaiter().GetResult() })
                    {
                        var error = Assert.Throws<InternalException>(call);
                        Assert.Equal("internal", error.Code);
                        Assert.True(!error.Message.Contains("for a test"), error.Message);
                    }
                }
                Assert.Equal(0L, registry.List().Total);
            }
        }

        [Test]
        internal static void WrongArgumentsAreTold()
        {
            var clip = Support.Clip("ada-1.mp3");
            using (var registry = Support.Store())
            {
                Assert.Throws<ArgumentNullException>(() => registry.Get(null));
                Assert.Throws<ArgumentNullException>(() => { registry.GetAsync(null); });
                Assert.Throws<ArgumentNullException>(() => registry.Inspect(null));
                Assert.Throws<ArgumentNullException>(() => registry.Enroll("ada", (string)null));
                Assert.Throws<ArgumentException>(() => registry.Enroll("ada", new Recording[] { clip, null }));
                Assert.Throws<ArgumentException>(() => registry.Identify(clip, new IdentifyOptions { SpeakerIds = new string[] { null } }));
                Assert.Throws<ArgumentException>(() => registry.IdentifyCall("{} {}", clip));
                Assert.Throws<ArgumentNullException>(() => registry.IdentifyCall(null));
                Assert.Throws<ArgumentNullException>(() => registry.Submit(null));
                Assert.Throws<ArgumentNullException>(() => JobRequest.Identify("https://media.example.com/1", null));
                Assert.Contains("EnrollOptions", Assert.Throws<ArgumentException>(() => registry.Get("ada", new EnrollOptions { Force = true })).Message);
                Assert.Throws<ArgumentException>(() => registry.Inspect(clip, new InspectOptions { MaxSeconds = 1 }));
                Assert.Throws<InvalidInputException>(() => registry.Get("a b"));
                Assert.Contains("`Page` has the", Assert.Throws<InvalidInputException>(() => registry.List(new ListOptions { Page = -1 })).Message);
                Assert.Throws<InvalidInputException>(() => registry.Get("ada", new CallOptions { Timeout = TimeSpan.FromSeconds(-1) }));
                Assert.Throws<NotFoundException>(() => registry.Get("ada", new CallOptions { Timeout = System.Threading.Timeout.InfiniteTimeSpan }));
            }
            var none = Assert.Throws<ArgumentException>(() => Recording.Inspect(clip, new InspectOptions { MaxSeconds = double.NaN }));
            Assert.Contains("`MaxSeconds` must be a finite", none.Message);
            var endless = new OpenOptions { FalseAcceptRate = double.PositiveInfinity };
            Assert.Contains("`FalseAcceptRate` must be", Assert.Throws<ArgumentException>(() => Registry.Open("x.db", endless)).Message);
            Assert.Throws<ArgumentNullException>(() => Registry.Open(null));
            Assert.Contains("NUL character", Assert.Throws<ArgumentException>(() => Registry.Open("a\0b")).Message);
            Assert.Throws<StoreException>(() => Registry.Open(Support.Folder()));
            Action<string, Action> refused = (part, call) => Assert.Contains(part, Assert.Throws<InvalidInputException>(call).Message);
            refused("`FalseAcceptRate`", () => Registry.Open("x.db", new OpenOptions { FalseAcceptRate = 2 }));
            refused("`MaxBytes`", () => Registry.Open("x.db", new OpenOptions { MaxBytes = -1 }));
            using (var registry = Support.Store())
            {
                refused("`Page` starts at 1, and `PerPage` is 1 to", () => registry.List(new ListOptions { PerPage = 0 }));
            }
            var half = new ConnectOptions { ClientId = "app" };
            var incomplete = Assert.Throws<InvalidInputException>(() => Registry.Connect("https://voices.example.com", half));
            Assert.Contains("`ClientId`, `ClientSecret` and `Jwt`", incomplete.Message);
            var plain = new ConnectOptions { ClientId = "a", ClientSecret = "b", Jwt = "c" };
            refused("`PlainHttp`", () => Registry.Connect("http://voices.example.com", plain));
            Assert.Throws<InvalidInputException>(() => new Callbacks(""));
            var settings = new Dictionary<string, object> { ["time_out"] = 5L };
            var unknown = Assert.Throws<InvalidInputException>(() => Private.Open(Path.Combine(Support.Folder(), "voices.db"), settings));
            Assert.Contains("time_out", unknown.Message);
        }

        [Test]
        internal static void OfflineWhatNeedsAServerIsRefused()
        {
            using (var registry = Support.Store())
            {
                Assert.Throws<UnsupportedException>(() => registry.Submit(JobRequest.Transcribe("https://media.example.com/1")));
                Assert.Throws<UnsupportedException>(() => registry.Job("6f1e"));
                Assert.Throws<UnsupportedException>(() => registry.WaitAsync("6f1e"));
            }
        }

        [Test]
        internal static void CallbacksAreTakenAndWaitedFor()
        {
            using (var callbacks = new Callbacks())
            {
                var waiting = callbacks.WaitAsync("6f1e", new CallOptions { Timeout = TimeSpan.FromSeconds(20) });
                var job = callbacks.Take(Encoding.UTF8.GetBytes("{\"jobId\":\"6f1e\",\"status\":\"Success\",\"response\":{\"utterances\":[]}}"));
                Assert.Equal("6f1e", job.Id);
                Assert.Equal(JobStatus.Success, job.Status);
                Assert.Equal(0, waiting.GetAwaiter().GetResult().Segments.Count);
                Assert.Throws<TimedOutException>(() => callbacks.Wait("another", new CallOptions { Timeout = TimeSpan.FromSeconds(0.05) }));
                Assert.Throws<UnsupportedException>(() => callbacks.Take(Encoding.UTF8.GetBytes("[]")));
                Assert.Throws<ArgumentNullException>(() => callbacks.Take(null));
            }
            using (var signed = new Callbacks("a secret"))
            {
                var error = Assert.Throws<UnauthorizedException>(() => signed.Take(Encoding.UTF8.GetBytes("{}"), "1", "sha256=00"));
                Assert.Equal("login_refused", error.Code);
                Assert.Throws<UnauthorizedException>(() => signed.Take(new byte[0]));
            }
        }

        [Test]
        internal static void EveryoneCanBeDeletedWhileTheRollIsRead()
        {
            using (var registry = Support.Store())
            {
                for (var number = 0; number < 7; number++)
                {
                    registry.Enroll($"speaker_{number}", Support.Clip("ada-3.webm"), new EnrollOptions { Force = true });
                }
                var two = new IterateOptions { Partial = true, PerPage = 2 };
                Assert.Equal("0123456", string.Concat(registry.Iterate(two).Select(one => one.SpeakerId.Last())));
                foreach (var one in registry.Iterate(two))
                {
                    registry.Delete(one.SpeakerId);
                }
                Assert.Equal(0L, registry.List(new ListOptions { Partial = true }).Total);
            }
        }

        [Test]
        internal static void TheRollIsReadAnewEachTime()
        {
            using (var registry = Support.Store())
            {
                for (var number = 0; number < 5; number++)
                {
                    registry.Enroll($"speaker_{number}", Support.Clip("ada-3.webm"), new EnrollOptions { Force = true });
                }
                var options = new IterateOptions { Partial = true, PerPage = 2 };
                var roll = registry.Iterate(options);
                options.Partial = false;
                options.PerPage = 0;
                Func<string> read = () => string.Concat(roll.Select(one => one.SpeakerId.Last()));
                Assert.Equal("01234", read());
                Assert.Equal("01234", read());
                // Two at once keep to their own pages.
                Assert.Equal("0011223344", string.Concat(roll.Zip(roll, (one, other) => $"{one.SpeakerId.Last()}{other.SpeakerId.Last()}")));
                Assert.Equal("0", string.Concat(roll.Take(1).Select(one => one.SpeakerId.Last())));
                Assert.Equal("01234", read());
            }
        }

        [Test]
        internal static void OneRecordingIsTakenOffTheRoll()
        {
            using (var registry = Support.Store())
            {
                var both = registry.Enroll("ada", new Recording[] { Support.Clip("ada-1.mp3"), Support.Clip("ada-2.m4a") });
                var left = registry.RemoveSample("ada", both.Recordings[0].Id.Value);
                Assert.Equal(both.Recordings[1].Id, left.Recordings.Single().Id);
                Assert.Equal(both.Model, registry.Model());
            }
        }

        [Test]
        internal static void EverythingPublicIsDocumented()
        {
            var file = Path.ChangeExtension(typeof(Registry).Assembly.Location, ".xml");
            var text = File.ReadAllText(file);
            foreach (var type in typeof(Registry).Assembly.GetExportedTypes())
            {
                Assert.Contains($"\"T:{type.FullName}\"", text);
            }
            foreach (var method in typeof(Registry).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                Assert.Contains($"\"M:Voiceroll.Registry.{method.Name}", text);
            }
        }
    }
}
