// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** The status of a job. There will be no other variants, as in RingCentral's API. */
public enum JobStatus {
    /** It is waiting or running. */
    IN_PROGRESS("InProgress"),
    /** It succeeded. */
    SUCCESS("Success"),
    /** It failed. */
    FAIL("Fail");

    private final String word;

    JobStatus(String word) {
        this.word = word;
    }

    static JobStatus read(JsonElement from) {
        return Json.word(from, values());
    }

    /** The word for it, the same in every language. */
    @Override
    public String toString() {
        return word;
    }
}
