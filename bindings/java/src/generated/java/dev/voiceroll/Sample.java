// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * One recording of an enrollment: accepted and on the roll, or refused and why. Its audio is not kept.
 *
 * @param id Its number on the roll, for {@code removeSample}; none where the recording was refused. May be {@code
 *     null}.
 * @param input Which recording of this call it was, from 0; none for those on the roll from before. May be {@code
 *     null}.
 * @param accepted Whether it is on the roll.
 * @param speechSeconds Seconds of speech in it.
 * @param totalSeconds Its length in seconds.
 * @param snrDb Its signal-to-noise ratio in dB. May be {@code null}.
 * @param bandwidthHz Its bandwidth in Hz. May be {@code null}.
 * @param enrolledAt When it was enrolled, in seconds since 1970; none where the recording was refused. May be {@code
 *     null}.
 * @param problems What was wrong with it. Empty for a good recording.
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
