// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.function.Consumer;

/** Options of calls without further options. */
public final class CallOptions extends Options<CallOptions> {
    /** Options as they are by default. */
    public CallOptions() {
        this(new JsonObject(), null);
    }

    private CallOptions(JsonObject args, Consumer<? super Progress> listener) {
        super(args, listener);
    }

    @Override
    CallOptions made(JsonObject args, Consumer<? super Progress> listener) {
        return new CallOptions(args, listener);
    }
}
