// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The store could not be read or written. */
public class StoreException extends VoicerollException {
    private static final long serialVersionUID = 1;

    StoreException(Fault fault) {
        super(fault);
    }
}
