// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Options of every call. Options are immutable: each method returns new ones.
 *
 * <pre>{@code
 * registry.get("ada", new CallOptions().timeout(Duration.ofSeconds(5)));
 * }</pre>
 *
 * @param <O> the options' own class
 */
public abstract sealed class Options<O extends Options<O>>
        permits CallOptions, EnrollOptions, ListOptions, IdentifyOptions, DiarizeOptions, InspectOptions {
    private static final Gson GSON = new Gson();

    final JsonObject args;
    final Consumer<? super Progress> listener;

    Options(JsonObject args, Consumer<? super Progress> listener) {
        this.args = args;
        this.listener = listener;
    }

    abstract O made(JsonObject args, Consumer<? super Progress> listener);

    /** The same with another argument; without it for null. */
    final O with(String name, Object value) {
        return made(with(args, name, value), listener);
    }

    /** Arguments with another one; without it for null. */
    static JsonObject with(JsonObject args, String name, Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException(
                    "`" + Names.of(name) + "` must be a finite number; pass another value, or omit it");
        }
        JsonObject more = args.deepCopy();
        if (value == null) {
            more.remove(name);
        } else {
            more.add(name, GSON.toJsonTree(value));
        }
        return more;
    }

    static Double seconds(Duration duration) {
        return duration == null ? null : duration.getSeconds() + duration.getNano() / 1e9;
    }

    /**
     * Has a call fail with {@link TimedOutException} after a time. Nothing was changed then, or, on a server, {@link
     * VoicerollException#outcomeUnknown} says that this is not known.
     *
     * @param limit the longest that it may take
     * @return the options
     */
    public O timeout(Duration limit) {
        return with("timeout", seconds(limit));
    }

    /**
     * Sets a listener for the progress of a call: it runs in the waiting thread or, with futures, in their executor.
     * What the listener throws stops the call, which then fails with it.
     *
     * @param listener the listener
     * @return the options
     */
    public O progress(Consumer<? super Progress> listener) {
        return made(args, Objects.requireNonNull(listener, "the progress listener is null; pass a listener"));
    }
}
