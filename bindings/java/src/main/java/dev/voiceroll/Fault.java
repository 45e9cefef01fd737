// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/** An error as the library says it. */
record Fault(
        String code,
        String kind,
        String message,
        boolean retryable,
        Integer status,
        String requestId,
        Double retryAfter,
        int added,
        boolean outcomeUnknown,
        List<Problem> problems)
        implements Serializable {
    static Fault read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new Fault(
                Json.value(json, "code", JsonElement::getAsString),
                Json.value(json, "kind", JsonElement::getAsString),
                Json.value(json, "message", message -> Names.in(message.getAsString())),
                Json.value(json, "retryable", JsonElement::getAsBoolean),
                Json.value(json, "status", JsonElement::getAsInt),
                Json.value(json, "request_id", JsonElement::getAsString),
                Json.value(json, "retry_after", JsonElement::getAsDouble),
                Json.value(json, "added", JsonElement::getAsInt),
                Json.value(json, "outcome_unknown", JsonElement::getAsBoolean),
                Json.list(json, "problems", Problem::read));
    }

    /** For a call that was stopped before it started. */
    static Fault cancelled() {
        return own("cancelled", "Cancelled", "the thread was interrupted before the call started", true);
    }

    /** For a call that the library does not start. */
    static Fault notStarted() {
        return own("internal", "Internal", "the call could not be started", false);
    }

    /** For a library that is missing, or is another one. */
    static Fault unusable(String why) {
        String what = "the Voiceroll library cannot be used: " + why
                + "; install this package again, or correct VOICEROLL_LIBRARY";
        return own("not_supported", "Unsupported", what, false);
    }

    private static Fault own(String code, String kind, String message, boolean retryable) {
        return new Fault(code, kind, message, retryable, null, null, null, 0, false, List.of());
    }
}
