// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;

/** Whether a job is done. These three are all there will be, as in the old contract. */
public enum JobStatus {
    /** It waits or runs. */
    IN_PROGRESS("InProgress"),
    /** It was done. */
    SUCCESS("Success"),
    /** It could not be done. */
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
