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

    /**
     * Opens the store read-only; calls that would change it fail with a {@link StoreException}.
     *
     * @param readOnly true for that
     * @return the options
     */
    public RegistryOptions readOnly(boolean readOnly) {
        return with("read_only", readOnly);
    }

    /**
     * A folder with a key file for each store. Without the key nobody can read the voiceprints.
     *
     * @param folder the folder; by default, what the environment says, or a folder of the user
     * @return the options
     */
    public RegistryOptions keyFolder(Path folder) {
        return file("key_folder", folder);
    }

    /**
     * The file of the key; it is created if it does not exist.
     *
     * @param file the file
     * @return the options
     */
    public RegistryOptions keyFile(Path file) {
        return file("key_file", file);
    }

    /**
     * The environment variable that holds the key.
     *
     * @param name its name
     * @return the options
     */
    public RegistryOptions keyVariable(String name) {
        return with("key_variable", name);
    }

    /**
     * A command that prints the key.
     *
     * @param command the command
     * @return the options
     */
    public RegistryOptions keyCommand(String command) {
        return with("key_command", command);
    }

    /**
     * Whether the store is encrypted.
     *
     * @param encrypted by default, true unless it was created with false
     * @return the options
     */
    public RegistryOptions encrypted(boolean encrypted) {
        return with("encrypted", encrypted);
    }

    /**
     * Whether nobody is enrolled or recognised without a valid {@link ConsentRecord}.
     *
     * @param require false by default
     * @return the options
     */
    public RegistryOptions requireConsent(boolean require) {
        return with("require_consent", require);
    }

    /**
     * Whether answers say no more than the decision: no confidence, ratio or score.
     *
     * @param only false by default
     * @return the options
     */
    public RegistryOptions decisionsOnly(boolean only) {
        return with("decisions_only", only);
    }

    /**
     * How often in an hour a speaker may be verified, or named as a candidate.
     *
     * @param most by default, there is no limit
     * @return the options
     */
    public RegistryOptions attemptsPerHour(int most) {
        return with("attempts_per_hour", most);
    }

    /**
     * Keeps an audit trail of every change and every recognition.
     *
     * @param folder its folder; by default, none is kept
     * @return the options
     */
    public RegistryOptions audit(Path folder) {
        return file("audit", folder);
    }

    /**
     * The actor in the audit trail.
     *
     * @param actor by default, the user of the operating system
     * @return the options
     */
    public RegistryOptions actor(String actor) {
        return with("actor", actor);
    }
}
