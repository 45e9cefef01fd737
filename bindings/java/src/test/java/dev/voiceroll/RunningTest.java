// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import static dev.voiceroll.Support.clip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads, futures, interrupts, and the end of a program. */
class RunningTest {
    /** An hour. */
    private static final Recording LONG = Recording.of(Support.repeated("ada-1.mp3", 200));

    @TempDir
    private Path folder;

    private Registry open() {
        return Registry.open(folder.resolve("voices.db"));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Fails unless the calls of this process have stopped working. */
    private static void assertIdle() throws InterruptedException {
        Thread.sleep(300);
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        Thread.sleep(500);
        assertTrue(system.getProcessCpuTime() - before < 200_000_000, "nobody works any more");
    }

    @Test
    void anInterruptEndsALongCall() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> kept = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            thrown.set(assertThrows(CancelledException.class, () -> Voiceroll.inspect(LONG, new InspectOptions())));
            kept.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Thread.sleep(300);
        long started = System.nanoTime();
        thread.interrupt();
        thread.join(5000);
        assertTrue(seconds(started) < 4);
        assertEquals(
                "cancelled",
                assertInstanceOf(CancelledException.class, thrown.get()).code());
        assertTrue(kept.get());
        assertIdle();
    }

    @Test
    void anInterruptedThreadStartsNothingAndClosesAllTheSame() {
        try (Registry registry = open()) {
            Thread.currentThread().interrupt();
            assertThrows(CancelledException.class, () -> registry.enroll("ada", clip("ada-1.mp3")));
        }
        assertTrue(Thread.interrupted());
        try (Registry registry = open()) {
            assertThrows(NotFoundException.class, () -> registry.get("ada"));
        }
    }

    @Test
    void cancellingAFutureStopsTheWork() throws Exception {
        try (Registry registry = open()) {
            CompletableFuture<Enrollment> future = registry.async().enroll("ada", LONG);
            Thread.sleep(200);
            assertTrue(future.cancel(true));
            assertThrows(CancellationException.class, future::join);
            assertIdle();
            assertThrows(NotFoundException.class, () -> registry.get("ada"));
        }
    }

    @Test
    void aFutureThatTimesOutStopsTheWork() throws Exception {
        CompletableFuture<Inspection> future =
                Voiceroll.inspectAsync(LONG, new InspectOptions()).orTimeout(200, TimeUnit.MILLISECONDS);
        Throwable error = assertThrows(CompletionException.class, future::join).getCause();
        assertInstanceOf(TimeoutException.class, error);
        assertIdle();
    }

    @Test
    void aTimeOutOfOursEndsInTime() {
        InspectOptions soon = new InspectOptions().timeout(Duration.ofMillis(100));
        long started = System.nanoTime();
        assertThrows(TimedOutException.class, () -> Voiceroll.inspect(LONG, soon));
        assertTrue(seconds(started) < 5);
    }

    @Test
    void aThousandFuturesNeedAHandfulOfThreads() {
        try (Registry registry = open()) {
            AsyncRegistry async = registry.async();
            Support.Pcm pcm = Support.Pcm.of("ben-1.wav");
            short[] start = Arrays.copyOf(pcm.samples(), 5 * pcm.sampleRate());
            List<Recording> recordings = List.of(Recording.ofSamples(start, pcm.sampleRate(), 1));
            EnrollOptions options = new EnrollOptions().force(true);
            int before = Thread.getAllStackTraces().size();
            List<CompletableFuture<Enrollment>> calls = IntStream.range(0, 1000)
                    .mapToObj(number -> async.enroll("speaker_" + number, recordings, options))
                    .toList();
            int during = Thread.getAllStackTraces().size();
            assertTrue(during - before < 16, () -> before + " threads became " + during);
            assertEquals(
                    1000,
                    calls.stream()
                            .map(call -> call.join().speakerId())
                            .distinct()
                            .count());
            List<String> ids = new ArrayList<>();
            async.forEach(new ListOptions().partial(true), one -> ids.add(one.speakerId()))
                    .join();
            assertEquals(1000, ids.size());
            assertEquals(ids.stream().sorted().toList(), ids);
        }
    }

    @Test
    void manyThreadsShareARegistry() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (Registry registry = open()) {
            List<Future<Enrollment>> calls = new ArrayList<>();
            for (int number = 0; number < 24; number++) {
                String id = "speaker_" + number;
                calls.add(pool.submit(() -> registry.enroll(id, clip("ada-3.webm"))));
            }
            for (Future<Enrollment> call : calls) {
                assertEquals(1, call.get().recordings().size());
            }
            assertEquals(24, registry.list(new ListOptions().partial(true)).total());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Each waits in its listener for the other: that ends only if both are under way at once. */
    @Test
    void callsOfTwoThreadsRunAtOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Inspection>> calls = Stream.of(1, 2)
                    .map(number -> pool.submit(() -> {
                        AtomicReference<Throwable> met = new AtomicReference<>(new AssertionError("no progress"));
                        InspectOptions options = new InspectOptions().progress(progress -> {
                            if (met.get() != null) {
                                met.set(meet(both));
                            }
                        });
                        Inspection found = Voiceroll.inspect(Recording.of(Support.repeated("ada-1.mp3", 5)), options);
                        assertEquals(null, met.get());
                        return found;
                    }))
                    .toList();
            assertEquals(calls.get(0).get(), calls.get(1).get());
        } finally {
            pool.shutdownNow();
        }
    }

    private static Throwable meet(CyclicBarrier both) {
        try {
            both.await(20, TimeUnit.SECONDS);
            return null;
        } catch (Exception error) {
            return error;
        }
    }

    @Test
    void progressIsToldInTheThreadThatWaitsAndItsErrorsAreThrown() {
        List<Thread> threads = new ArrayList<>();
        InspectOptions options = new InspectOptions().progress(progress -> threads.add(Thread.currentThread()));
        Voiceroll.inspect(Recording.of(Support.repeated("ada-1.mp3", 20)), options);
        assertEquals(
                List.of(Thread.currentThread()), threads.stream().distinct().toList());
        IllegalStateException ours = new IllegalStateException("ours");
        InspectOptions failing = new InspectOptions().progress(progress -> {
            throw ours;
        });
        long started = System.nanoTime();
        assertSame(ours, assertThrows(IllegalStateException.class, () -> Voiceroll.inspect(LONG, failing)));
        assertTrue(seconds(started) < 8);
    }

    @Test
    void futuresAndTheirListenersRunByTheExecutor() {
        ExecutorService pool = Executors.newSingleThreadExecutor(work -> new Thread(work, "ours"));
        try (Registry registry = open()) {
            List<String> names = new ArrayList<>();
            CallOptions options = new CallOptions()
                    .progress(progress -> names.add(Thread.currentThread().getName()));
            String name = registry.async(pool)
                    .inspect(Recording.of(Support.repeated("ada-1.mp3", 20)), options)
                    .thenApply(found -> Thread.currentThread().getName())
                    .join();
            assertEquals("ours", name);
            assertEquals(List.of("ours"), names.stream().distinct().toList());
            CompletableFuture<String> usual = registry.async()
                    .inspect(Recording.of(Support.repeated("ada-1.mp3", 20)))
                    .thenApply(found -> Thread.currentThread().getName());
            assertFalse(usual.join().equals("voiceroll"));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void theThreadThatHearsDoesNotWaitForItself() throws Exception {
        Support.Ended ended = Support.java(folder, Map.of(), "dev.voiceroll.Programs", "hears", folder.toString());
        assertEquals("", ended.errors());
        assertTrue(
                ended.output().contains("IllegalStateException")
                        && ended.output().contains("executor"),
                ended::output);
    }

    @Test
    void oneForEachTellsAllInTheExecutor() throws Exception {
        Support.Ended ended = Support.java(folder, Map.of(), "dev.voiceroll.Programs", "each", folder.toString());
        assertEquals(new Support.Ended(0, "[another, ours]\n", ""), ended);
    }

    @Test
    void theThreadThatHearsTakesOverNothingOfTheFirstCaller() throws Exception {
        Support.Ended ended = Support.java(folder, Map.of(), "dev.voiceroll.Programs", "inherited");
        assertEquals(new Support.Ended(0, "voiceroll, null, true\n", ""), ended);
    }

    @Test
    void anExecutorThatIsShutDownFailsTheFuture() {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        pool.shutdownNow();
        try (Registry registry = open()) {
            CompletableFuture<Page> future = registry.async(pool).list();
            Throwable error =
                    assertThrows(CompletionException.class, future::join).getCause();
            assertInstanceOf(RejectedExecutionException.class, error);
            assertEquals(0, registry.list().total());
        }
    }

    @Test
    void oneForEachEndsWithWhatItsConsumerThrows() {
        try (Registry registry = open()) {
            registry.enroll("ada", clip("ada-1.mp3"));
            IllegalStateException ours = new IllegalStateException("ours");
            CompletableFuture<Void> end = registry.async().forEach(new ListOptions(), one -> {
                throw ours;
            });
            assertSame(ours, assertThrows(CompletionException.class, end::join).getCause());
        }
    }

    @Test
    void callsGoOnWhenTheRegistryIsClosed() {
        CompletableFuture<Inspection> future;
        try (Registry registry = open()) {
            future = registry.async().inspect(Recording.of(Support.repeated("ada-1.mp3", 20)));
        }
        assertTrue(future.join().duration() > 300);
    }

    @Test
    void aRegistryThatIsForgottenIsFreed() throws Exception {
        for (int number = 0; number < 20; number++) {
            Registry.open(folder.resolve("voices.db")).list();
        }
        long started = System.nanoTime();
        while (held() > 0 && seconds(started) < 20) {
            System.gc();
            Thread.sleep(50);
        }
        assertEquals(0, held());
    }

    /** How many files in the test's folder are open. */
    private long held() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).startsWith(folder);
                        } catch (IOException gone) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @Test
    void aServerThatHangsIsLeftSoon() throws Exception {
        try (Support.Server server = Support.Server.served(folder)) {
            Registry registry = server.connect(new ConnectOptions());
            assertEquals(0, registry.list().total());
            String pid = Long.toString(server.process.pid());
            assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).start().waitFor());
            long started = System.nanoTime();
            registry.close();
            assertTrue(seconds(started) < 8);
            server.process.destroyForcibly();
        }
    }

    @Test
    void anInterruptWhileItClosesIsKeptAndNotThrown() throws Exception {
        try (Support.Server server = Support.Server.served(folder)) {
            AtomicReference<Object> result = new AtomicReference<>();
            AtomicReference<Boolean> kept = new AtomicReference<>();
            CountDownLatch listed = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                try (Registry registry = server.connect(new ConnectOptions())) {
                    result.set(registry.list());
                    listed.countDown();
                    stopped.await();
                } catch (Exception error) {
                    result.set(error);
                }
                kept.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            listed.await();
            String pid = Long.toString(server.process.pid());
            assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).start().waitFor());
            stopped.countDown();
            while (thread.isAlive() && !waits(thread)) {
                Thread.sleep(10);
            }
            thread.interrupt();
            thread.join();
            assertInstanceOf(Page.class, result.get());
            assertTrue(kept.get());
            server.process.destroyForcibly();
        }
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("await")
                                && frame.getClassName().equals(Bridge.class.getName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"future", "thread"})
    void aProgramMayEndBeforeItsCalls(String how) throws Exception {
        for (int round = 0; round < 5; round++) {
            Support.Ended ended = Support.java(folder, Map.of(), "dev.voiceroll.Programs", how);
            assertEquals(new Support.Ended(0, "under way\n", ""), ended);
        }
    }

    @Test
    void controlCEndsALongCallAtOnce() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Dvoiceroll.root=" + Support.ROOT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.voiceroll.Programs",
                        "wait")
                .start();
        assertEquals('u', process.getInputStream().read());
        long started = System.nanoTime();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertEquals(130, process.waitFor());
        assertTrue(seconds(started) < 8);
    }

    /** A leak would be of 100 kB a round and more; of 1 kB with "futures", of which there are most. */
    @ParameterizedTest
    @CsvSource({"errors, 40", "sounds, 40", "futures, 8", "cancelled, 40"})
    void memoryStaysFlat(String what, double limit) throws Exception {
        Support.Ended ended = Support.java(
                folder,
                Map.of("MALLOC_ARENA_MAX", "2"),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "dev.voiceroll.Programs",
                "memory",
                what);
        assertEquals(0, ended.status(), ended.errors());
        double grown = Double.parseDouble(ended.output());
        assertTrue(grown < limit, () -> grown + " MB");
    }

    @Test
    void aListenerMayMakeCallsOfItsOwn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        InspectOptions options = new InspectOptions().progress(progress -> {
            if (asked.getCount() > 0) {
                assertTrue(Voiceroll.inspect(clip("ada-1.mp3")).problems().isEmpty());
                asked.countDown();
            }
        });
        Voiceroll.inspectAsync(Recording.of(Support.repeated("ada-1.mp3", 5)), options)
                .get(60, TimeUnit.SECONDS);
        assertEquals(0, asked.getCount());
    }

    @Test
    void theLibraryIsTheOneOfThisPackageOrTheOneThatIsNamed() throws Exception {
        String found = Support.java(folder, Map.of(), "dev.voiceroll.Programs", "version")
                .output();
        assertEquals(System.getProperty("voiceroll.version") + "\n", found);
        Path source = Files.writeString(folder.resolve("other.c"), "unsigned voiceroll_abi(void) { return 7; }\n");
        Path other = folder.resolve("other.so");
        Process cc = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", other.toString(), source.toString()).start();
        assertEquals(0, cc.waitFor());
        Path text = Files.writeString(folder.resolve("text.so"), "no library");
        Path part = Files.writeString(folder.resolve("part.c"), "unsigned voiceroll_abi(void) { return 1; }\n");
        Path without = folder.resolve("part.so");
        cc = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", without.toString(), part.toString()).start();
        assertEquals(0, cc.waitFor());
        Map<String, String> wrongs = Map.of(
                other.toString(),
                "ABI 1, and the one found has ABI 7",
                "/none.so",
                "/none.so",
                text.toString(),
                "text.so",
                without.toString(),
                "voiceroll_");
        for (var wrong : wrongs.entrySet()) {
            Map<String, String> environment = Map.of("VOICEROLL_LIBRARY", wrong.getKey());
            // The second call hears the same as the first.
            Support.Ended ended = Support.java(folder, environment, "dev.voiceroll.Programs", "unusable");
            assertEquals(0, ended.status(), ended.errors());
            assertEquals("UnsupportedException not_supported\n".repeat(4), ended.output());
            ended = Support.java(folder, environment, "dev.voiceroll.Programs", "version");
            assertEquals(1, ended.status());
            assertTrue(ended.errors().contains("dev.voiceroll.UnsupportedException: the Voiceroll library cannot be"));
            assertTrue(ended.errors().contains("correct VOICEROLL_LIBRARY"), ended.errors());
            assertTrue(ended.errors().contains(wrong.getValue()), ended.errors());
        }
    }

    @Test
    void aCallThatTheLibraryDoesNotStartFails() throws Exception {
        String functions = "version bytes_free open close free take_callback recordings_free next cancel call_free"
                + " queue_next recordings_new start queue_new models_in";
        StringBuilder source = new StringBuilder("unsigned voiceroll_abi(void) { return 1; }\n");
        source.append("int voiceroll_recordings_add(void) { return 1; }\n");
        for (String function : functions.split(" ")) {
            source.append("void *voiceroll_%s(void) { return 0; }\n".formatted(function));
        }
        Path file = Files.writeString(folder.resolve("none.c"), source);
        Path library = folder.resolve("none.so");
        Process cc = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), file.toString()).start();
        assertEquals(0, cc.waitFor());
        Map<String, String> environment = Map.of("VOICEROLL_LIBRARY", library.toString());
        Support.Ended ended = Support.java(folder, environment, "dev.voiceroll.Programs", "inspect");
        assertTrue(ended.errors().contains("InternalException: the call could not be started"), ended.errors());
    }
}
