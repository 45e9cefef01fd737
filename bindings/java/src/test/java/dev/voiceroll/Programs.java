// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Programs that the tests run in processes of their own. */
final class Programs {
    static final byte[] CALLBACK = "{\"jobId\":\"6f1e\",\"status\":\"Success\",\"response\":{\"utterances\":[]}}"
            .getBytes(StandardCharsets.UTF_8);

    /** Holds a caller up between the start of its call and what it attaches to the future. */
    private static final Logger SLOW = new Logger("dev.voiceroll", null) {
        @Override
        public boolean isLoggable(Level level) {
            LockSupport.parkNanos(200_000_000);
            return false;
        }
    };

    private Programs() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("memory")) {
            System.out.println(growth(args[1]));
            return;
        }
        if (args[0].equals("version")) {
            System.out.println(Voiceroll.version());
            return;
        }
        if (args[0].equals("unusable")) {
            unusable();
            return;
        }
        if (args[0].equals("inspect")) {
            Recording clip = Recording.of(Support.clip("ada-1.mp3"));
            Voiceroll.inspectAsync(clip, new InspectOptions()).get(60, TimeUnit.SECONDS);
            return;
        }
        if (args[0].equals("inherited")) {
            System.out.println(inherited());
            return;
        }
        if (args[0].equals("hears")) {
            System.out.println(waited(Path.of(args[1])));
            return;
        }
        if (args[0].equals("each")) {
            System.out.println(toldIn(Path.of(args[1])));
            return;
        }
        if (args[0].equals("calibration")) {
            System.out.println(calibrated(Path.of(args[1])));
            return;
        }
        Recording hour = Recording.of(Support.repeated("ada-1.mp3", 200));
        InspectOptions options = new InspectOptions().maxSeconds(1e6);
        if (args[0].equals("future")) {
            Voiceroll.inspectAsync(hour, options);
        } else {
            Thread thread = new Thread(() -> Voiceroll.inspect(hour, options));
            thread.setDaemon(args[0].equals("thread"));
            thread.start();
        }
        Thread.sleep(100);
        System.out.println("under way");
    }

    /** What becomes of calls that wait in the thread that hears: in it, as a callback comes later than its dependent. */
    private static String waited(Path folder) throws Exception {
        Callbacks callbacks = new Callbacks();
        Registry registry = Registry.open(folder.resolve("voices.db"));
        CompletableFuture<String> told = callbacks
                .waitForAsync("6f1e", new CallOptions(), Runnable::run)
                .thenApply(found -> {
                    try {
                        return "listed " + registry.list();
                    } catch (IllegalStateException error) {
                        registry.close();
                        return error.toString();
                    }
                });
        callbacks.take(CALLBACK);
        String said = told.get(60, TimeUnit.SECONDS);
        try {
            return "open " + registry.list();
        } catch (InvalidInputException closed) {
            return said;
        }
    }

    /** What the thread that hears has of the thread that made the first call. */
    private static String inherited() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("ours");
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
        Callbacks callbacks = new Callbacks();
        CompletableFuture<String> told = callbacks
                .waitForAsync("6f1e", new CallOptions(), Runnable::run)
                .thenApply(found -> {
                    Thread thread = Thread.currentThread();
                    return thread.getName() + ", " + local.get() + ", "
                            + (thread.getContextClassLoader() == ClassLoader.getSystemClassLoader());
                });
        callbacks.take(CALLBACK);
        return told.get();
    }

    /** Which threads are told of enrollments, where the caller is so slow that each page is there before. */
    private static Set<String> toldIn(Path folder) {
        LogManager.getLogManager().addLogger(SLOW);
        ExecutorService pool = Executors.newSingleThreadExecutor(work -> new Thread(work, "ours"));
        Set<String> names = new TreeSet<>();
        Thread caller = Thread.currentThread();
        try (Registry registry = Registry.open(folder.resolve("voices.db"))) {
            registry.enroll("ada", Support.clip("ada-1.mp3"));
            registry.async(pool)
                    .forEach(
                            new ListOptions(),
                            one -> names.add(Thread.currentThread().getName()))
                    .join();
            registry.async()
                    .forEach(
                            new ListOptions(),
                            one -> names.add(Thread.currentThread() == caller ? "caller" : "another"))
                    .join();
            return names;
        } finally {
            pool.shutdown();
        }
    }

    /** What is said of the only file of a folder as a calibration. */
    private static String calibrated(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            RegistryOptions options = new RegistryOptions().calibration(file);
            try {
                Registry.open(folder.resolveSibling("voices.db"), options).close();
                return "opened";
            } catch (VoicerollException error) {
                return error.code();
            }
        }
    }

    /** Megabytes by which this process grows over many rounds. */
    private static double growth(String what) throws Exception {
        Path folder = Files.createTempDirectory("voiceroll");
        byte[] noise = new byte[100_000];
        byte[] data = Support.bytes("ada-1.mp3");
        try (Registry registry = Registry.open(folder.resolve("voices.db"))) {
            registry.enroll("ada", Recording.of(data));
            Runnable round =
                    switch (what) {
                        case "errors" ->
                            () -> {
                                try {
                                    registry.inspect(Recording.of(noise));
                                    throw new AssertionError("that is no recording");
                                } catch (UnreadableException expected) {
                                    registry.get("ada");
                                }
                            };
                        case "sounds" ->
                            () -> {
                                if (registry.prepare(Recording.of(data)).wav().length < 100_000) {
                                    throw new AssertionError("no sound");
                                }
                            };
                        case "futures" ->
                            () -> Stream.generate(() -> registry.async().get("ada"))
                                    .limit(10)
                                    .toList()
                                    .forEach(CompletableFuture::join);
                        default ->
                            () -> registry.async().inspect(Recording.of(data)).cancel(true);
                    };
            int rounds = Map.of("sounds", 60, "futures", 400).getOrDefault(what, 1000);
            double before = 0;
            for (int part = 0; part < 4; part++) {
                if (part == 2) {
                    before = settled(registry);
                }
                for (int number = 0; number < rounds; number++) {
                    round.run();
                }
            }
            return settled(registry) - before;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : List.of(files.sorted((a, b) -> b.compareTo(a)).toArray(Path[]::new))) {
                    Files.delete(file);
                }
            }
        }
    }

    private static double settled(Registry registry) throws InterruptedException {
        Thread.sleep(500);
        registry.list();
        return Support.megabytes();
    }

    /** Prints the error of each call where the library cannot be used. */
    private static void unusable() {
        Path clip = Support.clip("ada-1.mp3");
        List<Runnable> calls = List.of(
                Voiceroll::version,
                () -> Registry.open(Path.of("voices.db")),
                () -> Voiceroll.inspect(clip),
                () -> Voiceroll.inspectAsync(Recording.of(clip), new InspectOptions()));
        for (Runnable call : calls) {
            try {
                call.run();
            } catch (VoicerollException told) {
                System.out.println(told.getClass().getSimpleName() + " " + told.code());
            }
        }
    }
}
