// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** What a comparison of two voices comes to. These four are all there will be. */
public enum Decision {
    /** The same person, at the false-accept rate that was asked for. */
    MATCH("match"),
    /** The voices neither agree nor differ enough: ask for more speech, or for other proof. */
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
