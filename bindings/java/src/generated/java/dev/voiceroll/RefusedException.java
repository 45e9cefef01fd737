// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The recording is readable but not fit for enrollment; {@code problems} says why. */
public class RefusedException extends VoicerollException {
    private static final long serialVersionUID = 1;

    RefusedException(Fault fault) {
        super(fault);
    }
}
