// SPDX-License-Identifier: Apache-2.0

/** Speaker enrollment, verification, identification and diarization, offline, with reasons. */
module dev.voiceroll {
    requires com.google.gson;
    requires com.sun.jna;

    exports dev.voiceroll;
}
