// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The enrollment of one speaker.
 *
 * @param speakerId The speaker's id.
 * @param quality How reliable the enrollment is.
 * @param complete Whether there is enough speech for comparisons: at least 12 s.
 * @param speechSeconds Enrolled seconds of speech.
 * @param totalSeconds Duration of all enrolled recordings in seconds, including pauses.
 * @param missingSeconds Seconds of speech still needed for a complete enrollment; 0 if it is complete.
 * @param model The model that made the voiceprints. Voiceprints of different models cannot be mixed.
 * @param recordings The enrolled recordings, oldest first, followed by those that this call refused.
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
