// SPDX-License-Identifier: Apache-2.0
// Made of Registry.java by tools/make_async.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A {@link Registry} whose calls return futures at once; made by {@link Registry#async()}, and closed with the registry.
 *
 * <pre>{@code
 * registry.async().enroll("ada", Path.of("call.mp3")).thenAccept(System.out::println);
 * }</pre>
 *
 * <p>A future fails with what the method of {@link Registry} throws. No thread waits for it. Ending it early, as by
 * {@link CompletableFuture#cancel} or {@link CompletableFuture#orTimeout}, ends the work; ending one that was derived
 * from it does not.
 */
public final class AsyncRegistry {
    private final Bridge bridge;
    private final Executor executor;

    AsyncRegistry(Bridge bridge, Executor executor) {
        this.bridge = bridge;
        this.executor = executor;
    }

    /**
     * Tells of all enrollments, in the order of the ids, fetched a page at a time; they may be deleted meanwhile.
     *
     * @param options which
     * @param each the listener, by the executor, of one after the other; what it throws ends it
     * @return a future of the end; cancelling it ends it before the next page
     */
    public CompletableFuture<Void> forEach(ListOptions options, Consumer<? super Enrollment> each) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        turn(new Pages(options), Bridge.given("each", each), end);
        return end;
    }

    private void turn(Pages pages, Consumer<? super Enrollment> each, CompletableFuture<Void> end) {
        if (end.isDone() || !pages.more()) {
            end.complete(null);
            return;
        }
        CompletableFuture<Page> found = list(pages.next());
        Consumer<Page> tell = page -> {
            pages.read(page).forEach(each);
            turn(pages, each, end);
        };
        // The other form would tell in this thread of a page that is already there.
        CompletableFuture<Void> told =
                executor == null ? found.thenAcceptAsync(tell) : found.thenAcceptAsync(tell, executor);
        told.whenComplete((nothing, error) -> {
            if (error != null) {
                end.completeExceptionally(error.getCause());
            }
        });
    }

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param recording the recording
     * @return a future of what was measured; faults such as noise are among its problems
     */
    public CompletableFuture<Inspection> inspect(Path recording) {
        return inspect(Recording.at("recording", recording));
    }

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param recording the recording
     * @return a future of what was measured; faults such as noise are among its problems
     */
    public CompletableFuture<Inspection> inspect(Recording recording) {
        return inspect(recording, new CallOptions());
    }

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param recording the recording
     * @param options how
     * @return a future of what was measured; faults such as noise are among its problems
     */
    public CompletableFuture<Inspection> inspect(Recording recording, CallOptions options) {
        return bridge.start(executor, "inspect", Bridge.args(options), Bridge.one(recording), options, Inspection::read);
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @return a future of the stretch
     */
    public CompletableFuture<Prepared> prepare(Path recording) {
        return prepare(Recording.at("recording", recording));
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @return a future of the stretch
     */
    public CompletableFuture<Prepared> prepare(Recording recording) {
        return prepare(recording, new CallOptions());
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @param options how
     * @return a future of the stretch
     */
    public CompletableFuture<Prepared> prepare(Recording recording, CallOptions options) {
        return bridge.startPrepare(executor, recording, options);
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> enroll(String speakerId, Path... recordings) {
        return enroll(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> enroll(String speakerId, Recording... recordings) {
        return enroll(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @param options how
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> enroll(String speakerId, List<Recording> recordings, EnrollOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "enroll", args, recordings, options, Enrollment::read);
    }

    /**
     * Enrolls a new speaker; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> create(String speakerId, Path... recordings) {
        return create(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a new speaker; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> create(String speakerId, Recording... recordings) {
        return create(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a new speaker; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @param options how
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> create(String speakerId, List<Recording> recordings, EnrollOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "create", args, recordings, options, Enrollment::read);
    }

    /**
     * Adds speech to an enrollment; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> update(String speakerId, Path... recordings) {
        return update(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Adds speech to an enrollment; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> update(String speakerId, Recording... recordings) {
        return update(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Adds speech to an enrollment; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @param options how
     * @return a future of the enrollment, with the recordings that were refused
     */
    public CompletableFuture<Enrollment> update(String speakerId, List<Recording> recordings, EnrollOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "update", args, recordings, options, Enrollment::read);
    }

    /**
     * The enrollment of a speaker.
     *
     * @param speakerId whose
     * @return a future of the enrollment
     */
    public CompletableFuture<Enrollment> get(String speakerId) {
        return get(speakerId, new CallOptions());
    }

    /**
     * The enrollment of a speaker.
     *
     * @param speakerId whose
     * @param options how
     * @return a future of the enrollment
     */
    public CompletableFuture<Enrollment> get(String speakerId, CallOptions options) {
        return bridge.start(executor, "get", Bridge.speaker(speakerId, options), List.of(), options, Enrollment::read);
    }

    /**
     * One page of the enrollments, sorted by id.
     *
     * @return a future of the page
     */
    public CompletableFuture<Page> list() {
        return list(new ListOptions());
    }

    /**
     * One page of the enrollments, sorted by id.
     *
     * @param options which page, and of what
     * @return a future of the page
     */
    public CompletableFuture<Page> list(ListOptions options) {
        return bridge.start(executor, "list", Bridge.args(options), List.of(), options, Page::read);
    }

    /**
     * Deletes a speaker with all voiceprints and measurements.
     *
     * @param speakerId whose
     * @return a future of the end
     */
    public CompletableFuture<Void> delete(String speakerId) {
        return delete(speakerId, new CallOptions());
    }

    /**
     * Deletes a speaker with all voiceprints and measurements.
     *
     * @param speakerId whose
     * @param options how
     * @return a future of the end
     */
    public CompletableFuture<Void> delete(String speakerId, CallOptions options) {
        return bridge.start(executor, "delete", Bridge.speaker(speakerId, options), List.of(), options, nothing -> null);
    }

    /**
     * Removes one recording from an enrollment, and recomputes the enrollment from the others.
     *
     * @param speakerId whose
     * @param sample which, by its {@link Sample#id}
     * @return a future of the enrollment
     */
    public CompletableFuture<Enrollment> removeSample(String speakerId, long sample) {
        return removeSample(speakerId, sample, new CallOptions());
    }

    /**
     * Removes one recording from an enrollment, and recomputes the enrollment from the others.
     *
     * @param speakerId whose
     * @param sample which, by its {@link Sample#id}
     * @param options how
     * @return a future of the enrollment
     */
    public CompletableFuture<Enrollment> removeSample(String speakerId, long sample, CallOptions options) {
        JsonObject args = Options.with(Bridge.speaker(speakerId, options), "sample", sample);
        return bridge.start(executor, "remove_sample", args, List.of(), options, Enrollment::read);
    }

    /**
     * Says whether a recording is of an enrolled speaker.
     *
     * @param speakerId whose
     * @param recording the recording
     * @return a future of what it comes to
     */
    public CompletableFuture<Verification> verify(String speakerId, Path recording) {
        return verify(speakerId, Recording.at("recording", recording));
    }

    /**
     * Says whether a recording is of an enrolled speaker.
     *
     * @param speakerId whose
     * @param recording the recording
     * @return a future of what it comes to
     */
    public CompletableFuture<Verification> verify(String speakerId, Recording recording) {
        return verify(speakerId, recording, new CallOptions());
    }

    /**
     * Says whether a recording is of an enrolled speaker.
     *
     * @param speakerId whose
     * @param recording the recording
     * @param options how
     * @return a future of what it comes to
     */
    public CompletableFuture<Verification> verify(String speakerId, Recording recording, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "verify", args, Bridge.one(recording), options, Verification::read);
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param recording the recording
     * @return a future of who speaks when
     */
    public CompletableFuture<Identification> identify(Path recording) {
        return identify(Recording.at("recording", recording));
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param recording the recording
     * @return a future of who speaks when
     */
    public CompletableFuture<Identification> identify(Recording recording) {
        return identify(recording, new IdentifyOptions());
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param recording the recording
     * @param options who is looked for
     * @return a future of who speaks when
     */
    public CompletableFuture<Identification> identify(Recording recording, IdentifyOptions options) {
        return bridge.start(executor, "identify", Bridge.args(options), Bridge.one(recording), options, Identification::read);
    }

    /**
     * Says how many people speak in a conversation, and who from when to when.
     *
     * @param recording the recording
     * @return a future of who speaks when
     */
    public CompletableFuture<Diarization> diarize(Path recording) {
        return diarize(Recording.at("recording", recording));
    }

    /**
     * Says how many people speak in a conversation, and who from when to when.
     *
     * @param recording the recording
     * @return a future of who speaks when
     */
    public CompletableFuture<Diarization> diarize(Recording recording) {
        return diarize(recording, new DiarizeOptions());
    }

    /**
     * Says how many people speak in a conversation, and who from when to when.
     *
     * @param recording the recording
     * @param options what is known of it
     * @return a future of who speaks when
     */
    public CompletableFuture<Diarization> diarize(Recording recording, DiarizeOptions options) {
        return bridge.start(executor, "diarize", Bridge.args(options), Bridge.one(recording), options, Diarization::read);
    }

    /**
     * The name of the model that makes this registry's voiceprints.
     *
     * @return a future of its name
     */
    public CompletableFuture<String> model() {
        return model(new CallOptions());
    }

    /**
     * The name of the model that makes this registry's voiceprints.
     *
     * @param options how
     * @return a future of its name
     */
    public CompletableFuture<String> model(CallOptions options) {
        return bridge.start(executor, "model", Bridge.args(options), List.of(), options, JsonElement::getAsString);
    }

    /**
     * Who was enrolled with another model, and must be enrolled again.
     *
     * @return a future of the name of that model by the id of the speaker
     */
    public CompletableFuture<Map<String, String>> outdated() {
        return outdated(new CallOptions());
    }

    /**
     * Who was enrolled with another model, and must be enrolled again.
     *
     * @param options how
     * @return a future of the name of that model by the id of the speaker
     */
    public CompletableFuture<Map<String, String>> outdated(CallOptions options) {
        return bridge.start(executor, "outdated", Bridge.args(options), List.of(), options, Json::pairs);
    }

    /**
     * Has the server fetch a recording and listen to it.
     *
     * @param request what it is to do
     * @return a future of the id of the job
     */
    public CompletableFuture<String> submit(JobRequest request) {
        return submit(request, new CallOptions());
    }

    /**
     * Has the server fetch a recording and listen to it.
     *
     * @param request what it is to do
     * @param options how
     * @return a future of the id of the job
     */
    public CompletableFuture<String> submit(JobRequest request, CallOptions options) {
        JsonObject args = Bridge.given("request", request).args.deepCopy();
        Bridge.args(options).asMap().forEach(args::add);
        return bridge.start(executor, "submit", args, List.of(), options, JsonElement::getAsString);
    }

    /**
     * The status of a job.
     *
     * @param jobId its id, as {@code submit} returned it
     * @return a future of how it stands
     */
    public CompletableFuture<Job> job(String jobId) {
        return job(jobId, new CallOptions());
    }

    /**
     * The status of a job.
     *
     * @param jobId its id, as {@code submit} returned it
     * @param options how
     * @return a future of how it stands
     */
    public CompletableFuture<Job> job(String jobId, CallOptions options) {
        return bridge.start(executor, "job", Bridge.job(jobId, options), List.of(), options, Job::read);
    }

    /**
     * Waits until a job is done, with polling; limit the wait with a timeout.
     *
     * @param jobId its id, as {@code submit} returned it
     * @return a future of what it found
     */
    public CompletableFuture<JobResult> waitFor(String jobId) {
        return waitFor(jobId, new CallOptions());
    }

    /**
     * Waits until a job is done, with polling; limit the wait with a timeout.
     *
     * @param jobId its id, as {@code submit} returned it
     * @param options how
     * @return a future of what it found
     */
    public CompletableFuture<JobResult> waitFor(String jobId, CallOptions options) {
        return bridge.start(executor, "wait", Bridge.job(jobId, options), List.of(), options, JobResult::read);
    }

    /**
     * Finds out who spoke when in a recorded call, with names. The server fetches the recording from the record's
     * address.
     *
     * @param record a record of the platform's call log, in JSON, as its API returns it
     * @return a future of who spoke when
     */
    public CompletableFuture<CallIdentification> identifyCall(String record) {
        return identifyCall(record, null, new CallOptions());
    }

    /**
     * Finds out who spoke when in a recorded call, with names.
     *
     * @param record a record of the platform's call log, in JSON, as its API returns it
     * @param recording the recording
     * @return a future of who spoke when
     */
    public CompletableFuture<CallIdentification> identifyCall(String record, Recording recording) {
        return identifyCall(record, recording, new CallOptions());
    }

    /**
     * Finds out who spoke when in a recorded call, with names.
     *
     * @param record a record of the platform's call log, in JSON, as its API returns it
     * @param recording the recording, or {@code null} for the server to fetch it
     * @param options how
     * @return a future of who spoke when
     */
    public CompletableFuture<CallIdentification> identifyCall(String record, Recording recording, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "record", Json.given("record", record));
        List<Recording> recordings = recording == null ? List.of() : List.of(recording);
        return bridge.start(executor, "identify_call", args, recordings, options, CallIdentification::read);
    }

    // Consent, expiry and export also work for a registry on a server of this project. The rest of what follows needs
    // a store file; a registry on a server throws UnsupportedException.

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     *
     * @param speakerId the speaker
     * @param consent the record
     * @return a future of the end
     */
    public CompletableFuture<Void> recordConsent(String speakerId, ConsentRecord consent) {
        return recordConsent(speakerId, consent, new CallOptions());
    }

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     *
     * @param speakerId the speaker
     * @param consent the record
     * @param options how
     * @return a future of the end
     */
    public CompletableFuture<Void> recordConsent(String speakerId, ConsentRecord consent, CallOptions options) {
        JsonObject args =
                Options.with(Bridge.speaker(speakerId, options), "consent", Json.of(Bridge.given("consent", consent)));
        return bridge.start(executor, "record_consent", args, List.of(), options, nothing -> null);
    }

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     *
     * @param speakerId the speaker
     * @return a future of the records
     */
    public CompletableFuture<ConsentState> consent(String speakerId) {
        return consent(speakerId, new CallOptions());
    }

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     *
     * @param speakerId the speaker
     * @param options how
     * @return a future of the records
     */
    public CompletableFuture<ConsentState> consent(String speakerId, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "consent", args, List.of(), options, ConsentState::read);
    }

    /**
     * Deletes a speaker at once, as {@code delete} does, and keeps the proof that the consent was withdrawn.
     *
     * @param speakerId the speaker
     * @return a future of the end
     */
    public CompletableFuture<Void> withdrawConsent(String speakerId) {
        return withdrawConsent(speakerId, new CallOptions());
    }

    /**
     * Deletes a speaker at once, as {@code delete} does, and keeps the proof that the consent was withdrawn.
     *
     * @param speakerId the speaker
     * @param options how
     * @return a future of the end
     */
    public CompletableFuture<Void> withdrawConsent(String speakerId, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "withdraw_consent", args, List.of(), options, nothing -> null);
    }

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and {@code purge} erases.
     *
     * @param speakerId the speaker
     * @param at seconds since 1970; null: never
     * @return a future of the end
     */
    public CompletableFuture<Void> expire(String speakerId, Long at) {
        return expire(speakerId, at, new CallOptions());
    }

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and {@code purge} erases.
     *
     * @param speakerId the speaker
     * @param at seconds since 1970; null: never
     * @param options how
     * @return a future of the end
     */
    public CompletableFuture<Void> expire(String speakerId, Long at, CallOptions options) {
        JsonObject args = Options.with(Bridge.speaker(speakerId, options), "at", at);
        return bridge.start(executor, "expire", args, List.of(), options, nothing -> null);
    }

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     *
     * @return a future of seconds, or null
     */
    public CompletableFuture<Long> retention() {
        return retention(new CallOptions());
    }

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     *
     * @param options how
     * @return a future of seconds, or null
     */
    public CompletableFuture<Long> retention(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.start(executor, "retention", args, List.of(), options, Json::number);
    }

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     *
     * @param seconds seconds, or null
     * @return a future of the end
     */
    public CompletableFuture<Void> setRetention(Long seconds) {
        return setRetention(seconds, new CallOptions());
    }

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     *
     * @param seconds seconds, or null
     * @param options how
     * @return a future of the end
     */
    public CompletableFuture<Void> setRetention(Long seconds, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "seconds", seconds);
        return bridge.start(executor, "set_retention", args, List.of(), options, nothing -> null);
    }

    /**
     * The speakers who have expired and whom {@code purge} would erase, sorted by id.
     *
     * @return a future of the ids
     */
    public CompletableFuture<List<String>> expired() {
        return expired(new CallOptions());
    }

    /**
     * The speakers who have expired and whom {@code purge} would erase, sorted by id.
     *
     * @param options how
     * @return a future of the ids
     */
    public CompletableFuture<List<String>> expired(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.start(executor, "expired", args, List.of(), options, Json::texts);
    }

    /**
     * Erases the speakers who have expired, as {@code delete} does.
     *
     * @return a future of the ids
     */
    public CompletableFuture<List<String>> purge() {
        return purge(new CallOptions());
    }

    /**
     * Erases the speakers who have expired, as {@code delete} does.
     *
     * @param options how
     * @return a future of the ids
     */
    public CompletableFuture<List<String>> purge(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.start(executor, "purge", args, List.of(), options, Json::texts);
    }

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     *
     * @param speakerId the speaker
     * @param voiceprints whether voiceprints are included
     * @return a future of the text
     */
    public CompletableFuture<String> exportSpeaker(String speakerId, boolean voiceprints) {
        return exportSpeaker(speakerId, voiceprints, new CallOptions());
    }

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     *
     * @param speakerId the speaker
     * @param voiceprints whether voiceprints are included
     * @param options how
     * @return a future of the text
     */
    public CompletableFuture<String> exportSpeaker(String speakerId, boolean voiceprints, CallOptions options) {
        JsonObject args = Options.with(Bridge.speaker(speakerId, options), "voiceprints", voiceprints);
        return bridge.start(executor, "export_speaker", args, List.of(), options, JsonElement::getAsString);
    }

    /**
     * Enrolls a speaker from what {@code exportSpeaker} of another store of the same model returned, with voiceprints.
     * It trusts the text: no recording is compared.
     *
     * @param export the text
     * @return a future of the enrollment
     */
    public CompletableFuture<Enrollment> importSpeaker(String export) {
        return importSpeaker(export, new CallOptions());
    }

    /**
     * Enrolls a speaker from what {@code exportSpeaker} of another store of the same model returned, with voiceprints.
     * It trusts the text: no recording is compared.
     *
     * @param export the text
     * @param options how
     * @return a future of the enrollment
     */
    public CompletableFuture<Enrollment> importSpeaker(String export, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "export", Bridge.given("export", export));
        return bridge.start(executor, "import_speaker", args, List.of(), options, Enrollment::read);
    }

    /**
     * Replaces the key of the store. {@code forgetOld} also removes the old one from the key file: earlier backups can
     * then not be opened.
     *
     * @param forgetOld whether the old key is removed
     * @return a future of how many speakers' keys were wrapped with the new one
     */
    public CompletableFuture<Long> rotateKey(boolean forgetOld) {
        return rotateKey(forgetOld, new CallOptions());
    }

    /**
     * Replaces the key of the store. {@code forgetOld} also removes the old one from the key file: earlier backups can
     * then not be opened.
     *
     * @param forgetOld whether the old key is removed
     * @param options how
     * @return a future of how many speakers' keys were wrapped with the new one
     */
    public CompletableFuture<Long> rotateKey(boolean forgetOld, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "forget_old", forgetOld);
        return bridge.start(executor, "rotate_key", args, List.of(), options, JsonElement::getAsLong);
    }

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     *
     * @return a future of the report
     */
    public CompletableFuture<AuditReport> verifyAudit() {
        return verifyAudit(new CallOptions());
    }

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     *
     * @param options how
     * @return a future of the report
     */
    public CompletableFuture<AuditReport> verifyAudit(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.start(executor, "verify_audit", args, List.of(), options, AuditReport::read);
    }

    /**
     * The entries of the audit trail, oldest first.
     *
     * @return a future of the entries
     */
    public CompletableFuture<List<AuditEntry>> auditEntries() {
        return auditEntries(new CallOptions());
    }

    /**
     * The entries of the audit trail, oldest first.
     *
     * @param options how
     * @return a future of the entries
     */
    public CompletableFuture<List<AuditEntry>> auditEntries(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.start(executor, "audit_entries", args, List.of(), options, Json::entries);
    }

    /**
     * The pseudonym of a speaker in the audit trail.
     *
     * @param speakerId the speaker
     * @return a future of the pseudonym
     */
    public CompletableFuture<String> auditPseudonym(String speakerId) {
        return auditPseudonym(speakerId, new CallOptions());
    }

    /**
     * The pseudonym of a speaker in the audit trail.
     *
     * @param speakerId the speaker
     * @param options how
     * @return a future of the pseudonym
     */
    public CompletableFuture<String> auditPseudonym(String speakerId, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.start(executor, "audit_pseudonym", args, List.of(), options, JsonElement::getAsString);
    }

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see {@code restore}.
     *
     * @param to the new file
     * @return a future of the end
     */
    public CompletableFuture<Void> backup(Path to) {
        return backup(to, new CallOptions());
    }

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see {@code restore}.
     *
     * @param to the new file
     * @param options how
     * @return a future of the end
     */
    public CompletableFuture<Void> backup(Path to, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "to", Json.path("to", to));
        return bridge.start(executor, "backup", args, List.of(), options, nothing -> null);
    }

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     *
     * @return a future of the report
     */
    public CompletableFuture<CheckReport> check() {
        return check(new CallOptions());
    }

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     *
     * @param options how
     * @return a future of the report
     */
    public CompletableFuture<CheckReport> check(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.start(executor, "check", args, List.of(), options, CheckReport::read);
    }
}
