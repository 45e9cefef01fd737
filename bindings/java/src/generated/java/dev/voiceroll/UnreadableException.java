// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The recording cannot be read: unsupported format, no audio, or damaged. */
public class UnreadableException extends VoicerollException {
    private static final long serialVersionUID = 1;

    UnreadableException(Fault fault) {
        super(fault);
    }
}
