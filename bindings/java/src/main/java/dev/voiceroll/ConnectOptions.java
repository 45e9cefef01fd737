// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.time.Duration;

/**
 * How a registry on a server is used. Immutable: each method returns others.
 *
 * <p>Without credentials those of the environment are taken: {@code VOICEROLL_CLIENT_ID}, {@code
 * VOICEROLL_CLIENT_SECRET} and {@code VOICEROLL_JWT}, or the same with {@code RINGCENTRAL_}.
 */
public final class ConnectOptions {
    final JsonObject settings;

    /** Options as they are by default. */
    public ConnectOptions() {
        this(new JsonObject());
    }

    private ConnectOptions(JsonObject settings) {
        this.settings = settings;
    }

    private ConnectOptions with(String name, Object value) {
        return new ConnectOptions(Options.with(settings, name, value));
    }

    /**
     * What to log in with: an application and a token.
     *
     * @param clientId the application's id
     * @param clientSecret its secret
     * @param jwt the token
     * @return the options
     */
    public ConnectOptions credentials(String clientId, String clientSecret, String jwt) {
        return with("client_id", clientId).with("client_secret", clientSecret).with("jwt", jwt);
    }

    /**
     * Whether recordings are inspected locally before they are sent for enrollment.
     *
     * @param inspect true by default
     * @return the options
     */
    public ConnectOptions inspect(boolean inspect) {
        return with("inspect", inspect);
    }

    /**
     * The most bytes of a recording that are sent; of a larger one its best stretch.
     *
     * @param maxRecording bytes; 16 MiB by default
     * @return the options
     */
    public ConnectOptions maxRecording(long maxRecording) {
        return with("max_recording", maxRecording);
    }

    /**
     * The longest that one request may take.
     *
     * @param limit five minutes by default
     * @return the options
     */
    public ConnectOptions requestTimeout(Duration limit) {
        return with("request_timeout", Options.seconds(limit));
    }

    /**
     * The total time that a call waits for a busy server.
     *
     * @param limit two minutes by default
     * @return the options
     */
    public ConnectOptions patience(Duration limit) {
        return with("patience", Options.seconds(limit));
    }

    /**
     * Whether to allow unencrypted http to another machine.
     *
     * @param plainHttp false by default
     * @return the options
     */
    public ConnectOptions plainHttp(boolean plainHttp) {
        return with("plain_http", plainHttp);
    }

    /**
     * The longest recording that is read.
     *
     * @param maxSeconds seconds; two hours by default
     * @return the options
     */
    public ConnectOptions maxSeconds(double maxSeconds) {
        return with("max_seconds", maxSeconds);
    }

    /**
     * The largest file that is read.
     *
     * @param maxBytes bytes; 2 GiB by default
     * @return the options
     */
    public ConnectOptions maxBytes(long maxBytes) {
        return with("max_bytes", maxBytes);
    }
}
