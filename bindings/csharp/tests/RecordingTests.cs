// SPDX-License-Identifier: Apache-2.0
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll.Tests
{
    /// <summary>Everything that a recording may be handed over as.</summary>
    internal static class RecordingTests
    {
        [Test]
        internal static void APathBytesAndStreamsAreTheSame()
        {
            var path = Support.Clip("ada-1.mp3");
            var expected = Recording.Inspect(path);
            Assert.Equal(expected, Recording.Inspect(Support.Bytes("ada-1.mp3")));
            Assert.Equal(expected, Recording.Inspect(Recording.FromFile(path)));
            using (var file = File.OpenRead(path))
            {
                Assert.Equal(expected, Recording.Inspect(Recording.FromStream(file)));
                Assert.True(file.CanRead, "the stream is left open");
                file.Position = 0;
                Assert.Equal(expected, Recording.Inspect(Recording.FromStreamAsync(file).GetAwaiter().GetResult()));
            }
        }

        [Test]
        internal static void ARecordingMayBeUsedOften()
        {
            Recording recording = Support.Bytes("ada-3.webm");
            var found = Enumerable.Range(0, 4).AsParallel().Select(_ => Recording.Inspect(recording)).ToList();
            Assert.Equal(1, found.Distinct().Count());
        }

        [Test]
        internal static void BytesMayChangeOnceTheCallHasBegun()
        {
            var bytes = Support.Repeated("ada-1.mp3", 10);
            var expected = Recording.Inspect((byte[])bytes.Clone());
            var call = Recording.InspectAsync(bytes);
            Array.Clear(bytes, 0, bytes.Length);
            Assert.Equal(expected, call.GetAwaiter().GetResult());
        }

        [Test]
        internal static void SamplesAreLikeTheFile()
        {
            var samples = Support.Samples("ben-1.wav", out var rate, out var channels);
            var file = Recording.Inspect(Support.Clip("ben-1.wav"));
            Assert.Equal(file, Recording.Inspect(Recording.FromSamples(samples, rate, channels)));
            foreach (var other in new[]
            {
                Recording.FromSamples(samples.Select(one => one / 32768f).ToArray(), rate, channels),
                Recording.FromSamples(samples.Select(one => one / 32768.0).ToArray(), rate, channels),
            })
            {
                var found = Recording.Inspect(other);
                Assert.Equal(file.SpeechSeconds, found.SpeechSeconds);
                Assert.Equal(rate, found.SampleRate);
                Assert.Equal("pcm_f32le", found.Codec);
            }
            var stereo = samples.SelectMany(one => new[] { one, one }).ToArray();
            Assert.Equal(2, Recording.Inspect(Recording.FromSamples(stereo, rate, 2)).Channels);
        }

        [Test]
        internal static void ATrackIsChosen()
        {
            var path = Support.Clip("ada-1.mp3");
            Assert.Equal(Recording.Inspect(path), Recording.Inspect(Recording.FromFile(path, track: 1)));
            Assert.Throws<InvalidInputException>(() => Recording.Inspect(Recording.FromFile(path, track: 2)));
        }

        [Test]
        internal static void WhatIsNoRecordingIsTold()
        {
            Assert.Throws<ArgumentNullException>(() => Recording.FromBytes(null));
            Assert.Throws<ArgumentNullException>(() => Recording.FromFile(null));
            Assert.Throws<ArgumentNullException>(() => Recording.FromStream(null));
            Assert.Throws<ArgumentNullException>(() => Recording.FromSamples((float[])null, 16000));
            Assert.Throws<ArgumentOutOfRangeException>(() => Recording.FromSamples(new float[9], 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => Recording.FromSamples(new float[9], 16000, 0));
            Assert.Throws<InvalidInputException>(() => Recording.Inspect(Recording.FromSamples(new float[34], 16000, 17)));
            Assert.Throws<UnreadableException>(() => Recording.Inspect(Recording.FromSamples(new short[0], 16000)));
            Assert.Throws<UnreadableException>(() => Recording.Inspect(new byte[0]));
            Assert.Throws<IoException>(() => Recording.Inspect("é/nowhere.mp3"));
            Assert.Throws<ArgumentException>(() => Recording.FromFile("\ud83d.mp3"));
            Assert.Throws<ArgumentException>(() => Recording.FromFile("a\0b.mp3"));
        }

        [Test]
        internal static void ReadingAStreamCanBeStopped()
        {
            using (var cancelling = new CancellationTokenSource(TimeSpan.FromSeconds(0.1)))
            {
                var reading = Recording.FromStreamAsync(new Endless(), cancellationToken: cancelling.Token);
                try
                {
                    reading.GetAwaiter().GetResult();
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                throw new FailedException("it was read to its end");
            }
        }

        /// <summary>A stream that gives nothing.</summary>
        private sealed class Endless : MemoryStream
        {
            public override bool CanSeek => false;

            public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel)
            {
                await Task.Delay(-1, cancel);
                return 0;
            }

            public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancel) =>
                ReadAsync(null, 0, 0, cancel);
        }
    }
}
