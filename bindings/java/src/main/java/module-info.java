// SPDX-License-Identifier: Apache-2.0

/** Speaker enrollment: tie an identity to a voice, offline, with reasons. */
module dev.voiceroll {
    requires com.google.gson;
    requires com.sun.jna;

    exports dev.voiceroll;
}
