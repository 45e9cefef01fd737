// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * Puts a backup in the place of a store that nobody has open. Speakers who were deleted from the replaced store since
     * the backup are erased from the restored one.
     *
     * @param backup the backup
     * @param path the store file
     * @param replace whether a store that exists is moved aside
     * @param options where the key is, and the audit trail
     * @return what was restored
     * @throws StoreException if the backup is damaged or the key is wrong
     * @throws InvalidInputException if a store exists and {@code replace} is not set
     */
    public static Restored restore(Path backup, Path path, boolean replace, RegistryOptions options) {
        JsonObject args = restoring(backup, path, replace, options);
        return Bridge.FREE.run("restore", args, List.of(), new CallOptions(), Restored::read);
    }

    /**
     * The same with a future, whose dependents run where futures run them by default.
     *
     * @param backup the backup
     * @param path the store file
     * @param replace whether a store that exists is moved aside
     * @param options where the key is, and the audit trail
     * @return what will be restored
     */
    public static CompletableFuture<Restored> restoreAsync(
            Path backup, Path path, boolean replace, RegistryOptions options) {
        JsonObject args = restoring(backup, path, replace, options);
        return Bridge.FREE.start(null, "restore", args, List.of(), new CallOptions(), Restored::read);
    }

    private static JsonObject restoring(Path backup, Path path, boolean replace, RegistryOptions options) {
        JsonObject args = Bridge.given("options", options).settings;
        args = Options.with(args, "backup", Json.path("backup", backup));
        return Options.with(Options.with(args, "path", Json.path("path", path)), "replace", replace);
    }
}
