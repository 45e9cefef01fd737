// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The server does not support this, or is not a compatible server. */
public class UnsupportedException extends VoicerollException {
    private static final long serialVersionUID = 1;

    UnsupportedException(Fault fault) {
        super(fault);
    }
}
