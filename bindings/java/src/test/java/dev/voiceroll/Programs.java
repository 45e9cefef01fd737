// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Programs that the tests run in processes of their own. */
final class Programs {
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
}
