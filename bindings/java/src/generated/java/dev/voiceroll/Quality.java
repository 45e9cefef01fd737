// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** How much an enrollment can be relied on. */
public enum Quality {
    /** Not to be relied on: see what is missing. */
    POOR("Poor"),
    /** Usable. */
    AVERAGE("Average"),
    /** Reliable. */
    GOOD("Good"),
    /** As good as it gets. */
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
