// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * Who spoke when in a call.
 *
 * @param segments All segments, sorted by start, including those of unknown speakers.
 * @param notEnrolled The participants that were not searched for, as they are not enrolled, or not completely.
 * @serial exclude
 */
public record CallIdentification(
        List<CallSegment> segments,
        List<String> notEnrolled)
        implements Serializable {
    static CallIdentification read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new CallIdentification(
                Json.list(json, "segments", CallSegment::read),
                Json.list(json, "not_enrolled", JsonElement::getAsString));
    }
}
