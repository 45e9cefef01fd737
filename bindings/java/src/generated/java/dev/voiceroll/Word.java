// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * A word of a {@code Transcript}.
 *
 * @param word The word.
 * @param start Start in seconds.
 * @param end End in seconds.
 * @param speakerId The speaker. May be {@code null}.
 * @serial exclude
 */
public record Word(
        String word,
        double start,
        double end,
        String speakerId)
        implements Serializable {
    static Word read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Word(
                Json.value(json, "word", JsonElement::getAsString),
                Json.value(json, "start", JsonElement::getAsDouble),
                Json.value(json, "end", JsonElement::getAsDouble),
                Json.value(json, "speaker_id", JsonElement::getAsString));
    }

    @Override
    public String toString() {
        return "Word[start=" + start
                + ", end=" + end
                + ", speakerId=" + speakerId
                + "]";
    }
}
