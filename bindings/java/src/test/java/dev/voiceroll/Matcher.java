// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether a value is as a case says; {@code tests/README.md} has the rules. */
final class Matcher {
    private Matcher() {}

    static boolean matches(JsonElement found, JsonElement expected) {
        if (expected.isJsonArray()) {
            return found.isJsonArray() && inOrder(found.getAsJsonArray(), expected.getAsJsonArray());
        }
        if (!expected.isJsonObject()) {
            return isNumber(found) && isNumber(expected)
                    ? found.getAsDouble() == expected.getAsDouble()
                    : found.equals(expected);
        }
        JsonObject rules = expected.getAsJsonObject();
        int tests = 0;
        for (String name : rules.keySet()) {
            Boolean passed = test(name, rules.get(name), found);
            if (Boolean.FALSE.equals(passed)) {
                return false;
            }
            tests += passed == null ? 0 : 1;
        }
        if (tests > 0) {
            return tests == rules.size();
        }
        return found.isJsonObject()
                && rules.keySet().stream()
                        .allMatch(name -> found.getAsJsonObject().has(name)
                                && matches(found.getAsJsonObject().get(name), rules.get(name)));
    }

    /** Null where the name is that of no test. */
    private static Boolean test(String name, JsonElement given, JsonElement found) {
        return switch (name) {
            case "about" -> {
                JsonArray at = given.getAsJsonArray();
                yield isNumber(found)
                        && Math.abs(found.getAsDouble() - at.get(0).getAsDouble())
                                <= at.get(1).getAsDouble();
            }
            case "at_least" -> isNumber(found) && found.getAsDouble() >= given.getAsDouble();
            case "at_most" -> isNumber(found) && found.getAsDouble() <= given.getAsDouble();
            case "contains" ->
                found.isJsonPrimitive()
                        && found.getAsJsonPrimitive().isString()
                        && found.getAsString().contains(given.getAsString());
            case "one_of" -> items(given).anyMatch(one -> matches(found, one));
            case "any" ->
                found.isJsonArray() && items(given).allMatch(one -> items(found).anyMatch(item -> matches(item, one)));
            case "length" ->
                (found.isJsonArray() ? found.getAsJsonArray().size() : found.getAsInt()) == given.getAsInt();
            default -> null;
        };
    }

    private static boolean inOrder(JsonArray found, JsonArray expected) {
        boolean alike = found.size() == expected.size();
        for (int at = 0; alike && at < found.size(); at++) {
            alike = matches(found.get(at), expected.get(at));
        }
        return alike;
    }

    private static Stream<JsonElement> items(JsonElement list) {
        return StreamSupport.stream(list.getAsJsonArray().spliterator(), false);
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }
}
