// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import static dev.voiceroll.Support.clip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls give back, and what they throw. */
class ResultsTest {
    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void place() {
        store = folder.resolve("voices.db");
    }

    private static Object copied(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    @Test
    void resultsAreImmutableComparableAndSerializable() throws Exception {
        try (Registry registry = Registry.open(store)) {
            Enrollment enrollment = registry.enroll("ada", clip("ada-1.mp3"), clip("fault-silence.flac"));
            Prepared prepared = registry.prepare(clip("ada-1.mp3"));
            for (Object result : List.of(
                    enrollment,
                    prepared,
                    registry.list(),
                    registry.inspect(clip("fault-clipped.mp3")),
                    registry.verify("ada", clip("ada-2.m4a")),
                    registry.identify(clip("fault-two-speakers.mp3")),
                    registry.diarize(clip("fault-two-speakers.mp3")))) {
                Object copy = copied(result);
                assertNotSame(result, copy);
                assertEquals(result, copy);
                assertEquals(result.hashCode(), copy.hashCode());
                assertEquals(result.toString(), copy.toString());
            }
            List<Sample> samples = enrollment.recordings();
            assertThrows(UnsupportedOperationException.class, () -> samples.remove(0));
            byte[] wav = prepared.wav();
            assertArrayEquals("RIFF".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(wav, 4));
            wav[0] = 0;
            assertEquals('R', prepared.wav()[0]);
        }
    }

    @Test
    void wordsHaveAnOrderAndTexts() {
        assertTrue(Quality.POOR.compareTo(Quality.AVERAGE) < 0 && Quality.GOOD.compareTo(Quality.HIGH) < 0);
        assertEquals("Good", Quality.GOOD.toString());
        assertEquals("too_little_speech", Decision.TOO_LITTLE_SPEECH.toString());
        assertThrows(IllegalStateException.class, () -> Quality.read(new JsonPrimitive("Superb")));
    }

    @Test
    void anInspectionSaysWhetherItWouldEnroll() {
        Inspection good = Voiceroll.inspect(clip("ada-1.mp3"));
        assertTrue(good.accepted());
        assertFalse(good.toString().contains("accepted"));
        assertFalse(Voiceroll.inspect(clip("fault-silence.flac")).accepted());
    }

    @Test
    void whatANewerLibrarySaysBesidesIsNotLookedAt() {
        String text = "{\"recording\": 0, \"recordings\": 1, \"fraction\": 0.1, \"mood\": [\"good\"]}";
        assertEquals(new Progress(0, 1, 0.1), Progress.read(JsonParser.parseString(text)));
    }

    @Test
    void nothingPrintedHoldsAVoiceANameOrWords() {
        try (Registry registry = Registry.open(store)) {
            registry.enroll("ada", clip("ada-1.mp3"));
            String record = "{\"id\": \"1\", \"to\": {\"name\": \"Somebody\", \"extensionId\": \"ada\"}}";
            CallIdentification call = registry.identifyCall(record, Recording.of(clip("ada-2.m4a")));
            assertEquals("Somebody", call.segments().get(0).name());
            assertFalse(call.toString().contains("Somebody"));
            assertFalse(registry.prepare(clip("ada-1.mp3")).toString().contains("wav"));
            assertFalse(registry.toString().contains("voices.db"));
        }
        Word word = new Word("secret", 0, 1, "ada");
        Utterance utterance = new Utterance("a secret", 0, 1, "ada", 1);
        Transcript transcript = new Transcript("a secret", 1, List.of(word), List.of(utterance));
        for (Object said : List.of(word, utterance, transcript, new JobResult(1, List.of(), transcript))) {
            assertFalse(said.toString().contains("secret"), said.toString());
        }
        JobRequest job = JobRequest.identify("https://media.example.com/1?token=secret", List.of("ada"))
                .webhook("https://me/hook");
        assertEquals("JobRequest[api=identify]", job.toString());
        ConnectOptions options = new ConnectOptions().credentials("id", "secret", "token");
        assertFalse(options.toString().contains("secret"));
    }

    @Test
    void exceptionsAreSerializableAndSayWhatToDo() throws Exception {
        try (Registry registry = Registry.open(store)) {
            RefusedException error =
                    assertThrows(RefusedException.class, () -> registry.enroll("ada", clip("fault-silence.flac")));
            RefusedException again = (RefusedException) copied(error);
            assertEquals(error.problems(), again.problems());
            assertEquals(error.toString(), again.toString());
            assertEquals("no_speech", error.problems().get(0).code());
            assertFalse(error.problems().get(0).advice().isEmpty());
            assertTrue(error.toString().endsWith("[recording_refused]"));
            assertTrue(Arrays.stream(error.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(ResultsTest.class.getName())));
        }
    }

    @Test
    void anUnknownKindIsTheParent() {
        JsonObject told = new JsonObject();
        told.addProperty("code", "novel");
        told.addProperty("kind", "Novel");
        told.addProperty("message", "new");
        told.addProperty("retryable", true);
        told.addProperty("added", 0);
        told.addProperty("outcome_unknown", false);
        VoicerollException error = Kinds.exception(Fault.read(told));
        assertEquals(VoicerollException.class, error.getClass());
        assertEquals("novel", error.code());
        assertEquals(List.of(), error.problems());
    }

    @Test
    void everybodyCanBeDeletedWhileTheRollIsRead() {
        ListOptions options = new ListOptions().partial(true).perPage(2);
        try (Registry registry = Registry.open(store)) {
            for (int number = 0; number < 7; number++) {
                registry.enroll("speaker_" + number, clip("ada-3.webm"));
            }
            Iterable<Enrollment> roll = registry.iterate(options);
            List<String> ids = new ArrayList<>();
            roll.forEach(one -> ids.add(one.speakerId()));
            assertEquals(7, ids.size());
            roll.forEach(one -> registry.delete(one.speakerId()));
            assertEquals(0, registry.list(options).total());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"panic", "panic_later"})
    void aDefectOfOursIsAnOrdinaryException(String verb) {
        Bridge bridge = Bridge.open(Recording.name("store", store), new JsonObject());
        JsonObject none = new JsonObject();
        InternalException error = assertThrows(
                InternalException.class, () -> bridge.run(verb, none, List.of(), new CallOptions(), nothing -> null));
        assertEquals("internal", error.code());
        assertFalse(error.getMessage().contains("a defect, for a test"));
        assertEquals(
                0,
                bridge.run("list", none, List.of(), new ListOptions(), Page::read)
                        .total());
        bridge.close();
    }

    @Test
    void wrongArgumentsAreTold() {
        Registry registry = Registry.open(store);
        Recording clip = Recording.of(clip("ada-1.mp3"));
        isNull("speakerId", () -> registry.get(null));
        isNull("speakerId", () -> registry.async().get(null));
        isNull("recording", () -> registry.verify("ada", (Recording) null));
        isNull("recording", () -> registry.async().verify("ada", (Path) null));
        isNull("recording", () -> registry.prepare((Recording) null));
        isNull("recording", () -> Voiceroll.inspect((Path) null));
        isNull("recordings", () -> registry.enroll("ada", clip, null));
        isNull("recordings", () -> registry.enroll("ada", (Path) null));
        isNull("recordings", () -> registry.enroll("ada", null, new EnrollOptions()));
        isNull("record", () -> registry.identifyCall(null));
        isNull("jobId", () -> registry.waitFor(null));
        isNull("speakerIds", () -> JobRequest.identify("https://example.com/1", null));
        isNull("path", () -> Registry.open(null));
        isNull("request", () -> registry.submit(null));
        isNull("request", () -> registry.async().submit(null));
        isNull("options", () -> registry.submit(JobRequest.diarize("https://example.com/1"), null));
        isNull("options", () -> registry.get("ada", null));
        isNull("options", () -> registry.async().get("ada", null));
        isNull("options", () -> registry.list(null));
        isNull("options", () -> registry.iterate(null));
        isNull("options", () -> registry.async().forEach(null, one -> {}));
        isNull("each", () -> registry.async().forEach(new ListOptions(), null));
        isNull("options", () -> registry.prepare(clip, null));
        isNull("options", () -> registry.enroll("ada", List.of(clip), null));
        isNull("options", () -> registry.identifyCall("{}", clip, null));
        isNull("options", () -> registry.job("6f1e", null));
        isNull("options", () -> new Callbacks().waitFor("6f1e", null));
        isNull("options", () -> Voiceroll.inspect(clip, null));
        isNull("options", () -> Voiceroll.prepareAsync(clip, null));
        isNull("options", () -> Registry.open(store, null));
        isNull("options", () -> Registry.connect("https://voices.example.com", null));
        isNull("model", () -> new RegistryOptions().model(null));
        assertThrows(InvalidInputException.class, () -> registry.get("a-b"));
        assertThrows(InvalidInputException.class, () -> registry.list(new ListOptions().page(0)));
        assertThrows(InvalidInputException.class, () -> registry.enroll("ada", new Path[0]));
        assertThrows(IllegalArgumentException.class, () -> registry.identifyCall("{"));
        CallOptions back = new CallOptions().timeout(Duration.ofSeconds(-1));
        assertThrows(InvalidInputException.class, () -> registry.get("ada", back));
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            var error = assertThrows(IllegalArgumentException.class, () -> new RegistryOptions().falseAcceptRate(none));
            assertTrue(error.getMessage().startsWith("`falseAcceptRate` must be a finite"), error.getMessage());
        }
        refused("`perPage` is 1 to", () -> registry.list(new ListOptions().perPage(0)));
        refused(": `perPage` has the", () -> registry.list(new ListOptions().perPage(-1)));
        refused("`falseAcceptRate`", () -> Registry.open(store, new RegistryOptions().falseAcceptRate(7)));
        refused("`maxBytes`", () -> Registry.open(store, new RegistryOptions().maxBytes(-1)));
        ConnectOptions plain = new ConnectOptions().credentials("app", "b", "c");
        refused("`plainHttp`", () -> Registry.connect("http://voices.example.com", plain));
        ConnectOptions some = new ConnectOptions().credentials("app", null, null);
        refused("`clientId`", () -> Registry.connect("https://voices.example.com", some));
        assertThrows(UnsupportedException.class, () -> registry.submit(JobRequest.diarize("https://example.com/1")));
        assertThrows(StoreException.class, () -> Registry.open(folder));
        JsonObject unknown = new JsonObject();
        unknown.addProperty("colour", "red");
        String told = assertThrows(InvalidInputException.class, () -> Bridge.open(null, unknown))
                .getMessage();
        assertTrue(told.contains("`colour`"), told);
        registry.close();
    }

    private static void refused(String part, Executable call) {
        String told = assertThrows(InvalidInputException.class, call).getMessage();
        assertTrue(told.contains(part), told);
    }

    private static void isNull(String parameter, Executable call) {
        NullPointerException error = assertThrows(NullPointerException.class, call);
        assertEquals("`" + parameter + "` is null", error.getMessage());
    }

    @Test
    void aClosedRegistryDoesNothingMore() {
        Registry registry = Registry.open(store);
        AsyncRegistry async = registry.async();
        registry.close();
        registry.close();
        String told = assertThrows(InvalidInputException.class, registry::list).getMessage();
        assertTrue(told.contains("closed"), told);
        assertTrue(async.list().handle((page, error) -> error).join() instanceof InvalidInputException);
    }

    @Test
    void aCallbackIsTakenAndWaitedFor() {
        Callbacks callbacks = new Callbacks();
        byte[] body = Programs.CALLBACK;
        var later = callbacks.waitForAsync("6f1e", new CallOptions(), ForkJoinPool.commonPool());
        assertFalse(later.isDone());
        Job job = callbacks.take(body);
        assertEquals("6f1e", job.id());
        assertEquals(JobStatus.SUCCESS, job.status());
        assertEquals(List.of(), later.join().segments());
        callbacks.take(
                new String(body, StandardCharsets.UTF_8).replace("6f1e", "6f1f").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), callbacks.waitFor("6f1f", new CallOptions()).segments());
        CallOptions soon = new CallOptions().timeout(Duration.ofMillis(50));
        assertThrows(TimedOutException.class, () -> callbacks.waitFor("another", soon));
        byte[] none = "[]".getBytes(StandardCharsets.UTF_8);
        assertThrows(UnsupportedException.class, () -> callbacks.take(none));
        assertThrows(UnauthorizedException.class, () -> new Callbacks("a secret").take(body, "1", "sha256=00"));
        assertThrows(InvalidInputException.class, () -> new Callbacks(""));
    }

    @Test
    void theLogHoldsNoIdsAndNoPaths() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.voiceroll");
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        try (Registry registry = Registry.open(store)) {
            registry.enroll("ada", clip("ada-1.mp3"));
            assertEquals(List.of(), lines, "silent unless it is asked for");
            logger.setLevel(Level.FINE);
            assertThrows(ConflictException.class, () -> registry.create("ada", clip("ada-1.mp3")));
        } finally {
            Locale.setDefault(usual);
            logger.setLevel(null);
            logger.removeHandler(handler);
        }
        assertTrue(lines.get(0).matches("create: speaker_exists after \\d+\\.\\d{3} s"), lines.get(0));
        assertFalse(String.join("\n", lines).contains("ada"));
    }
}
