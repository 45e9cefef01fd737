// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The result of restoring a backup.
 *
 * @param speakers How many speakers are enrolled now.
 * @param erased Who was in the backup and had been deleted since: they were erased again.
 * @param deletionsKnown Whether it is known who had been deleted since. It is not where the store that was replaced
 *     could not be read: then delete them again, by your own records.
 * @param aside Where the store is now that was replaced. Delete it once it is not needed. May be {@code null}.
 * @serial exclude
 */
public record Restored(
        long speakers,
        List<String> erased,
        boolean deletionsKnown,
        String aside)
        implements Serializable {
    static Restored read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Restored(
                Json.value(json, "speakers", JsonElement::getAsLong),
                Json.list(json, "erased", JsonElement::getAsString),
                Json.value(json, "deletions_known", JsonElement::getAsBoolean),
                Json.value(json, "aside", JsonElement::getAsString));
    }
}
