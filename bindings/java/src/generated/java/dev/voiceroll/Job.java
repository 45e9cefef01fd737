// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;

/**
 * The status of a job.
 *
 * @param id The id that {@code submit} returned.
 * @param status Whether it is done.
 * @param createdAt When it was submitted, in RFC 3339 format; empty if the server does not say.
 * @param completedAt When it finished. May be {@code null}.
 * @param expiresAt When the server deletes it.
 * @param result The result, if it succeeded. May be {@code null}.
 * @param errorCode The server's error code, if it failed. May be {@code null}.
 * @param errorMessage The server's error message, if it failed. May be {@code null}.
 * @serial exclude
 */
public record Job(
        String id,
        JobStatus status,
        String createdAt,
        String completedAt,
        String expiresAt,
        JobResult result,
        String errorCode,
        String errorMessage)
        implements Serializable {
    static Job read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Job(
                Json.value(json, "id", JsonElement::getAsString),
                Json.value(json, "status", JobStatus::read),
                Json.value(json, "created_at", JsonElement::getAsString),
                Json.value(json, "completed_at", JsonElement::getAsString),
                Json.value(json, "expires_at", JsonElement::getAsString),
                Json.value(json, "result", JobResult::read),
                Json.value(json, "error_code", JsonElement::getAsString),
                Json.value(json, "error_message", JsonElement::getAsString));
    }
}
