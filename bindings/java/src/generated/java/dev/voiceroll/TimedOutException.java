// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The call exceeded its timeout. */
public class TimedOutException extends VoicerollException {
    private static final long serialVersionUID = 1;

    TimedOutException(Fault fault) {
        super(fault);
    }
}
