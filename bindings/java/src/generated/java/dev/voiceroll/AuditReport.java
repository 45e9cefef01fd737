// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The result of verifying an audit trail.
 *
 * @param entries How many entries there are.
 * @param first The number of the first one. More than 1 where older files were taken away.
 * @param faults The faults, in words, 100 at most; empty for an intact trail.
 * @serial exclude
 */
public record AuditReport(
        long entries,
        long first,
        List<String> faults)
        implements Serializable {
    static AuditReport read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new AuditReport(
                Json.value(json, "entries", JsonElement::getAsLong),
                Json.value(json, "first", JsonElement::getAsLong),
                Json.list(json, "faults", JsonElement::getAsString));
    }
}
