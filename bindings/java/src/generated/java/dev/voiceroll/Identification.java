// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * Where in a recording enrolled speakers speak, and where others do.
 *
 * @param duration Length of the recording in seconds.
 * @param speakers How many people speak, enrolled or not.
 * @param segments All turns, in the order of their starts, those of unknown voices too.
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
