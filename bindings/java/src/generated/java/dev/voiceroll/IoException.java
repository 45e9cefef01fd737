// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** A file could not be read or written. */
public class IoException extends VoicerollException {
    private static final long serialVersionUID = 1;

    IoException(Fault fault) {
        super(fault);
    }
}
