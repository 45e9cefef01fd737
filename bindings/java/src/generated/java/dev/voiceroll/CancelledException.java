// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The caller cancelled the call. */
public class CancelledException extends VoicerollException {
    private static final long serialVersionUID = 1;

    CancelledException(Fault fault) {
        super(fault);
    }
}
