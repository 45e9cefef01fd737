// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import static dev.voiceroll.Support.clip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The contract that every language passes: {@code tests/cases}, in all places, waiting and with futures. */
class CasesTest {
    /** Cases that this runner cannot do yet, and why. */
    private static final Map<String, String> MISSING = Map.of();

    private static final List<JsonObject> CASES = cases();
    private static final Map<String, String> CLASSES = classes();

    @TempDir
    private static Path folder;

    private static Support.Server served;

    @BeforeAll
    static void serve() throws IOException {
        served = Support.Server.served(Files.createDirectory(folder.resolve("served")));
    }

    @AfterAll
    static void end() {
        served.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCase() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonObject given : CASES) {
            String name = given.get("name").getAsString();
            for (String where : places(given)) {
                for (boolean waiting : new boolean[] {true, false}) {
                    String style = waiting ? "waiting" : "futures";
                    tests.add(DynamicTest.dynamicTest(
                            name + ", " + where + ", " + style, () -> run(given, where, waiting)));
                }
            }
        }
        return tests.stream();
    }

    @Test
    void everyClassOfTheTableIsThere() throws ClassNotFoundException {
        for (String name : CLASSES.values()) {
            assertEquals(
                    VoicerollException.class,
                    Class.forName("dev.voiceroll." + name).getSuperclass());
        }
    }

    @Test
    void theListOfMissingCasesNamesCases() {
        Set<String> names = new HashSet<>();
        CASES.forEach(one -> names.add(one.get("name").getAsString()));
        assertTrue(names.containsAll(MISSING.keySet()));
        assertEquals(CASES.size(), names.size());
    }

    private static void onFile(JsonObject given, boolean waiting) throws Exception {
        Path store = Files.createTempDirectory(folder, "case");
        Map<String, String> kept = new HashMap<>(Map.of("$FOLDER", store.toString()));
        JsonObject first =
                given.has("open") ? Support.filled(given.get("open"), kept).getAsJsonObject() : new JsonObject();
        first.addProperty("path", store.resolve("voices.db").toString());
        Registry registry = Performer.opened(first);
        try {
            for (JsonElement before : members(given, "given")) {
                JsonObject step = Support.filled(before, kept).getAsJsonObject();
                String verb = step.get("verb").getAsString();
                if (verb.equals("open")) {
                    registry.close();
                    registry = Performer.opened(step.getAsJsonObject("args"));
                } else if (verb.equals("edit")) {
                    edit(step.getAsJsonObject("args"));
                } else {
                    Object found = new Performer(registry, step, waiting).perform();
                    if (step.has("keep")) {
                        kept.put(before.getAsJsonObject().get("keep").getAsString(), (String) found);
                    }
                }
            }
            JsonObject call = Support.filled(given.get("call"), kept).getAsJsonObject();
            check(given, "embedded", new Performer(registry, call, waiting));
        } finally {
            registry.close();
        }
    }

    /** Changes what a file has in all places. */
    private static void edit(JsonObject args) throws IOException {
        Path file = Path.of(args.get("file").getAsString());
        String data = Files.readString(file, StandardCharsets.ISO_8859_1);
        String changed =
                data.replace(args.get("from").getAsString(), args.get("to").getAsString());
        assertNotEquals(data, changed);
        Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
    }

    private static void run(JsonObject given, String where, boolean waiting) throws Exception {
        String missing = MISSING.get(given.get("name").getAsString());
        if (missing != null) {
            fail("this runner cannot do it yet: " + missing);
        }
        if (where.equals("embedded")) {
            onFile(given, waiting);
            return;
        }
        try (Support.Server scripted = where.equals("scripted") ? Support.Server.scripted(given) : null;
                Registry registry =
                        switch (where) {
                            case "server" -> served.connect(new ConnectOptions());
                            case "scripted" -> scripted.connect(new ConnectOptions().inspect(false));
                            default -> null;
                        }) {
            try {
                for (JsonElement before : members(given, "given")) {
                    new Performer(registry, before.getAsJsonObject(), waiting).perform();
                }
                check(given, where, new Performer(registry, given.getAsJsonObject("call"), waiting));
                if (scripted != null && given.getAsJsonObject("expect").has("requests")) {
                    JsonObject counts = scripted.ask(new JsonObject());
                    given.getAsJsonObject("expect")
                            .getAsJsonObject("requests")
                            .asMap()
                            .forEach((method, count) -> assertEquals(
                                    count.getAsInt(),
                                    counts.has(method) ? counts.get(method).getAsInt() : 0,
                                    method));
                }
            } finally {
                if (where.equals("server")) {
                    registry.iterate(new ListOptions().partial(true)).forEach(one -> registry.delete(one.speakerId()));
                }
            }
        }
    }

    /** Makes the call of a case and holds what comes of it against what is expected. */
    private static void check(JsonObject given, String where, Performer performer) throws Exception {
        JsonObject expect = given.getAsJsonObject("expect");
        JsonObject line = new JsonObject();
        line.add("case", given.get("name"));
        line.addProperty("where", where);
        long started = System.nanoTime();
        try {
            JsonElement found = Support.plain(performer.perform());
            assertTrue(expect.has("result"), () -> "it came to " + found);
            assertTrue(Matcher.matches(found, expect.get("result")), () -> "it came to " + found);
            line.add("result", found);
        } catch (VoicerollException error) {
            assertTrue(expect.has("error"), () -> "it failed: " + error);
            assertEquals(
                    "dev.voiceroll." + CLASSES.get(error.kind()),
                    error.getClass().getName());
            JsonObject found = new JsonObject();
            for (String name : expect.getAsJsonObject("error").keySet()) {
                found.add(
                        name,
                        Support.plain(Support.got(error, name.equals("message") ? "getMessage" : Support.camel(name))));
            }
            assertTrue(Matcher.matches(found, expect.get("error")), () -> "it failed: " + found);
            line.addProperty("error", error.code());
        } catch (CancellationException cancelled) {
            // What a future says of itself; the library's own error is that of the waiting style.
            assertEquals(
                    "Cancelled", expect.getAsJsonObject("error").get("kind").getAsString());
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        assertTrue(seconds < (expect.has("within") ? expect.get("within").getAsDouble() : 60), () -> seconds + " s");
        if (expect.has("progress")) {
            List<Double> fractions =
                    performer.told.stream().map(Progress::fraction).toList();
            assertEquals(fractions.stream().sorted().toList(), fractions);
            assertEquals(1, fractions.get(fractions.size() - 1));
        }
        String results = System.getenv("VOICEROLL_RESULTS");
        if (results != null && performer.waiting && Set.of("embedded", "free").contains(where)) {
            Files.writeString(Path.of(results), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** A recording as a case describes it. */
    static Recording source(JsonElement told, JsonElement encoding) throws IOException {
        Recording made;
        if (!told.isJsonObject()) {
            made = Recording.of(clip(told.getAsString()));
        } else {
            JsonObject of = told.getAsJsonObject();
            String kind = of.keySet().iterator().next();
            String name = of.get(kind).getAsString();
            made = switch (kind) {
                case "bytes" -> Recording.of(Support.bytes(name));
                case "stream" -> Recording.of(new ByteArrayInputStream(Support.bytes(name)));
                case "text" -> Recording.of(name.getBytes(StandardCharsets.UTF_8));
                case "repeat" ->
                    Recording.of(Support.repeated(name, of.get("times").getAsInt()));
                case "missing" -> Recording.of(clip(name));
                case "samples" -> samples(Support.Pcm.of(name), of.get("format").getAsString());
                default -> throw new AssertionError(kind);
            };
        }
        return encoding == null ? made : made.encoding(encoding.getAsString());
    }

    private static Recording samples(Support.Pcm pcm, String format) {
        return format.equals("i16")
                ? Recording.ofSamples(pcm.samples(), pcm.sampleRate(), pcm.channels())
                : Recording.ofSamples(pcm.floats(), pcm.sampleRate(), pcm.channels());
    }

    static Iterable<JsonElement> members(JsonObject of, String name) {
        return of.has(name) ? of.getAsJsonArray(name) : List.of();
    }

    private static List<String> places(JsonObject given) {
        return given.has("where")
                ? StreamSupport.stream(given.getAsJsonArray("where").spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of("embedded", "server");
    }

    private static List<JsonObject> cases() {
        try (Stream<Path> files = Files.list(Support.ROOT.resolve("tests/cases"))) {
            return files.sorted()
                    .map(file -> JsonParser.parseString(new String(Support.bytes(file), StandardCharsets.UTF_8)))
                    .flatMap(file -> StreamSupport.stream(
                            file.getAsJsonObject().getAsJsonArray("cases").spliterator(), false))
                    .map(JsonElement::getAsJsonObject)
                    .toList();
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    private static Map<String, String> classes() {
        Map<String, String> classes = new HashMap<>();
        byte[] table = Support.bytes(Support.ROOT.resolve("tests/errors.json"));
        for (JsonElement row : Json.parsed(table).getAsJsonObject().getAsJsonArray("classes")) {
            JsonObject one = assertInstanceOf(JsonObject.class, row);
            classes.put(one.get("kind").getAsString(), one.get("java").getAsString());
        }
        return classes;
    }
}
