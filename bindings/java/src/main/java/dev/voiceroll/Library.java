// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The functions of {@code voiceroll.h}, which says what they do. */
final class Library {
    static final int NOTHING = 0;
    static final int PROGRESS = 1;
    static final int RESULT = 2;

    private static final int ABI = 1;

    /** Why it cannot be used; null where it can. An initializer must not throw: only the first caller would hear why. */
    private static final Throwable FAULT = loaded();

    private Library() {}

    /** Comes before every function of those who have nothing of the library yet. */
    static void ready() {
        if (FAULT != null) {
            // Behind that JNA lists the whole class path.
            String why = String.valueOf(FAULT.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
            VoicerollException unusable = Kinds.exception(Fault.unusable(why));
            unusable.initCause(FAULT);
            throw unusable;
        }
    }

    private static Throwable loaded() {
        try {
            load();
            unpackModel();
            return null;
        } catch (LinkageError | RuntimeException fault) {
            return fault;
        }
    }

    private static void load() {
        String given = System.getenv("VOICEROLL_LIBRARY");
        if (given != null && !given.isEmpty()) {
            load(given);
            return;
        }
        String name = "/META-INF/native/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName("voiceroll_c");
        try {
            Path file = Native.extractFromResourcePath(name, Library.class.getClassLoader())
                    .toPath();
            load(file.toString());
            URL packed = Library.class.getResource(name);
            if (packed != null && !packed.getProtocol().equals("file")) {
                // It was unpacked for this process, and is not left behind even if that is killed.
                Files.deleteIfExists(file);
            }
        } catch (IOException missing) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("this package has no library for "
                    + Platform.RESOURCE_PREFIX + "; set VOICEROLL_LIBRARY to the path of one");
            error.initCause(missing);
            throw error;
        }
    }

    private static void load(String file) {
        NativeLibrary library = NativeLibrary.getInstance(file);
        int abi = library.getFunction("voiceroll_abi").invokeInt(new Object[0]);
        if (abi != ABI) {
            throw new UnsatisfiedLinkError(
                    "this package needs a library with ABI " + ABI + ", and the one found has ABI " + abi);
        }
        Native.register(Library.class, library);
    }

    /** A released jar brings the most accurate model, which the library reads from a file. */
    private static void unpackModel() {
        String name = "campplus.voicemodel";
        try (InputStream packed = Library.class.getResourceAsStream("/META-INF/models/" + name)) {
            if (packed == null) {
                return;
            }
            Path folder = Files.createTempDirectory("voiceroll-models-");
            // They go in the opposite order.
            folder.toFile().deleteOnExit();
            Path file = folder.resolve(name);
            file.toFile().deleteOnExit();
            Files.copy(packed, file);
            byte[] path = folder.toString().getBytes(StandardCharsets.UTF_8);
            voiceroll_models_in(path, path.length, null);
        } catch (IOException failure) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(
                    "the model in this package could not be unpacked; free some space in the folder java.io.tmpdir");
            error.initCause(failure);
            throw error;
        }
    }

    /** Room for what a function writes: an address, a length, a capacity. */
    static Memory room() {
        Memory room = new Memory(3L * Native.POINTER_SIZE);
        room.clear();
        return room;
    }

    /** Takes what a function wrote; {@code null} for nothing. */
    static byte[] taken(Memory room) {
        try {
            Pointer data = room.getPointer(0);
            return data == null ? null : data.getByteArray(0, Math.toIntExact(room.getLong(Native.POINTER_SIZE)));
        } finally {
            voiceroll_bytes_free(room);
        }
    }

    static native int voiceroll_abi();

    static native Pointer voiceroll_version();

    static native void voiceroll_bytes_free(Pointer bytes);

    /** As for {@link #voiceroll_recordings_add}. */
    static native byte voiceroll_models_in(byte[] path, long pathLength, Pointer error);

    static native Pointer voiceroll_open(
            byte[] path, long pathLength, byte[] settings, long settingsLength, Pointer error);

    static native void voiceroll_close(Pointer registry);

    static native void voiceroll_free(Pointer registry);

    static native int voiceroll_take_callback(
            Pointer registry,
            byte[] timestamp,
            long timestampLength,
            byte[] signature,
            long signatureLength,
            byte[] body,
            long bodyLength,
            Pointer reply);

    static native Pointer voiceroll_recordings_new();

    /** A {@code bool} of C has eight bits, and JNA's has more. */
    static native byte voiceroll_recordings_add(
            Pointer recordings, byte[] source, long sourceLength, byte[] data, long dataLength, Pointer error);

    static native void voiceroll_recordings_free(Pointer recordings);

    static native Pointer voiceroll_start(
            Pointer registry, byte[] request, long requestLength, Pointer recordings, Pointer queue, long token);

    static native int voiceroll_next(Pointer call, int milliseconds, Pointer json, Pointer sound);

    static native void voiceroll_cancel(Pointer call);

    static native void voiceroll_call_free(Pointer call);

    static native Pointer voiceroll_queue_new();

    static native byte voiceroll_queue_next(Pointer queue, int milliseconds, Pointer token);
}
