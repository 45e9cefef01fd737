// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * What is on the roll for one speaker.
 *
 * @param speakerId The speaker's id.
 * @param quality How much the enrollment can be relied on.
 * @param complete Whether there is speech enough to recognise the voice: at least 12 s.
 * @param speechSeconds Seconds of speech on the roll.
 * @param totalSeconds Seconds of all recordings on the roll, pauses included.
 * @param missingSeconds Seconds of speech still missing to be complete; 0 once it is.
 * @param model The model that made the voiceprints. Another model's cannot be mixed in.
 * @param recordings The recordings on the roll, oldest first, and behind them those that this very call refused.
 * @serial exclude
 */
public record Enrollment(
        String speakerId,
        Quality quality,
        boolean complete,
        double speechSeconds,
        double totalSeconds,
        double missingSeconds,
        String model,
        List<Sample> recordings)
        implements Serializable {
    static Enrollment read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Enrollment(
                Json.value(json, "speaker_id", JsonElement::getAsString),
                Json.value(json, "quality", Quality::read),
                Json.value(json, "complete", JsonElement::getAsBoolean),
                Json.value(json, "speech_seconds", JsonElement::getAsDouble),
                Json.value(json, "total_seconds", JsonElement::getAsDouble),
                Json.value(json, "missing_seconds", JsonElement::getAsDouble),
                Json.value(json, "model", JsonElement::getAsString),
                Json.list(json, "recordings", Sample::read));
    }
}
