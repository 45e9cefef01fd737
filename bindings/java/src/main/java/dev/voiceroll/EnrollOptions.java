// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.function.Consumer;

/** Options of calls that enroll. */
public final class EnrollOptions extends Options<EnrollOptions> {
    /** Options as they are by default. */
    public EnrollOptions() {
        this(new JsonObject(), null);
    }

    private EnrollOptions(JsonObject args, Consumer<? super Progress> listener) {
        super(args, listener);
    }

    @Override
    EnrollOptions made(JsonObject args, Consumer<? super Progress> listener) {
        return new EnrollOptions(args, listener);
    }

    /**
     * Skips the same-speaker check.
     *
     * @param force true for that
     * @return the options
     */
    public EnrollOptions force(boolean force) {
        return with("force", force);
    }

    /**
     * The consent of the speaker, which is recorded with the enrollment.
     *
     * @param consent the record
     * @return the options
     */
    public EnrollOptions consent(ConsentRecord consent) {
        return with("consent", consent == null ? null : Json.of(consent));
    }
}
