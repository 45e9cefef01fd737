// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * What a speaker has consented to, and how long the speaker is kept.
 *
 * @param consents The records, the oldest first.
 * @param valid Whether one of them is valid now.
 * @param expiresAt From when on, in seconds since 1970, the speaker is not recognised and is erased by the next {@code
 *     purge}; none where that never comes. May be {@code null}.
 * @param withdrawals Withdrawals under this id, the oldest first.
 * @serial exclude
 */
public record ConsentState(
        List<ConsentRecord> consents,
        boolean valid,
        Long expiresAt,
        List<Withdrawal> withdrawals)
        implements Serializable {
    static ConsentState read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new ConsentState(
                Json.list(json, "consents", ConsentRecord::read),
                Json.value(json, "valid", JsonElement::getAsBoolean),
                Json.value(json, "expires_at", JsonElement::getAsLong),
                Json.list(json, "withdrawals", Withdrawal::read));
    }
}
