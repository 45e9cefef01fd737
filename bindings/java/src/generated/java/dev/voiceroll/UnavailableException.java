// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The server cannot be reached, is busy or failed; try again later. */
public class UnavailableException extends VoicerollException {
    private static final long serialVersionUID = 1;

    UnavailableException(Fault fault) {
        super(fault);
    }
}
