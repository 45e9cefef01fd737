// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The speaker id, or the sample, is not enrolled; or there is no such job. */
public class NotFoundException extends VoicerollException {
    private static final long serialVersionUID = 1;

    NotFoundException(Fault fault) {
        super(fault);
    }
}
