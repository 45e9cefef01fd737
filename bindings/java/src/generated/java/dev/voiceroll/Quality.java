// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** How reliable an enrollment is. */
public enum Quality {
    /** Not reliable: more or better speech is needed. */
    POOR("Poor"),
    /** Usable. */
    AVERAGE("Average"),
    /** Reliable. */
    GOOD("Good"),
    /** The best quality. */
    HIGH("High");

    private final String word;

    Quality(String word) {
        this.word = word;
    }

    static Quality read(JsonElement from) {
        return Json.word(from, values());
    }

    /** The word for it, the same in every language. */
    @Override
    public String toString() {
        return word;
    }
}
