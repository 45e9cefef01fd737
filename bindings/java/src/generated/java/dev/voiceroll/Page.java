// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * One page of enrollments, sorted by id.
 *
 * @param records The enrollments; empty after the last page.
 * @param page The number of this page, from 1.
 * @param perPage The page size.
 * @param totalPages The number of pages.
 * @param total The number of enrollments on all pages.
 * @param nextAfter The id to pass as {@code after} for the next page. None on the last page, and from a server that
 *     supports only page numbers. May be {@code null}.
 * @serial exclude
 */
public record Page(
        List<Enrollment> records,
        int page,
        int perPage,
        int totalPages,
        long total,
        String nextAfter)
        implements Serializable {
    static Page read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Page(
                Json.list(json, "records", Enrollment::read),
                Json.value(json, "page", JsonElement::getAsInt),
                Json.value(json, "per_page", JsonElement::getAsInt),
                Json.value(json, "total_pages", JsonElement::getAsInt),
                Json.value(json, "total", JsonElement::getAsLong),
                Json.value(json, "next_after", JsonElement::getAsString));
    }
}
