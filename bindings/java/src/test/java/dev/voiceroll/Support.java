// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the tests share: clips, servers, results as the contract writes them. */
final class Support {
    static final Path ROOT =
            Path.of(System.getProperty("voiceroll.root")).toAbsolutePath().normalize();

    private Support() {}

    static Path clip(String name) {
        return ROOT.resolve("tests/audio").resolve(name);
    }

    static byte[] bytes(String name) {
        return bytes(clip(name));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The bytes so many times over. */
    static byte[] repeated(String name, int times) {
        byte[] once = bytes(name);
        ByteBuffer all = ByteBuffer.allocate(once.length * times);
        for (int time = 0; time < times; time++) {
            all.put(once);
        }
        return all.array();
    }

    /** The samples of a plain WAV file of 16 bits. */
    record Pcm(short[] samples, int sampleRate, int channels) {
        static Pcm of(String name) {
            ByteBuffer file = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
            int start = new String(file.array(), StandardCharsets.ISO_8859_1).indexOf("data") + 8;
            short[] samples = new short[file.getInt(start - 4) / 2];
            file.position(start)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return new Pcm(samples, file.getInt(24), file.getShort(22));
        }

        float[] floats() {
            float[] floats = new float[samples.length];
            for (int at = 0; at < floats.length; at++) {
                floats[at] = samples[at] / 32768f;
            }
            return floats;
        }
    }

    /** A program that prints a line of JSON, by which one logs in to it. */
    static final class Server implements AutoCloseable {
        final Process process;
        final JsonObject login;
        private final BufferedReader output;

        private Server(ProcessBuilder program, JsonObject script) throws IOException {
            process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            login = script == null ? answer() : ask(script);
        }

        /** A server for trying things out. */
        static Server served(Path folder) throws IOException {
            String command = Objects.requireNonNullElse(
                    System.getenv("VOICEROLL_COMMAND"),
                    ROOT.resolve("target/release/voiceroll").toString());
            ProcessBuilder program =
                    new ProcessBuilder(command, "serve", "--dev", "--json", "--port", "0", "--data", folder.toString());
            program.environment().put("VOICEROLL_LOG", "warn");
            return new Server(program, null);
        }

        /** A server that misbehaves. */
        static Server scripted(JsonObject script) throws IOException {
            String program = Objects.requireNonNullElse(
                    System.getenv("VOICEROLL_SCRIPTED"),
                    ROOT.resolve("target/debug/examples/scripted").toString());
            return new Server(new ProcessBuilder(program), script);
        }

        JsonObject ask(JsonElement line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return answer();
        }

        private JsonObject answer() throws IOException {
            return JsonParser.parseString(output.readLine()).getAsJsonObject();
        }

        String told(String name) {
            return login.get(name).getAsString();
        }

        Registry connect(ConnectOptions options) {
            String[] given = {told("client_id"), told("client_secret"), told("jwt")};
            return Registry.connect(told("server"), options.credentials(given[0], given[1], given[2]));
        }

        Map<String, String> environment() {
            return Map.of(
                    "VOICEROLL_SERVER", told("server"),
                    "VOICEROLL_CLIENT_ID", told("client_id"),
                    "VOICEROLL_CLIENT_SECRET", told("client_secret"),
                    "VOICEROLL_JWT", told("jwt"));
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** What a program printed and how it ended. */
    record Ended(int status, String output, String errors) {}

    /** Runs a program of Java with the package as it was built. */
    static Ended java(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Dvoiceroll.root=" + ROOT));
        if (!List.of(arguments).contains("-p")) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
        program.environment().putAll(environment);
        Process process = program.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output, Files.readString(errors));
    }

    /** A result as the contract writes it: members in its spelling; bytes as their number. */
    static JsonElement plain(Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        } else if (value instanceof byte[] bytes) {
            return new JsonPrimitive(bytes.length);
        } else if (value instanceof Iterable<?> many) {
            JsonArray list = new JsonArray();
            many.forEach(one -> list.add(plain(one)));
            return list;
        } else if (value instanceof Map<?, ?> map) {
            return plain(map.entrySet().stream()
                    .map(pair -> List.of(pair.getKey(), pair.getValue()))
                    .toList());
        } else if (value instanceof Record) {
            JsonObject members = new JsonObject();
            for (var part : value.getClass().getRecordComponents()) {
                members.add(snake(part.getName()), plain(got(value, part.getName())));
            }
            return members;
        }
        return new JsonPrimitive(value.toString());
    }

    /** A member of a record or an exception. */
    static Object got(Object of, String name) {
        try {
            return of.getClass().getMethod(name).invoke(of);
        } catch (ReflectiveOperationException error) {
            throw new AssertionError(name, error);
        }
    }

    static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase();
    }

    static String camel(String name) {
        StringBuilder made = new StringBuilder();
        for (String word : name.split("_")) {
            made.append(made.isEmpty() ? word : word.substring(0, 1).toUpperCase() + word.substring(1));
        }
        return made.toString();
    }

    /** Resident megabytes of this process. */
    static double megabytes() {
        String pages = new String(bytes(Path.of("/proc/self/statm")), StandardCharsets.US_ASCII).split(" ")[1];
        return Long.parseLong(pages) * 4096 / 1e6;
    }

    /** A part of a case with what its texts stand for. */
    static JsonElement filled(JsonElement value, Map<String, String> kept) {
        if (value.isJsonArray()) {
            JsonArray items = new JsonArray();
            value.getAsJsonArray().forEach(item -> items.add(filled(item, kept)));
            return items;
        }
        if (value.isJsonObject()) {
            JsonObject members = new JsonObject();
            value.getAsJsonObject().asMap().forEach((name, member) -> members.add(name, filled(member, kept)));
            return members;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            return value;
        }
        String text = value.getAsString();
        for (Map.Entry<String, String> held : kept.entrySet()) {
            text = text.replace(held.getKey(), held.getValue());
        }
        return new JsonPrimitive(text);
    }
}
