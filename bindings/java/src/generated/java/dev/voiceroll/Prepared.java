// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A stretch that was cut out of a recording.
 *
 * @param start Start in seconds from the start of the recording.
 * @param end End in seconds.
 * @param speechSeconds Seconds of speech in it.
 * @param wav The stretch as WAV, 16 kHz, mono.
 * @serial exclude
 */
public record Prepared(
        double start,
        double end,
        double speechSeconds,
        byte[] wav)
        implements Serializable {
    static Prepared read(JsonElement from, byte[] sound) {
        JsonObject json = from.getAsJsonObject();
        return new Prepared(
                Json.value(json, "start", JsonElement::getAsDouble),
                Json.value(json, "end", JsonElement::getAsDouble),
                Json.value(json, "speech_seconds", JsonElement::getAsDouble),
                sound);
    }

    /**
     * The stretch as WAV, 16 kHz, mono.
     *
     * @return a copy of it
     */
    @Override
    public byte[] wav() {
        return wav.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prepared like
                && Double.compare(start, like.start) == 0
                && Double.compare(end, like.end) == 0
                && Double.compare(speechSeconds, like.speechSeconds) == 0
                && Arrays.equals(wav, like.wav);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wav);
    }

    @Override
    public String toString() {
        return "Prepared[start=" + start
                + ", end=" + end
                + ", speechSeconds=" + speechSeconds
                + "]";
    }
}
