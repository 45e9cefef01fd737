// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The proof that a consent was withdrawn, which stays when the voiceprint is gone.
 *
 * @param withdrawnAt When it was withdrawn, in seconds since 1970.
 * @param consents What was consented to before, the oldest first. Empty where nothing was recorded.
 * @serial exclude
 */
public record Withdrawal(
        long withdrawnAt,
        List<ConsentRecord> consents)
        implements Serializable {
    static Withdrawal read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Withdrawal(
                Json.value(json, "withdrawn_at", JsonElement::getAsLong),
                Json.list(json, "consents", ConsentRecord::read));
    }
}
