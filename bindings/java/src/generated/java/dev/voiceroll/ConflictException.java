// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The speaker id is already enrolled. */
public class ConflictException extends VoicerollException {
    private static final long serialVersionUID = 1;

    ConflictException(Fault fault) {
        super(fault);
    }
}
