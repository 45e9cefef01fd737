// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** The severity of a {@code Problem}, most severe first. There will be no other variants. */
public enum Severity {
    /** The recording is not enrolled. */
    REFUSE("refuse"),
    /** It is enrolled, but decisions will be less reliable. */
    WARN("warn"),
    /** Good to know. */
    NOTE("note");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    static Severity read(JsonElement from) {
        return Json.word(from, values());
    }

    /** The word for it, the same in every language. */
    @Override
    public String toString() {
        return word;
    }
}
