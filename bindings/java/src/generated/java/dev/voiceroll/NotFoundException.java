// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** There is no such speaker, recording or job. */
public class NotFoundException extends VoicerollException {
    private static final long serialVersionUID = 1;

    NotFoundException(Fault fault) {
        super(fault);
    }
}
