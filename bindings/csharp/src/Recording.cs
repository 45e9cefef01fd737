// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Voiceroll
{
    /// <summary>
    /// What can be listened to: a file, bytes, a stream, samples. A string is taken for a path, and bytes for what stands
    /// in a file, wherever a recording is asked for. One may be used for many calls, from any thread.
    /// </summary>
    public sealed class Recording
    {
        private readonly Dictionary<string, object> source;
        private readonly Array data;

        private Recording(string kind, Array data, string encoding = null, int? track = null)
        {
            source = new Dictionary<string, object> { ["source"] = kind };
            if (encoding != null)
            {
                source["encoding"] = encoding;
            }
            if (track != null)
            {
                source["track"] = track.Value;
            }
            this.data = data;
        }

        /// <summary>The name of a file.</summary>
        /// <param name="path">The file's path.</param>
        public static implicit operator Recording(string path) => path == null ? null : FromFile(path);

        /// <summary>What stands in a file.</summary>
        /// <param name="bytes">Its bytes.</param>
        public static implicit operator Recording(byte[] bytes) => bytes == null ? null : FromBytes(bytes);

        /// <summary>A file, which is read by each call.</summary>
        /// <param name="path">The file's path.</param>
        /// <param name="encoding">
        /// What the sender says it is: one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. The bytes decide; where they
        /// contradict, the inspection has a problem that says so.
        /// </param>
        /// <param name="track">
        /// Which audio track of a file that has several is used, counted from 1; by default the first one with speech.
        /// </param>
        /// <returns>The recording.</returns>
        public static Recording FromFile(string path, string encoding = null, int? track = null) =>
            new Recording("path", Native.Utf8(Arguments.IsPath(path, nameof(path)), out _), encoding, track);

        /// <summary>What stands in a file.</summary>
        /// <param name="bytes">Its bytes, which each call copies when it begins.</param>
        /// <param name="encoding">As for <see cref="FromFile"/>.</param>
        /// <param name="track">As for <see cref="FromFile"/>.</param>
        /// <returns>The recording.</returns>
        public static Recording FromBytes(byte[] bytes, string encoding = null, int? track = null) =>
            new Recording("bytes", Arguments.NotNull(bytes, nameof(bytes)), encoding, track);

        /// <summary>What a stream holds from where it stands; it is read now, and left open.</summary>
        /// <param name="stream">An open stream.</param>
        /// <param name="encoding">As for <see cref="FromFile"/>.</param>
        /// <param name="track">As for <see cref="FromFile"/>.</param>
        /// <returns>The recording.</returns>
        public static Recording FromStream(Stream stream, string encoding = null, int? track = null)
        {
            using (var all = new MemoryStream())
            {
                Arguments.NotNull(stream, nameof(stream)).CopyTo(all);
                return FromBytes(all.ToArray(), encoding, track);
            }
        }

        /// <summary>The same without holding up a thread while the stream is read.</summary>
        /// <param name="stream">An open stream, such as an uploaded file.</param>
        /// <param name="encoding">As for <see cref="FromFile"/>.</param>
        /// <param name="track">As for <see cref="FromFile"/>.</param>
        /// <param name="cancellationToken">Stops the reading.</param>
        /// <returns>The recording.</returns>
        public static async Task<Recording> FromStreamAsync(
            Stream stream, string encoding = null, int? track = null, CancellationToken cancellationToken = default)
        {
            using (var all = new MemoryStream())
            {
                await Arguments.NotNull(stream, nameof(stream)).CopyToAsync(all, 81920, cancellationToken).ConfigureAwait(false);
                return FromBytes(all.ToArray(), encoding, track);
            }
        }

        /// <summary>Samples as they are, such as from a microphone. Each call copies them when it begins.</summary>
        /// <param name="samples">Samples from -1 to 1; channels are interleaved.</param>
        /// <param name="sampleRate">Samples a second, in Hz.</param>
        /// <param name="channels">How many channels, 1 to 16.</param>
        /// <returns>The recording.</returns>
        public static Recording FromSamples(float[] samples, int sampleRate, int channels = 1) =>
            FromSamples(samples, "f32", sampleRate, channels);

        /// <summary>Samples of 16 bits; see <see cref="FromSamples(float[], int, int)"/>.</summary>
        /// <param name="samples">Samples from -32768 to 32767.</param>
        /// <param name="sampleRate">Samples a second, in Hz.</param>
        /// <param name="channels">How many channels, 1 to 16.</param>
        /// <returns>The recording.</returns>
        public static Recording FromSamples(short[] samples, int sampleRate, int channels = 1) =>
            FromSamples(samples, "i16", sampleRate, channels);

        /// <summary>Samples of 64 bits; see <see cref="FromSamples(float[], int, int)"/>.</summary>
        /// <param name="samples">Samples from -1 to 1.</param>
        /// <param name="sampleRate">Samples a second, in Hz.</param>
        /// <param name="channels">How many channels, 1 to 16.</param>
        /// <returns>The recording.</returns>
        public static Recording FromSamples(double[] samples, int sampleRate, int channels = 1) =>
            FromSamples(samples, "f64", sampleRate, channels);

        /// <summary>Measures a recording and says whether it would be enrolled, without a registry.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">Limits, and how the call is watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What was measured; faults such as noise are among its problems.</returns>
        /// <exception cref="UnreadableException">It cannot be read at all; also <see cref="LimitException"/>, <see cref="IoException"/>.</exception>
        public static Inspection Inspect(
            Recording recording, InspectOptions options = null, CancellationToken cancellationToken = default) =>
            Call.Run(RegistryHandle.None, Requests.Inspect(recording, options), cancellationToken);

        /// <summary><see cref="Inspect"/> as a task.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">Limits, and how the call is watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What was measured.</returns>
        public static Task<Inspection> InspectAsync(
            Recording recording, InspectOptions options = null, CancellationToken cancellationToken = default) =>
            Call.RunAsync(RegistryHandle.None, Requests.Inspect(recording, options), cancellationToken);

        /// <summary>
        /// Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
        /// </summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">Limits, and how the call is watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The stretch.</returns>
        /// <exception cref="RefusedException">The recording has no speech.</exception>
        public static Prepared Prepare(
            Recording recording, InspectOptions options = null, CancellationToken cancellationToken = default) =>
            Call.Run(RegistryHandle.None, Requests.Prepare(recording, options), cancellationToken);

        /// <summary><see cref="Prepare"/> as a task.</summary>
        /// <param name="recording">What is to be listened to.</param>
        /// <param name="options">Limits, and how the call is watched.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The stretch.</returns>
        public static Task<Prepared> PrepareAsync(
            Recording recording, InspectOptions options = null, CancellationToken cancellationToken = default) =>
            Call.RunAsync(RegistryHandle.None, Requests.Prepare(recording, options), cancellationToken);

        /// <summary>Recordings as the library takes them.</summary>
        internal static RecordingsHandle Handed(IEnumerable<Recording> recordings)
        {
            var handle = Native.Library.RecordingsNew();
            try
            {
                foreach (var recording in recordings)
                {
                    recording.Add(handle);
                }
                return handle;
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }

        private static Recording FromSamples(Array samples, string format, int sampleRate, int channels)
        {
            Arguments.Positive(sampleRate, nameof(sampleRate));
            Arguments.Positive(channels, nameof(channels));
            var made = new Recording("samples", Arguments.NotNull(samples, nameof(samples)));
            made.source["format"] = format;
            made.source["sample_rate"] = sampleRate;
            made.source["channels"] = channels;
            return made;
        }

        private void Add(RecordingsHandle recordings)
        {
            var told = Native.Utf8(Json.Write(source), out var length);
            var pinned = GCHandle.Alloc(data, GCHandleType.Pinned);
            try
            {
                var size = (UIntPtr)(ulong)Buffer.ByteLength(data);
                var start = data.Length == 0 ? IntPtr.Zero : pinned.AddrOfPinnedObject();
                if (!Native.Library.RecordingsAdd(recordings, told, length, start, size, out var error))
                {
                    throw Errors.From(error.TakeText());
                }
            }
            finally
            {
                pinned.Free();
            }
        }
    }
}
