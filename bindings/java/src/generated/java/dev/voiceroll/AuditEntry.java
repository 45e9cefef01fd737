// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * One line of an audit trail.
 *
 * @param number Its number in the trail, from 1.
 * @param time When, in seconds since 1970, by the clock of the machine.
 * @param actor Who: what {@code RegistryOptions::actor} says, or the user of the operating system.
 * @param action What: {@code enroll}, {@code delete}, {@code verify} and so on.
 * @param outcome What came of it: {@code begun} before a change, then {@code done}, a decision such as {@code match},
 *     or the code of an error.
 * @param changes How many changes the store had seen then.
 * @param digest The digest of this entry and the one before, in hexadecimal digits.
 * @param speaker Of whom: a pseudonym, which {@code Registry::audit_pseudonym} makes of an id; none where it is of
 *     nobody in particular. May be {@code null}.
 * @serial exclude
 */
public record AuditEntry(
        long number,
        long time,
        String actor,
        String action,
        String outcome,
        long changes,
        String digest,
        String speaker)
        implements Serializable {
    static AuditEntry read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new AuditEntry(
                Json.value(json, "number", JsonElement::getAsLong),
                Json.value(json, "time", JsonElement::getAsLong),
                Json.value(json, "actor", JsonElement::getAsString),
                Json.value(json, "action", JsonElement::getAsString),
                Json.value(json, "outcome", JsonElement::getAsString),
                Json.value(json, "changes", JsonElement::getAsLong),
                Json.value(json, "digest", JsonElement::getAsString),
                Json.value(json, "speaker", JsonElement::getAsString));
    }
}
