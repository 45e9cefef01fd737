// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** What can be listened to: a file, its bytes, or samples. */
public final class Recording {
    final byte[] source;
    final byte[] data;
    private final JsonObject told;

    private Recording(JsonObject told, byte[] data) {
        this.told = told;
        this.source = Json.bytes(told);
        this.data = data;
    }

    /**
     * A file, which is read when a call is made.
     *
     * @param path its path
     * @return the recording
     * @throws IllegalArgumentException for a path of another file system, such as in an archive
     */
    public static Recording of(Path path) {
        return at("path", path);
    }

    /** The same for a caller whose parameter has another name. */
    static Recording at(String parameter, Path path) {
        return new Recording(told("path"), name(parameter, path));
    }

    /**
     * What stands in a file. A call copies it when it starts; do not change it before.
     *
     * @param data the bytes
     * @return the recording
     */
    public static Recording of(byte[] data) {
        return new Recording(told("bytes"), Objects.requireNonNull(data, "the bytes are null; pass an array"));
    }

    /**
     * What a stream gives: it is read to its end, here and now, and not closed.
     *
     * @param stream the stream, such as that of an upload
     * @return the recording, which may be used more than once
     * @throws IOException if the stream fails
     */
    public static Recording of(InputStream stream) throws IOException {
        return of(Objects.requireNonNull(stream, "the stream is null; pass a stream")
                .readAllBytes());
    }

    /**
     * Samples, such as those of a microphone. They are copied.
     *
     * @param samples samples of 16 bits; channels are interleaved
     * @param sampleRate samples a second, in Hz
     * @param channels how many channels, 1 to 16
     * @return the recording
     */
    public static Recording ofSamples(short[] samples, int sampleRate, int channels) {
        ByteBuffer bytes = room((long) samples.length * Short.BYTES);
        bytes.asShortBuffer().put(samples);
        return samples("i16", bytes, sampleRate, channels);
    }

    /**
     * Samples, such as those of a microphone. They are copied.
     *
     * @param samples samples of -1 to 1; channels are interleaved
     * @param sampleRate samples a second, in Hz
     * @param channels how many channels, 1 to 16
     * @return the recording
     */
    public static Recording ofSamples(float[] samples, int sampleRate, int channels) {
        ByteBuffer bytes = room((long) samples.length * Float.BYTES);
        bytes.asFloatBuffer().put(samples);
        return samples("f32", bytes, sampleRate, channels);
    }

    /**
     * Samples, such as those of a microphone. They are copied.
     *
     * @param samples samples of -1 to 1; channels are interleaved
     * @param sampleRate samples a second, in Hz
     * @param channels how many channels, 1 to 16
     * @return the recording
     */
    public static Recording ofSamples(double[] samples, int sampleRate, int channels) {
        ByteBuffer bytes = room((long) samples.length * Double.BYTES);
        bytes.asDoubleBuffer().put(samples);
        return samples("f64", bytes, sampleRate, channels);
    }

    /**
     * The same, and what the sender says it is. The bytes decide; where they contradict, the inspection has a problem
     * that says so.
     *
     * @param encoding one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg
     * @return the recording
     * @throws IllegalStateException for samples, which have none
     */
    public Recording encoding(String encoding) {
        if (told.has("format")) {
            throw new IllegalStateException("samples have no encoding; omit it");
        }
        JsonObject more = told.deepCopy();
        more.addProperty("encoding", encoding);
        return new Recording(more, data);
    }

    /**
     * The same, and which audio track of a file that has several is used; by default it is the first one with speech.
     *
     * @param number the track's number, from 1
     * @return the recording
     * @throws IllegalStateException for samples, which have no tracks
     */
    public Recording track(int number) {
        if (told.has("format")) {
            throw new IllegalStateException("samples have no tracks; omit the track");
        }
        JsonObject more = told.deepCopy();
        more.addProperty("track", number);
        return new Recording(more, data);
    }

    /** Nothing of what it holds. */
    @Override
    public String toString() {
        return "Recording[]";
    }

    /** The bytes of a path, which its text may not have where the locale's encoding cannot say them. */
    static byte[] name(String parameter, Path path) {
        URI uri = Bridge.given(parameter, path).toUri();
        if (!"file".equals(uri.getScheme())) {
            throw new IllegalArgumentException("`" + parameter + "` is not on the default file system; copy the file"
                    + " there, or pass its bytes or a stream");
        }
        String ascii = uri.getRawPath().replace("+", "%2B");
        return URLDecoder.decode(ascii, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Recording samples(String format, ByteBuffer bytes, int sampleRate, int channels) {
        if (sampleRate < 1 || channels < 1) {
            throw new IllegalArgumentException("the sample rate (in Hz) and the number of channels must be at least 1");
        }
        JsonObject told = told("samples");
        told.addProperty("format", format);
        told.addProperty("channels", channels);
        told.addProperty("sample_rate", sampleRate);
        return new Recording(told, bytes.array());
    }

    private static ByteBuffer room(long bytes) {
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "the samples take more than 2 GiB; write them to a file, and pass its path");
        }
        return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static JsonObject told(String source) {
        JsonObject told = new JsonObject();
        told.addProperty("source", source);
        return told;
    }
}
