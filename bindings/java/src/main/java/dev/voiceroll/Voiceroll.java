// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** What needs no registry. */
public final class Voiceroll {
    private Voiceroll() {}

    /**
     * The version of the library.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        Library.ready();
        return Library.voiceroll_version().getString(0);
    }

    /**
     * Measures a recording and tells whether it would be enrolled.
     *
     * @param recording the recording
     * @return what was measured; faults such as noise are among its problems
     * @throws UnreadableException if it cannot be read at all
     */
    public static Inspection inspect(Path recording) {
        return inspect(Recording.at("recording", recording), new InspectOptions());
    }

    /**
     * Measures a recording and tells whether it would be enrolled.
     *
     * @param recording the recording
     * @param options how, and what is read at most
     * @return what was measured; faults such as noise are among its problems
     * @throws UnreadableException if it cannot be read at all
     * @throws LimitException if it is longer or larger than allowed
     */
    public static Inspection inspect(Recording recording, InspectOptions options) {
        return Bridge.FREE.run("inspect", Bridge.args(options), Bridge.one(recording), options, Inspection::read);
    }

    /**
     * The same with a future, whose dependents run where futures run them by default.
     *
     * @param recording the recording
     * @param options how, and what is read at most
     * @return what will be measured
     */
    public static CompletableFuture<Inspection> inspectAsync(Recording recording, InspectOptions options) {
        return Bridge.FREE.start(
                null, "inspect", Bridge.args(options), Bridge.one(recording), options, Inspection::read);
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @return the stretch
     * @throws UnreadableException if it cannot be read at all
     */
    public static Prepared prepare(Path recording) {
        return prepare(Recording.at("recording", recording), new InspectOptions());
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @param options how, and what is read at most
     * @return the stretch
     * @throws UnreadableException if it cannot be read at all
     * @throws LimitException if it is longer or larger than allowed
     */
    public static Prepared prepare(Recording recording, InspectOptions options) {
        return Bridge.FREE.prepare(recording, options);
    }

    /**
     * The same with a future, whose dependents run where futures run them by default.
     *
     * @param recording the recording
     * @param options how, and what is read at most
     * @return the stretch to come
     */
    public static CompletableFuture<Prepared> prepareAsync(Recording recording, InspectOptions options) {
        return Bridge.FREE.startPrepare(null, recording, options);
    }
}
