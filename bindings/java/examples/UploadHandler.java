// SPDX-License-Identifier: Apache-2.0
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.voiceroll.AsyncRegistry;
import dev.voiceroll.InvalidInputException;
import dev.voiceroll.LimitException;
import dev.voiceroll.Problem;
import dev.voiceroll.Recording;
import dev.voiceroll.RefusedException;
import dev.voiceroll.Registry;
import dev.voiceroll.UnreadableException;
import dev.voiceroll.VoicerollException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Enrolls who posts a recording to /voices/ID. No thread waits while a recording is listened to.
 *
 * <p>{@code java -cp ... UploadHandler.java}
 *
 * <p>{@code curl --data-binary @monday.mp3 http://localhost:8080/voices/59586}
 */
class UploadHandler {
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        AsyncRegistry registry = Registry.open(Path.of("voices.db")).async();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/voices/", exchange -> {
            String speakerId = exchange.getRequestURI().getPath().substring("/voices/".length());
            Recording recording = Recording.of(exchange.getRequestBody());
            registry.enroll(speakerId, recording).whenComplete((enrollment, error) -> {
                if (error == null) {
                    String missing = "%.1f s of speech are missing%n".formatted(enrollment.missingSeconds());
                    answer(exchange, 200, enrollment.complete() ? "enrolled\n" : missing);
                } else {
                    answer(exchange, status(error), advice(error));
                }
            });
        });
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
    }

    static int status(Throwable error) {
        if (error instanceof CompletionException wrapped) {
            return status(wrapped.getCause());
        }
        boolean theirs = error instanceof InvalidInputException
                || error instanceof UnreadableException
                || error instanceof LimitException;
        return error instanceof RefusedException ? 422 : theirs ? 400 : 500;
    }

    static String advice(Throwable error) {
        if (error instanceof RefusedException refused) {
            return refused.problems().stream().map(Problem::advice).collect(Collectors.joining("\n", "", "\n"));
        }
        return error instanceof VoicerollException known ? known.getMessage() + "\n" : "sorry\n";
    }

    static void answer(HttpExchange exchange, int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
