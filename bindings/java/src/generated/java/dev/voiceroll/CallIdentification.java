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
 * @param segments All turns, in the order of their starts, those of unknown voices too.
 * @param notEnrolled Who of the record could not be looked for: not enrolled, or not completely.
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
