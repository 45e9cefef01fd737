// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** Who is looked for in a recording. */
public final class IdentifyOptions extends Options<IdentifyOptions> {
    /** Options as they are by default. */
    public IdentifyOptions() {
        this(new JsonObject(), null);
    }

    private IdentifyOptions(JsonObject args, Consumer<? super Progress> listener) {
        super(args, listener);
    }

    @Override
    IdentifyOptions made(JsonObject args, Consumer<? super Progress> listener) {
        return new IdentifyOptions(args, listener);
    }

    /**
     * Looks for these only. Default: every speaker with a complete enrollment.
     *
     * @param speakerIds their ids
     * @return the options
     */
    public IdentifyOptions speakerIds(List<String> speakerIds) {
        return with("speaker_ids", speakerIds);
    }
}
