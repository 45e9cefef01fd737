// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * Who speaks when in a recording.
 *
 * @param duration Length of the recording in seconds.
 * @param speakers How many people speak.
 * @param segments The segments, sorted by start. They overlap only if each channel is one speaker.
 * @param problems Problems of the recording for diarization.
 * @serial exclude
 */
public record Diarization(
        double duration,
        int speakers,
        List<Segment> segments,
        List<Problem> problems)
        implements Serializable {
    static Diarization read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Diarization(
                Json.value(json, "duration", JsonElement::getAsDouble),
                Json.value(json, "speakers", JsonElement::getAsInt),
                Json.list(json, "segments", Segment::read),
                Json.list(json, "problems", Problem::read));
    }
}
