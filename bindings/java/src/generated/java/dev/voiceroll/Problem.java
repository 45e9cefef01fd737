// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * A problem of a recording: the measured value, the limit, and advice.
 *
 * @param code Which problem.
 * @param severity The severity.
 * @param measured The measured value, in the unit of the {@code ProblemCode}; none if nothing is measured. May be
 *     {@code null}.
 * @param limit The limit, in the same unit. May be {@code null}.
 * @param advice What to do, in one sentence.
 * @param speakerId The speaker with the same voice, for {@code duplicate_voice}. May be {@code null}.
 * @serial exclude
 */
public record Problem(
        String code,
        Severity severity,
        Double measured,
        Double limit,
        String advice,
        String speakerId)
        implements Serializable {
    static Problem read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Problem(
                Json.value(json, "code", JsonElement::getAsString),
                Json.value(json, "severity", Severity::read),
                Json.value(json, "measured", JsonElement::getAsDouble),
                Json.value(json, "limit", JsonElement::getAsDouble),
                Json.value(json, "advice", JsonElement::getAsString),
                Json.value(json, "speaker_id", JsonElement::getAsString));
    }
}
