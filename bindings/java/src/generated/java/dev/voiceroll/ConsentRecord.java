// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Serializable;
import java.util.List;

/**
 * The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint.
 *
 * @param reference Who consented, as your own records have it: the number of a form, or a customer's number.
 * @param givenAt When, in seconds since 1970.
 * @param textVersion Which version of the text the person has seen.
 * @param textSha256 The SHA-256 digest of that text, in 64 hexadecimal digits.
 * @param purposes For what: {@code verification}, {@code identification}, {@code diarization}, or something else in
 *     words. Empty: for all that the text says.
 * @param validUntil Until when it is valid, in seconds since 1970; none where it is until it is withdrawn. May be
 *     {@code null}.
 * @param collectedBy Who collected it. May be {@code null}.
 * @serial exclude
 */
public record ConsentRecord(
        String reference,
        long givenAt,
        String textVersion,
        String textSha256,
        List<String> purposes,
        Long validUntil,
        String collectedBy)
        implements Serializable {
    static ConsentRecord read(JsonElement from) {
        JsonObject json = from.getAsJsonObject();
        return new ConsentRecord(
                Json.value(json, "reference", JsonElement::getAsString),
                Json.value(json, "given_at", JsonElement::getAsLong),
                Json.value(json, "text_version", JsonElement::getAsString),
                Json.value(json, "text_sha256", JsonElement::getAsString),
                Json.list(json, "purposes", JsonElement::getAsString),
                Json.value(json, "valid_until", JsonElement::getAsLong),
                Json.value(json, "collected_by", JsonElement::getAsString));
    }

    @Override
    public String toString() {
        return "ConsentRecord[givenAt=" + givenAt
                + ", textVersion=" + textVersion
                + ", textSha256=" + textSha256
                + ", validUntil=" + validUntil
                + "]";
    }
}
