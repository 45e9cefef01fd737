// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** An argument is invalid, such as a speaker id with a space in it. */
public class InvalidInputException extends VoicerollException {
    private static final long serialVersionUID = 1;

    InvalidInputException(Fault fault) {
        super(fault);
    }
}
