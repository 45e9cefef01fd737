// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The segments of a recording in which enrolled speakers speak, and those of others.
 *
 * @param duration Length of the recording in seconds.
 * @param speakers The number of speakers, enrolled or not.
 * @param segments All segments, sorted by start, including those of unknown speakers.
 * @serial exclude
 */
public record Identification(
        double duration,
        int speakers,
        List<Segment> segments)
        implements Serializable {
    static Identification read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Identification(
                Json.value(json, "duration", JsonElement::getAsDouble),
                Json.value(json, "speakers", JsonElement::getAsInt),
                Json.list(json, "segments", Segment::read));
    }
}
