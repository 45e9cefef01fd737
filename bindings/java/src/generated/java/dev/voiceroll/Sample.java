// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored.
 *
 * @param id Its number in the enrollment, for {@code removeSample}; none if the recording was refused. May be {@code
 *     null}.
 * @param input The index of the recording in this call, from 0; none for earlier recordings. May be {@code null}.
 * @param accepted Whether it is part of the enrollment.
 * @param speechSeconds Seconds of speech in it.
 * @param totalSeconds Its length in seconds.
 * @param snrDb Its signal-to-noise ratio in dB. May be {@code null}.
 * @param bandwidthHz Its bandwidth in Hz. May be {@code null}.
 * @param enrolledAt When it was enrolled, in seconds since 1970; none if the recording was refused. May be {@code
 *     null}.
 * @param problems Its problems; empty for a good recording.
 * @serial exclude
 */
public record Sample(
        Long id,
        Integer input,
        boolean accepted,
        double speechSeconds,
        double totalSeconds,
        Double snrDb,
        Double bandwidthHz,
        Long enrolledAt,
        List<Problem> problems)
        implements Serializable {
    static Sample read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Sample(
                Json.value(json, "id", JsonElement::getAsLong),
                Json.value(json, "input", JsonElement::getAsInt),
                Json.value(json, "accepted", JsonElement::getAsBoolean),
                Json.value(json, "speech_seconds", JsonElement::getAsDouble),
                Json.value(json, "total_seconds", JsonElement::getAsDouble),
                Json.value(json, "snr_db", JsonElement::getAsDouble),
                Json.value(json, "bandwidth_hz", JsonElement::getAsDouble),
                Json.value(json, "enrolled_at", JsonElement::getAsLong),
                Json.list(json, "problems", Problem::read));
    }
}
