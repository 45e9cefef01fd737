// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A call that is under way. One thread hears for all calls that there is news, and has the call's executor tell it.
 *
 * @param <T> what it comes to
 */
final class Call<T> {
    /** The end of a call: a result with perhaps a sound, or an error. */
    private record Reply(boolean good, byte[] json, byte[] sound) {}

    /** Reads a result. */
    interface Reader<T> {
        T read(byte[] json, byte[] sound);
    }

    private static final Map<Long, Call<?>> UNDER_WAY = new ConcurrentHashMap<>();
    private static final AtomicLong TOKENS = new AtomicLong();
    private static final Pointer QUEUE = Library.voiceroll_queue_new();

    // It takes over nothing of the first caller, which it outlives.
    private static final Thread HEARING = new Thread(null, Call::hear, "voiceroll", 0, false);

    static {
        HEARING.setDaemon(true);
        // As in the common pool, in whose stead small machines have threads that take this over.
        HEARING.setContextClassLoader(ClassLoader.getSystemClassLoader());
        HEARING.start();
    }

    private final long token = TOKENS.incrementAndGet();
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Executor executor;
    private final Reader<T> reader;
    private final Consumer<? super Progress> listener;
    // All below are guarded by this. No handle: it is over.
    private Pointer handle;
    private byte[] progress;
    private Reply reply;
    private boolean telling;

    private Call(Executor executor, Reader<T> reader, Consumer<? super Progress> listener) {
        this.executor = executor != null ? executor : future.defaultExecutor();
        this.reader = reader;
        this.listener = listener;
    }

    /** Starts a call; the recordings are its own from now on. */
    static <T> Call<T> start(
            Pointer registry,
            byte[] request,
            Pointer recordings,
            Executor executor,
            Reader<T> reader,
            Consumer<? super Progress> listener) {
        Call<T> call = new Call<>(executor, reader, listener);
        synchronized (call) {
            UNDER_WAY.put(call.token, call);
            call.handle = Library.voiceroll_start(registry, request, request.length, recordings, QUEUE, call.token);
            if (call.handle == null) {
                UNDER_WAY.remove(call.token);
                throw Kinds.exception(Fault.notStarted());
            }
        }
        // A timeout or a cancellation of the future also stops the work.
        call.future.whenComplete((value, error) -> call.free());
        return call;
    }

    /** Whether the calling thread is the one that hears: it would wait for itself. */
    static boolean hearing() {
        return Thread.currentThread() == HEARING;
    }

    CompletableFuture<T> future() {
        return future;
    }

    /** Stops it soon. Its end is still reported. */
    synchronized void cancel() {
        if (handle != null) {
            Library.voiceroll_cancel(handle);
        }
    }

    private synchronized void free() {
        if (handle != null) {
            UNDER_WAY.remove(token);
            Library.voiceroll_call_free(handle);
            handle = null;
        }
    }

    private static void hear() {
        try (Memory token = new Memory(Long.BYTES);
                Memory json = Library.room();
                Memory sound = Library.room()) {
            while (true) {
                if (Library.voiceroll_queue_next(QUEUE, 60_000, token) == 0) {
                    continue;
                }
                Call<?> call = UNDER_WAY.get(token.getLong(0));
                if (call != null) {
                    try {
                        call.look(json, sound);
                    } catch (Throwable error) {
                        call.fail(error);
                    }
                }
            }
        }
    }

    private void look(Memory json, Memory sound) {
        synchronized (this) {
            int news = Library.NOTHING;
            while (handle != null && (news = Library.voiceroll_next(handle, 0, json, sound)) != Library.NOTHING) {
                byte[] text = Library.taken(json);
                byte[] wav = Library.taken(sound);
                if (news == Library.PROGRESS) {
                    progress = text;
                } else {
                    reply = new Reply(news == Library.RESULT, text, wav);
                    free();
                }
            }
            if (telling || (progress == null && reply == null)) {
                return;
            }
            telling = true;
        }
        try {
            executor.execute(this::tell);
        } catch (RejectedExecutionException error) {
            fail(error);
        }
    }

    /** Tells all news there is, in its order. */
    private void tell() {
        while (true) {
            byte[] come;
            Reply end;
            synchronized (this) {
                come = progress;
                end = reply;
                progress = null;
                reply = null;
                telling = come != null || end != null;
                if (!telling) {
                    return;
                }
            }
            try {
                if (come != null && listener != null && !future.isDone()) {
                    listener.accept(Progress.read(Json.parsed(come)));
                }
                if (end != null && end.good()) {
                    future.complete(reader.read(end.json(), end.sound()));
                } else if (end != null) {
                    future.completeExceptionally(Kinds.exception(Fault.read(Json.parsed(end.json()))));
                }
            } catch (Throwable error) {
                future.completeExceptionally(error);
            }
        }
    }

    /** Ends it with an error of this side; what depends on it does not run in the thread that hears. */
    private void fail(Throwable error) {
        future.defaultExecutor().execute(() -> future.completeExceptionally(error));
    }
}
