// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * Words of one speaker without a long pause.
 *
 * @param text The text.
 * @param start Start in seconds.
 * @param end End in seconds.
 * @param speakerId The speaker. May be {@code null}.
 * @param confidence Confidence in the speaker, 0 to 1.
 * @serial exclude
 */
public record Utterance(
        String text,
        double start,
        double end,
        String speakerId,
        double confidence)
        implements Serializable {
    static Utterance read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Utterance(
                Json.value(json, "text", JsonElement::getAsString),
                Json.value(json, "start", JsonElement::getAsDouble),
                Json.value(json, "end", JsonElement::getAsDouble),
                Json.value(json, "speaker_id", JsonElement::getAsString),
                Json.value(json, "confidence", JsonElement::getAsDouble));
    }

    @Override
    public String toString() {
        return "Utterance[start=" + start
                + ", end=" + end
                + ", speakerId=" + speakerId
                + ", confidence=" + confidence
                + "]";
    }
}
