// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** The outcome of a verification. There will be no other variants. */
public enum Decision {
    /** The same person, at the requested false-accept rate. */
    MATCH("match"),
    /** The evidence is not sufficient: ask for more speech, or for other evidence. */
    UNDECIDED("undecided"),
    /** Another person. */
    NO_MATCH("no_match"),
    /** Too little speech to compare. */
    TOO_LITTLE_SPEECH("too_little_speech");

    private final String word;

    Decision(String word) {
        this.word = word;
    }

    static Decision read(JsonElement from) {
        return Json.word(from, values());
    }

    /** The word for it, the same in every language. */
    @Override
    public String toString() {
        return word;
    }
}
