// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** A configured limit was exceeded, such as the duration of a recording. */
public class LimitException extends VoicerollException {
    private static final long serialVersionUID = 1;

    LimitException(Fault fault) {
        super(fault);
    }
}
