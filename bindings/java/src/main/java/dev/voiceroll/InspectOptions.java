// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.function.Consumer;

/** Limits for calls without a registry. */
public final class InspectOptions extends Options<InspectOptions> {
    /** Options as they are by default. */
    public InspectOptions() {
        this(new JsonObject(), null);
    }

    private InspectOptions(JsonObject args, Consumer<? super Progress> listener) {
        super(args, listener);
    }

    @Override
    InspectOptions made(JsonObject args, Consumer<? super Progress> listener) {
        return new InspectOptions(args, listener);
    }

    /**
     * The longest recording that is read.
     *
     * @param maxSeconds seconds; two hours by default
     * @return the options
     */
    public InspectOptions maxSeconds(double maxSeconds) {
        return with("max_seconds", maxSeconds);
    }

    /**
     * The largest file that is read.
     *
     * @param maxBytes bytes; 2 GiB by default
     * @return the options
     */
    public InspectOptions maxBytes(long maxBytes) {
        return with("max_bytes", maxBytes);
    }
}
