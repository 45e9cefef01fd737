// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** What is known of a conversation. */
public final class DiarizeOptions extends Options<DiarizeOptions> {
    /** Options as they are by default. */
    public DiarizeOptions() {
        this(new JsonObject(), null);
    }

    private DiarizeOptions(JsonObject args, Consumer<? super Progress> listener) {
        super(args, listener);
    }

    @Override
    DiarizeOptions made(JsonObject args, Consumer<? super Progress> listener) {
        return new DiarizeOptions(args, listener);
    }

    /**
     * How many people speak, where that is known.
     *
     * @param speakers 1 to 20
     * @return the options
     */
    public DiarizeOptions speakers(int speakers) {
        return with("speakers", speakers);
    }

    /**
     * Names these, where they speak. Default: nobody.
     *
     * @param speakerIds ids of enrolled speakers
     * @return the options
     */
    public DiarizeOptions known(List<String> speakerIds) {
        return with("known", speakerIds);
    }

    /**
     * Searches for all enrolled speakers.
     *
     * @return the options
     */
    public DiarizeOptions everybodyKnown() {
        return with("known", "all");
    }

    /**
     * Takes each channel for one speaker.
     *
     * @param perChannel true for that
     * @return the options
     */
    public DiarizeOptions perChannel(boolean perChannel) {
        return with("per_channel", perChannel);
    }
}
