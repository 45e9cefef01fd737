// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import static dev.voiceroll.Support.ROOT;
import static dev.voiceroll.Support.clip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples, and what the README shows, run as they stand. */
class ExamplesTest {
    private static final Path PACKAGE = ROOT.resolve("bindings/java");

    @TempDir
    private Path folder;

    private static String example(String name) {
        return PACKAGE.resolve("examples").resolve(name).toString();
    }

    private static String printed(Support.Ended ended) {
        assertEquals(0, ended.status(), ended.errors());
        return ended.output();
    }

    private static List<String> shown() throws Exception {
        String text = Files.readString(PACKAGE.resolve("README.md"));
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void theReadmeOnTheClassPathAndAsAModule() throws Exception {
        Path program = folder.resolve("Readme.java");
        Files.writeString(program, shown().get(0));
        assertEquals(
                Files.readString(Path.of(example("Readme.java"))),
                "// SPDX-License-Identifier: Apache-2.0\n" + shown().get(0));
        String modules = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(path -> path.matches(".*/(voiceroll|jna|gson)-[^/]*jar"))
                .collect(Collectors.joining(":"));
        String expected = Files.readString(ROOT.resolve("tests/readme.txt"));
        for (String[] command : new String[][] {
            {program.toString()}, {"-p", modules, "--add-modules", "dev.voiceroll", program.toString()}
        }) {
            Path place = Files.createTempDirectory(folder, "place");
            Files.createSymbolicLink(place.resolve("tests"), ROOT.resolve("tests"));
            assertEquals(expected, printed(Support.java(place, Map.of(), command)));
        }
    }

    @Test
    void whatTheReadmeShowsElseCompiles() throws Exception {
        String body = shown().stream()
                .skip(1)
                .map(block -> "    {\n" + block + "    }\n")
                .collect(Collectors.joining());
        String program = "import dev.voiceroll.*;\nimport java.nio.file.Path;\nimport java.time.Duration;\n"
                + "import java.util.List;\nclass Shown {\n"
                + "  static void shown(Registry registry, AsyncRegistry async, Path path) throws Exception {\n"
                + body + "  }\n  public static void main(String[] args) {}\n}\n";
        Path file = Files.writeString(folder.resolve("Shown.java"), program);
        printed(Support.java(folder, Map.of(), file.toString()));
    }

    @Test
    void aReleaseWithoutALibrarySaysHowToBuildOne() throws Exception {
        ProcessBuilder release = new ProcessBuilder(
                PACKAGE.resolve("release").toString(), folder.resolve("out").toString());
        release.environment().put("VOICEROLL_LIBRARY", "/nowhere.so");
        Process ended = release.redirectErrorStream(true).start();
        String told = new String(ended.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, ended.waitFor(), told);
        assertTrue(told.contains("/nowhere.so") && told.contains("cargo build --release -p voiceroll-c"), told);
    }

    @Test
    void createOrUpdateInAFile() throws Exception {
        createOrUpdate(Map.of());
    }

    @Test
    void createOrUpdateOnAServer() throws Exception {
        try (Support.Server server = Support.Server.served(Files.createDirectory(folder.resolve("served")))) {
            createOrUpdate(server.environment());
        }
    }

    private void createOrUpdate(Map<String, String> environment) throws Exception {
        String program = example("CreateOrUpdate.java");
        String first = printed(Support.java(
                folder, environment, program, "59586", clip("ben-1.wav").toString()));
        assertTrue(first.startsWith("59586 is new") && first.contains("still missing"), first);
        String second = printed(Support.java(
                folder, environment, program, "59586", clip("ben-2.ogg").toString()));
        assertTrue(second.startsWith("59586 is enrolled") && second.contains("complete=true"), second);
    }

    @Test
    void anUpload() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Process server = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), example("UploadHandler.java"), "0")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            MatchResult port = Pattern.compile("\\d+")
                    .matcher(output.readLine())
                    .results()
                    .findFirst()
                    .orElseThrow();
            String address = "http://localhost:" + port.group() + "/voices/";
            assertEquals("200 enrolled", upload(address + "ada", "ada-1.mp3"));
            assertTrue(upload(address + "ben", "ben-1.wav").startsWith("200 "));
            assertTrue(upload(address + "ben", "fault-silence.flac").startsWith("422 "));
            assertTrue(upload(address + "ben", "not-text.mp3").startsWith("400 "));
            assertTrue(upload(address + "a-b", "ada-1.mp3").startsWith("400 "));
        } finally {
            server.destroyForcibly();
        }
    }

    private static String upload(String address, String clip) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofFile(clip(clip)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body().strip();
    }
}
