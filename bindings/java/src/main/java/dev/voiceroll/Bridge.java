// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** A registry of the library, an inbox of callbacks, or what needs neither; and how it is asked for something. */
final class Bridge {
    static final Bridge FREE = new Bridge(null);

    private static final Cleaner CLEANER = Cleaner.create();
    private static final System.Logger LOGGER = System.getLogger("dev.voiceroll");

    private final Pointer registry;

    private Bridge(Pointer registry) {
        this.registry = registry;
        if (registry != null) {
            CLEANER.register(this, () -> Library.voiceroll_free(registry));
        }
    }

    static Bridge open(byte[] path, JsonObject settings) {
        Library.ready();
        byte[] told = Json.bytes(settings);
        try (Memory error = Library.room()) {
            Pointer opened = Library.voiceroll_open(path, path == null ? 0 : path.length, told, told.length, error);
            byte[] fault = Library.taken(error);
            if (opened == null) {
                throw Kinds.exception(Fault.read(Json.parsed(fault)));
            }
            return new Bridge(opened);
        }
    }

    void close() {
        Library.voiceroll_close(registry);
        Reference.reachabilityFence(this);
    }

    Job take(byte[] body, byte[] timestamp, byte[] signature) {
        try (Memory reply = Library.room()) {
            int news = Library.voiceroll_take_callback(
                    registry,
                    timestamp,
                    timestamp == null ? 0 : timestamp.length,
                    signature,
                    signature == null ? 0 : signature.length,
                    body,
                    body.length,
                    reply);
            JsonElement said = Json.parsed(Library.taken(reply));
            if (news != Library.RESULT) {
                throw Kinds.exception(Fault.read(said));
            }
            return Job.read(said);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** An argument that must be there. */
    static <V> V given(String parameter, V value) {
        return Objects.requireNonNull(value, () -> "`" + parameter + "` is null");
    }

    static JsonObject args(Options<?> options) {
        return given("options", options).args;
    }

    static JsonObject speaker(String speakerId, Options<?> options) {
        return Options.with(args(options), "speaker_id", given("speakerId", speakerId));
    }

    static JsonObject job(String jobId, Options<?> options) {
        return Options.with(args(options), "job", given("jobId", jobId));
    }

    static List<Recording> one(Recording recording) {
        return List.of(given("recording", recording));
    }

    static List<Recording> all(Recording[] recordings) {
        return Arrays.asList(given("recordings", recordings));
    }

    static List<Recording> all(Path[] recordings) {
        return Arrays.stream(given("recordings", recordings))
                .map(path -> Recording.at("recordings", path))
                .toList();
    }

    /** Does a verb and waits for it. */
    <T> T run(
            String verb,
            JsonObject args,
            List<Recording> recordings,
            Options<?> options,
            Function<JsonElement, T> read) {
        return await(verb, args, recordings, options, (json, sound) -> read.apply(Json.parsed(json)));
    }

    Prepared prepare(Recording recording, Options<?> options) {
        return await("prepare", args(options), one(recording), options, Bridge::prepared);
    }

    /** Ends the session on a server, if there is one. The thread that hears leaves it to end meanwhile. */
    void logOut() {
        if (Call.hearing()) {
            start(null, "log_out", new JsonObject(), List.of(), new CallOptions(), nothing -> null);
        } else {
            run("log_out", new JsonObject(), List.of(), new CallOptions(), nothing -> null);
        }
    }

    /** Starts a verb, whose news an executor tells; for null, the one that futures have. */
    <T> CompletableFuture<T> start(
            Executor executor,
            String verb,
            JsonObject args,
            List<Recording> recordings,
            Options<?> options,
            Function<JsonElement, T> read) {
        return call(executor, verb, args, recordings, options, (json, sound) -> read.apply(Json.parsed(json)))
                .future();
    }

    CompletableFuture<Prepared> startPrepare(Executor executor, Recording recording, Options<?> options) {
        return call(executor, "prepare", args(options), one(recording), options, Bridge::prepared)
                .future();
    }

    private static Prepared prepared(byte[] json, byte[] sound) {
        return Prepared.read(Json.parsed(json), sound);
    }

    /** The calling thread waits and receives the events: an interrupt ends the wait, and soon the call. */
    private <T> T await(
            String verb, JsonObject args, List<Recording> recordings, Options<?> options, Call.Reader<T> reader) {
        if (Thread.currentThread().isInterrupted()) {
            throw Kinds.exception(Fault.cancelled());
        }
        Library.ready();
        if (Call.hearing()) {
            throw new IllegalStateException("this thread receives the results of all calls and cannot"
                    + " wait for one; pass to `async` and `waitForAsync` an executor that does not run tasks"
                    + " in the calling thread");
        }
        LinkedBlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
        Call<T> call = call(news::add, verb, args, recordings, options, reader);
        call.future().whenComplete((value, error) -> news.add(() -> {}));
        boolean interrupted = false;
        try {
            while (!call.future().isDone()) {
                try {
                    news.take().run();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    call.cancel();
                }
            }
            return call.future().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failed;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> Call<T> call(
            Executor executor,
            String verb,
            JsonObject args,
            List<Recording> recordings,
            Options<?> options,
            Call.Reader<T> reader) {
        JsonObject request = new JsonObject();
        request.addProperty("verb", verb);
        request.add("args", args);
        request.addProperty("progress", options.listener != null);
        Consumer<? super Progress> listener = options.listener;
        long started = System.nanoTime();
        Library.ready();
        Pointer held = handed(recordings);
        Call<T> call;
        try {
            call = Call.start(registry, Json.bytes(request), held, executor, reader, listener);
        } finally {
            Reference.reachabilityFence(this);
        }
        if (LOGGER.isLoggable(System.Logger.Level.DEBUG)) {
            call.future().whenComplete((value, error) -> noted(verb, started, error));
        }
        return call;
    }

    private static Pointer handed(List<Recording> recordings) {
        if (given("recordings", recordings).isEmpty()) {
            return null;
        }
        Pointer held = Library.voiceroll_recordings_new();
        boolean all = false;
        try (Memory error = Library.room()) {
            for (Recording one : recordings) {
                byte[] source = given("recordings", one).source;
                byte[] data = one.data;
                if (Library.voiceroll_recordings_add(held, source, source.length, data, data.length, error) == 0) {
                    throw Kinds.exception(Fault.read(Json.parsed(Library.taken(error))));
                }
            }
            all = true;
            return held;
        } finally {
            if (!all) {
                Library.voiceroll_recordings_free(held);
            }
        }
    }

    /** How a call ended and when, in no more than a word. */
    private static void noted(String verb, long started, Throwable error) {
        String word = error == null
                ? "done"
                : error instanceof VoicerollException known
                        ? known.code()
                        : error.getClass().getSimpleName();
        LOGGER.log(
                System.Logger.Level.DEBUG,
                "{0}: {1} after {2} s",
                verb,
                word,
                String.format(Locale.ROOT, "%.3f", (System.nanoTime() - started) / 1e9));
    }
}
