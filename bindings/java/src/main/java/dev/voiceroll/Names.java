// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of arguments, which Java spells otherwise than the library. */
final class Names {
    private static final Pattern ALL = Pattern.compile(
            "(?<=`)(attempts_per_hour|client_id|client_secret|content_uri|decisions_only|false_accept_rate"
                    + "|forget_old|key_command|key_file|key_folder|key_variable|max_bytes|max_recording|max_seconds|per_channel|per_page"
                    + "|plain_http|read_only|request_timeout|require_consent|speaker_ids?|text_sha256)(?=`)");
    private static final Pattern BREAK = Pattern.compile("_([a-z0-9])");

    private Names() {}

    /** A sentence of the library in the names of Java. */
    static String in(String sentence) {
        return ALL.matcher(sentence).replaceAll(found -> of(found.group()));
    }

    static String of(String name) {
        return BREAK.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
