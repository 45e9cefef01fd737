// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * A stretch of a recording in which one person speaks.
 *
 * @param start Start in seconds from the start of the recording.
 * @param end End in seconds.
 * @param speakerId The speaker. {@code diarize} labels unknown speakers {@code speaker_1}, {@code speaker_2} and so on;
 *     for {@code identify} they have no id. May be {@code null}.
 * @param confidence Confidence in the speaker, 0 to 1.
 * @param enrolled Whether {@code speakerId} is an enrolled speaker.
 * @param channel The channel, from 1, if each channel is one speaker. May be {@code null}.
 * @serial exclude
 */
public record Segment(
        double start,
        double end,
        String speakerId,
        double confidence,
        boolean enrolled,
        Integer channel)
        implements Serializable {
    static Segment read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Segment(
                Json.value(json, "start", JsonElement::getAsDouble),
                Json.value(json, "end", JsonElement::getAsDouble),
                Json.value(json, "speaker_id", JsonElement::getAsString),
                Json.value(json, "confidence", JsonElement::getAsDouble),
                Json.value(json, "enrolled", JsonElement::getAsBoolean),
                Json.value(json, "channel", JsonElement::getAsInt));
    }
}
