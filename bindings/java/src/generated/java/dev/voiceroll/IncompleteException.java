// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The enrollment lacks speech to recognise anybody by, or a consent. */
public class IncompleteException extends VoicerollException {
    private static final long serialVersionUID = 1;

    IncompleteException(Fault fault) {
        super(fault);
    }
}
