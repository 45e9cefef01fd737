// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Receives what servers post to the webhook of a {@link JobRequest}: hand each request to {@link #take}, and answer 200.
 */
public final class Callbacks {
    private final Bridge bridge;

    /** Accepts all callbacks, such as RingCentral's, which are not signed. */
    public Callbacks() {
        this.bridge = Bridge.open(null, settings());
    }

    /**
     * Takes only callbacks that are signed.
     *
     * @param secret what they are signed with: the app's secret, of {@code voiceroll apps callback-secret}
     * @throws InvalidInputException for an empty one
     */
    public Callbacks(String secret) {
        this.bridge = Bridge.open(null, Options.with(settings(), "secret", Bridge.given("secret", secret)));
    }

    private static JsonObject settings() {
        return Options.with(new JsonObject(), "callbacks", true);
    }

    /**
     * Takes in a request that is not signed.
     *
     * @param body its body
     * @return how the job stands
     * @throws UnsupportedException for a body that is not a job: answer 400
     * @throws UnauthorizedException if it should be signed: answer 401
     */
    public Job take(byte[] body) {
        return take(body, null, null);
    }

    /**
     * Takes in a request.
     *
     * @param body its body
     * @param timestamp its header {@code Voiceroll-Timestamp}, or {@code null}
     * @param signature its header {@code Voiceroll-Signature}, or {@code null}
     * @return how the job stands
     * @throws UnsupportedException for a body that is not a job: answer 400
     * @throws UnauthorizedException for a signature that is missing, wrong or older than five minutes: answer 401
     */
    public Job take(byte[] body, String timestamp, String signature) {
        return bridge.take(Bridge.given("body", body), bytes(timestamp), bytes(signature));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Waits until the result of a job has come.
     *
     * @param jobId its id, as {@link Registry#submit} returned it
     * @param options how; bound the waiting with a timeout
     * @return what it found
     * @throws VoicerollException of the kind of what the job failed of
     */
    public JobResult waitFor(String jobId, CallOptions options) {
        return bridge.run("wait", Bridge.job(jobId, options), List.of(), options, JobResult::read);
    }

    /**
     * The future of the result of a job.
     *
     * @param jobId its id, as {@link Registry#submit} returned it
     * @param options how
     * @param executor what dependents run in; it must not run tasks in the calling thread, where calls that wait fail
     *     with {@link IllegalStateException}
     * @return what it found, once it has come
     */
    public CompletableFuture<JobResult> waitForAsync(String jobId, CallOptions options, Executor executor) {
        return bridge.start(executor, "wait", Bridge.job(jobId, options), List.of(), options, JobResult::read);
    }
}
