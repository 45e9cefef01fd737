// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** The server rejected the credentials. */
public class UnauthorizedException extends VoicerollException {
    private static final long serialVersionUID = 1;

    UnauthorizedException(Fault fault) {
        super(fault);
    }
}
