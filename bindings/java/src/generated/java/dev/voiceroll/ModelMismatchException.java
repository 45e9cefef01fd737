// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** Voiceprints made by different models cannot be compared or mixed. */
public class ModelMismatchException extends VoicerollException {
    private static final long serialVersionUID = 1;

    ModelMismatchException(Fault fault) {
        super(fault);
    }
}
