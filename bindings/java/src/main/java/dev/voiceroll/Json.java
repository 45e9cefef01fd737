// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what the library says. Members that are not asked for are not looked at. */
final class Json {
    private Json() {}

    static JsonElement parsed(byte[] text) {
        return JsonParser.parseString(new String(text, StandardCharsets.UTF_8));
    }

    static byte[] bytes(JsonElement json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What a caller gives as JSON. */
    static JsonElement given(String parameter, String text) {
        try {
            return JsonParser.parseString(Bridge.given(parameter, text));
        } catch (JsonParseException error) {
            throw new IllegalArgumentException("this is not valid JSON");
        }
    }

    /** A member, or null. */
    static <T> T value(JsonObject json, String name, Function<JsonElement, T> read) {
        JsonElement value = json.get(name);
        return value == null || value.isJsonNull() ? null : read.apply(value);
    }

    static <T> List<T> list(JsonObject json, String name, Function<JsonElement, T> read) {
        List<T> values = new ArrayList<>();
        JsonElement list = json.get(name);
        if (list != null && !list.isJsonNull()) {
            list.getAsJsonArray().forEach(value -> values.add(read.apply(value)));
        }
        return List.copyOf(values);
    }

    static List<String> texts(JsonElement json) {
        return json.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    static List<AuditEntry> entries(JsonElement json) {
        return json.getAsJsonArray().asList().stream().map(AuditEntry::read).toList();
    }

    /** A number, or null. */
    static Long number(JsonElement json) {
        return json.isJsonNull() ? null : json.getAsLong();
    }

    /** The name of a file. */
    static String path(String parameter, Path path) {
        return new String(Recording.name(parameter, path), StandardCharsets.UTF_8);
    }

    /** A consent record as the library has it. */
    static JsonObject of(ConsentRecord consent) {
        JsonObject json = new JsonObject();
        json.addProperty("reference", consent.reference());
        json.addProperty("given_at", consent.givenAt());
        json.addProperty("text_version", consent.textVersion());
        json.addProperty("text_sha256", consent.textSha256());
        JsonArray purposes = new JsonArray();
        Bridge.given("purposes", consent.purposes()).forEach(purposes::add);
        json.add("purposes", purposes);
        json.addProperty("valid_until", consent.validUntil());
        json.addProperty("collected_by", consent.collectedBy());
        return json;
    }

    /** Pairs of texts, by the first. */
    static Map<String, String> pairs(JsonElement json) {
        Map<String, String> pairs = new TreeMap<>();
        for (JsonElement pair : json.getAsJsonArray()) {
            JsonArray two = pair.getAsJsonArray();
            pairs.put(two.get(0).getAsString(), two.get(1).getAsString());
        }
        return Collections.unmodifiableMap(pairs);
    }

    /** The constant of a word; there are no others. */
    static <E extends Enum<E>> E word(JsonElement json, E[] constants) {
        for (E constant : constants) {
            if (constant.toString().equals(json.getAsString())) {
                return constant;
            }
        }
        throw new IllegalStateException(
                "the library returned an unknown value; use a library and a package of the same version");
    }
}
