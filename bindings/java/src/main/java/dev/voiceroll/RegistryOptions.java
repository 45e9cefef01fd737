// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How a registry in a file is opened. Immutable: each method returns others. */
public final class RegistryOptions {
    final JsonObject settings;

    /** Options as they are by default. */
    public RegistryOptions() {
        this(new JsonObject());
    }

    private RegistryOptions(JsonObject settings) {
        this.settings = settings;
    }

    private RegistryOptions with(String name, Object value) {
        return new RegistryOptions(Options.with(settings, name, value));
    }

    private RegistryOptions file(String name, Path path) {
        return with(name, new String(Recording.name(name, path), StandardCharsets.UTF_8));
    }

    /**
     * A speaker network of your own.
     *
     * @param model its file, as ONNX
     * @return the options
     */
    public RegistryOptions model(Path model) {
        return file("model", model);
    }

    /**
     * A calibration made by {@code voiceroll calibrate}.
     *
     * @param calibration its file
     * @return the options
     */
    public RegistryOptions calibration(Path calibration) {
        return file("calibration", calibration);
    }

    /**
     * How often another person's voice may pass.
     *
     * @param rate between 0 and 1; 0.01 by default
     * @return the options
     */
    public RegistryOptions falseAcceptRate(double rate) {
        return with("false_accept_rate", rate);
    }

    /**
     * The longest recording that is read.
     *
     * @param maxSeconds seconds; two hours by default
     * @return the options
     */
    public RegistryOptions maxSeconds(double maxSeconds) {
        return with("max_seconds", maxSeconds);
    }

    /**
     * The largest file that is read.
     *
     * @param maxBytes bytes; 2 GiB by default
     * @return the options
     */
    public RegistryOptions maxBytes(long maxBytes) {
        return with("max_bytes", maxBytes);
    }
}
