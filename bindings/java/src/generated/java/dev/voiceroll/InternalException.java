// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** A defect in Voiceroll itself. */
public class InternalException extends VoicerollException {
    private static final long serialVersionUID = 1;

    InternalException(Fault fault) {
        super(fault);
    }
}
