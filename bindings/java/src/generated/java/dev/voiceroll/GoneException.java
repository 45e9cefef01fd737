// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The speaker id was enrolled once and has been deleted, or has expired. */
public class GoneException extends VoicerollException {
    private static final long serialVersionUID = 1;

    GoneException(Fault fault) {
        super(fault);
    }
}
