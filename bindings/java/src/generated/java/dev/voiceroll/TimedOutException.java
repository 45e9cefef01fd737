// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The work took longer than the caller allowed. */
public class TimedOutException extends VoicerollException {
    private static final long serialVersionUID = 1;

    TimedOutException(Fault fault) {
        super(fault);
    }
}
