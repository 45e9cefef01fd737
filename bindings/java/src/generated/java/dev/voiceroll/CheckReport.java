// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The result of checking a store.
 *
 * @param speakers How many speakers were looked at.
 * @param recordings How many recordings of them.
 * @param faults The faults, in words, 100 at most; empty for an intact store.
 * @serial exclude
 */
public record CheckReport(
        long speakers,
        long recordings,
        List<String> faults)
        implements Serializable {
    static CheckReport read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new CheckReport(
                Json.value(json, "speakers", JsonElement::getAsLong),
                Json.value(json, "recordings", JsonElement::getAsLong),
                Json.list(json, "faults", JsonElement::getAsString));
    }
}
