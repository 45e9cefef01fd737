// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * The progress of a call.
 *
 * @param recording Which recording of the call is being read, from 0.
 * @param recordings How many recordings the call has.
 * @param fraction How much of the whole call is done, 0 to 1.
 * @serial exclude
 */
public record Progress(
        int recording,
        int recordings,
        double fraction)
        implements Serializable {
    static Progress read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Progress(
                Json.value(json, "recording", JsonElement::getAsInt),
                Json.value(json, "recordings", JsonElement::getAsInt),
                Json.value(json, "fraction", JsonElement::getAsDouble));
    }
}
