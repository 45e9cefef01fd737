// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code time_pipeline} does, through the Java package: a line in, a line of JSON out. */
public final class Worker {
    private static final byte[] SOURCE = "{\"source\": \"bytes\"}".getBytes(StandardCharsets.UTF_8);

    /** {@code java -cp target/java/bench:JAR:JNA:GSON dev.voiceroll.Worker FILE}. */
    public static void main(String[] args) throws IOException {
        byte[] data = Files.readAllBytes(Path.of(args[0]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            double seconds = work(line.strip(), data);
            System.out.println("{\"seconds\": " + seconds + ", \"memory\": " + memory() + "}");
        }
    }

    private static double work(String what, byte[] data) {
        switch (what) {
            case "nothing":
                return fastest(1_000_000, Library::voiceroll_abi);
            case "add":
                byte[] megabyte = new byte[1 << 20];
                return fastest(1000, () -> add(megabyte));
            case "bytes":
                return fastest(1, () -> Voiceroll.inspect(Recording.of(data), new InspectOptions()), 1);
            default:
                throw new IllegalArgumentException(what);
        }
    }

    private static void add(byte[] data) {
        Pointer held = Library.voiceroll_recordings_new();
        try (Memory error = Library.room()) {
            if (Library.voiceroll_recordings_add(held, SOURCE, SOURCE.length, data, data.length, error) == 0) {
                throw new IllegalStateException("not added");
            }
        } finally {
            Library.voiceroll_recordings_free(held);
        }
    }

    private static double fastest(int rounds, Runnable work) {
        return fastest(rounds, work, 3);
    }

    /** Seconds per round, of so many tries. */
    private static double fastest(int rounds, Runnable work, int tries) {
        double least = Double.MAX_VALUE;
        for (int time = 0; time < tries; time++) {
            long started = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                work.run();
            }
            least = Math.min(least, (System.nanoTime() - started) / 1e9 / rounds);
        }
        return least;
    }

    /** Megabytes that are held now. */
    private static double memory() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096 / 1e6;
    }
}
