// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A registry of enrolled speakers: {@code open} uses a local store file, {@code connect} a server.
 *
 * <pre>{@code
 * try (Registry registry = Registry.open(Path.of("voices.db"))) {
 *     Enrollment enrollment = registry.enroll("ada", Path.of("call.mp3"));
 * }
 * }</pre>
 *
 * <p>May be used from many threads at once. {@link Thread#interrupt} ends a call soon, with {@link CancelledException}
 * or with its result, if that was quicker; the thread stays interrupted. {@link #async()} gives the same with futures.
 */
public final class Registry implements AutoCloseable {
    private final Bridge bridge;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Registry(Bridge bridge) {
        this.bridge = bridge;
    }

    /**
     * Opens a store file, and creates it if it does not exist.
     *
     * @param path the store file
     * @return the registry
     * @throws StoreException if it cannot be opened
     */
    public static Registry open(Path path) {
        return open(path, new RegistryOptions());
    }

    /**
     * Opens a store file, and creates it if it does not exist.
     *
     * @param path the store file
     * @param options how
     * @return the registry
     * @throws StoreException if it cannot be opened
     * @throws InvalidInputException if an option is out of range
     */
    public static Registry open(Path path, RegistryOptions options) {
        return new Registry(Bridge.open(Recording.name("path", path), Bridge.given("options", options).settings));
    }

    /**
     * Uses a registry on a server; where it is and what to log in with, the environment says.
     *
     * @return the registry
     * @throws InvalidInputException if the environment does not say it
     * @see ConnectOptions
     */
    public static Registry connect() {
        return connect("", new ConnectOptions());
    }

    /**
     * Uses a registry on a server with RingCentral's API: {@code voiceroll serve}, or a compatible one. Nothing is
     * sent before the first call, which logs in.
     *
     * @param url the server's address; an empty one is looked for in {@code VOICEROLL_SERVER} or {@code
     *     RINGCENTRAL_SERVER_URL}
     * @param options how
     * @return the registry
     * @throws InvalidInputException if an option is out of range, or a credential is missing
     */
    public static Registry connect(String url, ConnectOptions options) {
        JsonObject settings = Bridge.given("options", options).settings;
        return new Registry(Bridge.open(null, Options.with(settings, "url", url == null ? "" : url)));
    }

    /**
     * The same registry with futures, whose listeners and dependents run where futures run them by default: in the
     * {@link java.util.concurrent.ForkJoinPool#commonPool} or, where that has one thread, each in a thread of its own.
     * What is attached to a future that is done runs where it is attached.
     *
     * @return another face of this registry
     */
    public AsyncRegistry async() {
        return new AsyncRegistry(bridge, null);
    }

    /**
     * The same registry with futures.
     *
     * @param executor what listeners and dependents run in; it must not run tasks in the calling thread, as {@code
     *     Runnable::run} does: there, calls that wait fail with {@link IllegalStateException}
     * @return another face of this registry
     */
    public AsyncRegistry async(Executor executor) {
        return new AsyncRegistry(bridge, executor);
    }

    /**
     * Gives up the registry; on a server, ends the session, waiting at most 5 s, and less in a thread that
     * is interrupted: a session that is not ended ends by itself. Calls that are under way go on. Closing again does
     * nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        // An interrupted call must not leave the session open.
        boolean interrupted = Thread.interrupted();
        try {
            bridge.logOut();
        } catch (VoicerollException failed) {
            // A session that cannot be ended ends by itself.
        } finally {
            bridge.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * All complete enrollments, in the order of the ids, fetched a page at a time; they may be deleted meanwhile.
     *
     * @return what can be gone through, once or more often
     */
    public Iterable<Enrollment> iterate() {
        return iterate(new ListOptions());
    }

    /**
     * All enrollments, sorted by id, fetched page by page; others may be deleted meanwhile. One who is there
     * throughout is seen once; on a server of another make, which use page numbers, additions and deletions can hide a
     * speaker.
     *
     * @param options which
     * @return what can be gone through, once or more often
     */
    public Iterable<Enrollment> iterate(ListOptions options) {
        Bridge.given("options", options);
        return () -> enrollments(options).iterator();
    }

    private Stream<Enrollment> enrollments(ListOptions options) {
        Pages pages = new Pages(options);
        return Stream.generate(() -> pages.more() ? pages.read(list(pages.next())) : null)
                .takeWhile(page -> page != null)
                .flatMap(List::stream);
    }

    // `AsyncRegistry` has all below too: tools/make_async.py makes it from here.

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param recording the recording
     * @return what was measured; faults such as noise are among its problems
     * @throws UnreadableException if it cannot be read at all
     */
    public Inspection inspect(Path recording) {
        return inspect(Recording.at("recording", recording));
    }

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param recording the recording
     * @return what was measured; faults such as noise are among its problems
     * @throws UnreadableException if it cannot be read at all
     */
    public Inspection inspect(Recording recording) {
        return inspect(recording, new CallOptions());
    }

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param recording the recording
     * @param options how
     * @return what was measured; faults such as noise are among its problems
     * @throws UnreadableException if it cannot be read at all
     */
    public Inspection inspect(Recording recording, CallOptions options) {
        return bridge.run("inspect", Bridge.args(options), Bridge.one(recording), options, Inspection::read);
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @return the stretch
     * @throws UnreadableException if it cannot be read at all
     */
    public Prepared prepare(Path recording) {
        return prepare(Recording.at("recording", recording));
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @return the stretch
     * @throws UnreadableException if it cannot be read at all
     */
    public Prepared prepare(Recording recording) {
        return prepare(recording, new CallOptions());
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param recording the recording
     * @param options how
     * @return the stretch
     * @throws UnreadableException if it cannot be read at all
     */
    public Prepared prepare(Recording recording, CallOptions options) {
        return bridge.prepare(recording, options);
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     */
    public Enrollment enroll(String speakerId, Path... recordings) {
        return enroll(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     */
    public Enrollment enroll(String speakerId, Recording... recordings) {
        return enroll(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @param options how
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     */
    public Enrollment enroll(String speakerId, List<Recording> recordings, EnrollOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.run("enroll", args, recordings, options, Enrollment::read);
    }

    /**
     * Enrolls a new speaker; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     * @throws ConflictException if the id is enrolled
     */
    public Enrollment create(String speakerId, Path... recordings) {
        return create(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a new speaker; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     * @throws ConflictException if the id is enrolled
     */
    public Enrollment create(String speakerId, Recording... recordings) {
        return create(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Enrolls a new speaker; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @param options how
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     * @throws ConflictException if the id is enrolled
     */
    public Enrollment create(String speakerId, List<Recording> recordings, EnrollOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.run("create", args, recordings, options, Enrollment::read);
    }

    /**
     * Adds speech to an enrollment; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     * @throws NotFoundException if the id is not enrolled
     */
    public Enrollment update(String speakerId, Path... recordings) {
        return update(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Adds speech to an enrollment; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     * @throws NotFoundException if the id is not enrolled
     */
    public Enrollment update(String speakerId, Recording... recordings) {
        return update(speakerId, Bridge.all(recordings), new EnrollOptions());
    }

    /**
     * Adds speech to an enrollment; see {@code enroll}.
     *
     * @param speakerId 1 to 128 letters, digits and underscores
     * @param recordings one recording or several of the same person
     * @param options how
     * @return the enrollment, with the recordings that were refused
     * @throws RefusedException if not one recording was accepted; its problems say why, and nothing is changed
     * @throws NotFoundException if the id is not enrolled
     */
    public Enrollment update(String speakerId, List<Recording> recordings, EnrollOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.run("update", args, recordings, options, Enrollment::read);
    }

    /**
     * The enrollment of a speaker.
     *
     * @param speakerId whose
     * @return the enrollment
     * @throws NotFoundException if the id is not enrolled
     */
    public Enrollment get(String speakerId) {
        return get(speakerId, new CallOptions());
    }

    /**
     * The enrollment of a speaker.
     *
     * @param speakerId whose
     * @param options how
     * @return the enrollment
     * @throws NotFoundException if the id is not enrolled
     */
    public Enrollment get(String speakerId, CallOptions options) {
        return bridge.run("get", Bridge.speaker(speakerId, options), List.of(), options, Enrollment::read);
    }

    /**
     * One page of the enrollments, sorted by id.
     *
     * @return the page
     */
    public Page list() {
        return list(new ListOptions());
    }

    /**
     * One page of the enrollments, sorted by id.
     *
     * @param options which page, and of what
     * @return the page
     */
    public Page list(ListOptions options) {
        return bridge.run("list", Bridge.args(options), List.of(), options, Page::read);
    }

    /**
     * Deletes a speaker with all voiceprints and measurements.
     *
     * @param speakerId whose
     * @throws NotFoundException if the id was never enrolled
     * @throws GoneException if it was deleted before
     */
    public void delete(String speakerId) {
        delete(speakerId, new CallOptions());
    }

    /**
     * Deletes a speaker with all voiceprints and measurements.
     *
     * @param speakerId whose
     * @param options how
     * @throws NotFoundException if the id was never enrolled
     * @throws GoneException if it was deleted before
     */
    public void delete(String speakerId, CallOptions options) {
        bridge.run("delete", Bridge.speaker(speakerId, options), List.of(), options, nothing -> null);
    }

    /**
     * Removes one recording from an enrollment, and recomputes the enrollment from the others.
     *
     * @param speakerId whose
     * @param sample which, by its {@link Sample#id}
     * @return the enrollment
     * @throws NotFoundException if there is no such speaker or sample
     */
    public Enrollment removeSample(String speakerId, long sample) {
        return removeSample(speakerId, sample, new CallOptions());
    }

    /**
     * Removes one recording from an enrollment, and recomputes the enrollment from the others.
     *
     * @param speakerId whose
     * @param sample which, by its {@link Sample#id}
     * @param options how
     * @return the enrollment
     * @throws NotFoundException if there is no such speaker or sample
     */
    public Enrollment removeSample(String speakerId, long sample, CallOptions options) {
        JsonObject args = Options.with(Bridge.speaker(speakerId, options), "sample", sample);
        return bridge.run("remove_sample", args, List.of(), options, Enrollment::read);
    }

    /**
     * Says whether a recording is of an enrolled speaker.
     *
     * @param speakerId whose
     * @param recording the recording
     * @return what it comes to
     * @throws NotFoundException if the id is not enrolled
     * @throws IncompleteException if too little speech is enrolled
     * @throws ModelMismatchException if it was enrolled with another model
     */
    public Verification verify(String speakerId, Path recording) {
        return verify(speakerId, Recording.at("recording", recording));
    }

    /**
     * Says whether a recording is of an enrolled speaker.
     *
     * @param speakerId whose
     * @param recording the recording
     * @return what it comes to
     * @throws NotFoundException if the id is not enrolled
     * @throws IncompleteException if too little speech is enrolled
     * @throws ModelMismatchException if it was enrolled with another model
     */
    public Verification verify(String speakerId, Recording recording) {
        return verify(speakerId, recording, new CallOptions());
    }

    /**
     * Says whether a recording is of an enrolled speaker.
     *
     * @param speakerId whose
     * @param recording the recording
     * @param options how
     * @return what it comes to
     * @throws NotFoundException if the id is not enrolled
     * @throws IncompleteException if too little speech is enrolled
     * @throws ModelMismatchException if it was enrolled with another model
     */
    public Verification verify(String speakerId, Recording recording, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.run("verify", args, Bridge.one(recording), options, Verification::read);
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param recording the recording
     * @return who speaks when
     * @throws NotFoundException if one who is looked for is not enrolled
     * @throws IncompleteException if too little speech of one is enrolled
     * @throws InvalidInputException if nobody is looked for
     */
    public Identification identify(Path recording) {
        return identify(Recording.at("recording", recording));
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param recording the recording
     * @return who speaks when
     * @throws NotFoundException if one who is looked for is not enrolled
     * @throws IncompleteException if too little speech of one is enrolled
     * @throws InvalidInputException if nobody is looked for
     */
    public Identification identify(Recording recording) {
        return identify(recording, new IdentifyOptions());
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param recording the recording
     * @param options who is looked for
     * @return who speaks when
     * @throws NotFoundException if one who is looked for is not enrolled
     * @throws IncompleteException if too little speech of one is enrolled
     * @throws InvalidInputException if nobody is looked for
     */
    public Identification identify(Recording recording, IdentifyOptions options) {
        return bridge.run("identify", Bridge.args(options), Bridge.one(recording), options, Identification::read);
    }

    /**
     * Says how many people speak in a conversation, and who from when to when.
     *
     * @param recording the recording
     * @return who speaks when
     * @throws NotFoundException if one who is known is not enrolled
     * @throws IncompleteException if too little speech of one is enrolled
     */
    public Diarization diarize(Path recording) {
        return diarize(Recording.at("recording", recording));
    }

    /**
     * Says how many people speak in a conversation, and who from when to when.
     *
     * @param recording the recording
     * @return who speaks when
     * @throws NotFoundException if one who is known is not enrolled
     * @throws IncompleteException if too little speech of one is enrolled
     */
    public Diarization diarize(Recording recording) {
        return diarize(recording, new DiarizeOptions());
    }

    /**
     * Says how many people speak in a conversation, and who from when to when.
     *
     * @param recording the recording
     * @param options what is known of it
     * @return who speaks when
     * @throws NotFoundException if one who is known is not enrolled
     * @throws IncompleteException if too little speech of one is enrolled
     */
    public Diarization diarize(Recording recording, DiarizeOptions options) {
        return bridge.run("diarize", Bridge.args(options), Bridge.one(recording), options, Diarization::read);
    }

    /**
     * The name of the model that makes this registry's voiceprints.
     *
     * @return its name
     */
    public String model() {
        return model(new CallOptions());
    }

    /**
     * The name of the model that makes this registry's voiceprints.
     *
     * @param options how
     * @return its name
     */
    public String model(CallOptions options) {
        return bridge.run("model", Bridge.args(options), List.of(), options, JsonElement::getAsString);
    }

    /**
     * Who was enrolled with another model, and must be enrolled again.
     *
     * @return the name of that model by the id of the speaker
     */
    public Map<String, String> outdated() {
        return outdated(new CallOptions());
    }

    /**
     * Who was enrolled with another model, and must be enrolled again.
     *
     * @param options how
     * @return the name of that model by the id of the speaker
     */
    public Map<String, String> outdated(CallOptions options) {
        return bridge.run("outdated", Bridge.args(options), List.of(), options, Json::pairs);
    }

    /**
     * Has the server fetch a recording and listen to it.
     *
     * @param request what it is to do
     * @return the id of the job
     * @throws UnsupportedException if the registry is not on a server
     * @throws NotFoundException if one who is looked for is not enrolled
     */
    public String submit(JobRequest request) {
        return submit(request, new CallOptions());
    }

    /**
     * Has the server fetch a recording and listen to it.
     *
     * @param request what it is to do
     * @param options how
     * @return the id of the job
     * @throws UnsupportedException if the registry is not on a server
     * @throws NotFoundException if one who is looked for is not enrolled
     */
    public String submit(JobRequest request, CallOptions options) {
        JsonObject args = Bridge.given("request", request).args.deepCopy();
        Bridge.args(options).asMap().forEach(args::add);
        return bridge.run("submit", args, List.of(), options, JsonElement::getAsString);
    }

    /**
     * The status of a job.
     *
     * @param jobId its id, as {@code submit} returned it
     * @return how it stands
     * @throws NotFoundException if there is no such job
     */
    public Job job(String jobId) {
        return job(jobId, new CallOptions());
    }

    /**
     * The status of a job.
     *
     * @param jobId its id, as {@code submit} returned it
     * @param options how
     * @return how it stands
     * @throws NotFoundException if there is no such job
     */
    public Job job(String jobId, CallOptions options) {
        return bridge.run("job", Bridge.job(jobId, options), List.of(), options, Job::read);
    }

    /**
     * Waits until a job is done, with polling; limit the wait with a timeout.
     *
     * @param jobId its id, as {@code submit} returned it
     * @return what it found
     * @throws VoicerollException of the kind of what the job failed of
     */
    public JobResult waitFor(String jobId) {
        return waitFor(jobId, new CallOptions());
    }

    /**
     * Waits until a job is done, with polling; limit the wait with a timeout.
     *
     * @param jobId its id, as {@code submit} returned it
     * @param options how
     * @return what it found
     * @throws VoicerollException of the kind of what the job failed of
     */
    public JobResult waitFor(String jobId, CallOptions options) {
        return bridge.run("wait", Bridge.job(jobId, options), List.of(), options, JobResult::read);
    }

    /**
     * Finds out who spoke when in a recorded call, with names. The server fetches the recording from the record's
     * address.
     *
     * @param record a record of the platform's call log, in JSON, as its API returns it
     * @return who spoke when
     * @throws InvalidInputException if the record is none
     */
    public CallIdentification identifyCall(String record) {
        return identifyCall(record, null, new CallOptions());
    }

    /**
     * Finds out who spoke when in a recorded call, with names.
     *
     * @param record a record of the platform's call log, in JSON, as its API returns it
     * @param recording the recording
     * @return who spoke when
     * @throws InvalidInputException if the record is none
     */
    public CallIdentification identifyCall(String record, Recording recording) {
        return identifyCall(record, recording, new CallOptions());
    }

    /**
     * Finds out who spoke when in a recorded call, with names.
     *
     * @param record a record of the platform's call log, in JSON, as its API returns it
     * @param recording the recording, or {@code null} for the server to fetch it
     * @param options how
     * @return who spoke when
     * @throws InvalidInputException if the record is none
     */
    public CallIdentification identifyCall(String record, Recording recording, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "record", Json.given("record", record));
        List<Recording> recordings = recording == null ? List.of() : List.of(recording);
        return bridge.run("identify_call", args, recordings, options, CallIdentification::read);
    }

    // Consent, expiry and export also work for a registry on a server of this project. The rest of what follows needs
    // a store file; a registry on a server throws UnsupportedException.

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     *
     * @param speakerId the speaker
     * @param consent the record
     * @throws NotFoundException if the id is not enrolled
     */
    public void recordConsent(String speakerId, ConsentRecord consent) {
        recordConsent(speakerId, consent, new CallOptions());
    }

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     *
     * @param speakerId the speaker
     * @param consent the record
     * @param options how
     * @throws NotFoundException if the id is not enrolled
     */
    public void recordConsent(String speakerId, ConsentRecord consent, CallOptions options) {
        JsonObject args =
                Options.with(Bridge.speaker(speakerId, options), "consent", Json.of(Bridge.given("consent", consent)));
        bridge.run("record_consent", args, List.of(), options, nothing -> null);
    }

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     *
     * @param speakerId the speaker
     * @return the records
     * @throws NotFoundException if the id is not enrolled
     */
    public ConsentState consent(String speakerId) {
        return consent(speakerId, new CallOptions());
    }

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     *
     * @param speakerId the speaker
     * @param options how
     * @return the records
     * @throws NotFoundException if the id is not enrolled
     */
    public ConsentState consent(String speakerId, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.run("consent", args, List.of(), options, ConsentState::read);
    }

    /**
     * Deletes a speaker at once, as {@code delete} does, and keeps the proof that the consent was withdrawn.
     *
     * @param speakerId the speaker
     * @throws NotFoundException if the id is not enrolled
     */
    public void withdrawConsent(String speakerId) {
        withdrawConsent(speakerId, new CallOptions());
    }

    /**
     * Deletes a speaker at once, as {@code delete} does, and keeps the proof that the consent was withdrawn.
     *
     * @param speakerId the speaker
     * @param options how
     * @throws NotFoundException if the id is not enrolled
     */
    public void withdrawConsent(String speakerId, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        bridge.run("withdraw_consent", args, List.of(), options, nothing -> null);
    }

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and {@code purge} erases.
     *
     * @param speakerId the speaker
     * @param at seconds since 1970; null: never
     * @throws NotFoundException if the id is not enrolled
     */
    public void expire(String speakerId, Long at) {
        expire(speakerId, at, new CallOptions());
    }

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and {@code purge} erases.
     *
     * @param speakerId the speaker
     * @param at seconds since 1970; null: never
     * @param options how
     * @throws NotFoundException if the id is not enrolled
     */
    public void expire(String speakerId, Long at, CallOptions options) {
        JsonObject args = Options.with(Bridge.speaker(speakerId, options), "at", at);
        bridge.run("expire", args, List.of(), options, nothing -> null);
    }

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     *
     * @return seconds, or null
     */
    public Long retention() {
        return retention(new CallOptions());
    }

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     *
     * @param options how
     * @return seconds, or null
     */
    public Long retention(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.run("retention", args, List.of(), options, Json::number);
    }

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     *
     * @param seconds seconds, or null
     */
    public void setRetention(Long seconds) {
        setRetention(seconds, new CallOptions());
    }

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     *
     * @param seconds seconds, or null
     * @param options how
     */
    public void setRetention(Long seconds, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "seconds", seconds);
        bridge.run("set_retention", args, List.of(), options, nothing -> null);
    }

    /**
     * The speakers who have expired and whom {@code purge} would erase, sorted by id.
     *
     * @return the ids
     */
    public List<String> expired() {
        return expired(new CallOptions());
    }

    /**
     * The speakers who have expired and whom {@code purge} would erase, sorted by id.
     *
     * @param options how
     * @return the ids
     */
    public List<String> expired(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.run("expired", args, List.of(), options, Json::texts);
    }

    /**
     * Erases the speakers who have expired, as {@code delete} does.
     *
     * @return the ids
     */
    public List<String> purge() {
        return purge(new CallOptions());
    }

    /**
     * Erases the speakers who have expired, as {@code delete} does.
     *
     * @param options how
     * @return the ids
     */
    public List<String> purge(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.run("purge", args, List.of(), options, Json::texts);
    }

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     *
     * @param speakerId the speaker
     * @param voiceprints whether voiceprints are included
     * @return the text
     * @throws NotFoundException if the id is not enrolled
     */
    public String exportSpeaker(String speakerId, boolean voiceprints) {
        return exportSpeaker(speakerId, voiceprints, new CallOptions());
    }

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     *
     * @param speakerId the speaker
     * @param voiceprints whether voiceprints are included
     * @param options how
     * @return the text
     * @throws NotFoundException if the id is not enrolled
     */
    public String exportSpeaker(String speakerId, boolean voiceprints, CallOptions options) {
        JsonObject args = Options.with(Bridge.speaker(speakerId, options), "voiceprints", voiceprints);
        return bridge.run("export_speaker", args, List.of(), options, JsonElement::getAsString);
    }

    /**
     * Enrolls a speaker from what {@code exportSpeaker} of another store of the same model returned, with voiceprints.
     * It trusts the text: no recording is compared.
     *
     * @param export the text
     * @return the enrollment
     * @throws ConflictException if the id is enrolled
     */
    public Enrollment importSpeaker(String export) {
        return importSpeaker(export, new CallOptions());
    }

    /**
     * Enrolls a speaker from what {@code exportSpeaker} of another store of the same model returned, with voiceprints.
     * It trusts the text: no recording is compared.
     *
     * @param export the text
     * @param options how
     * @return the enrollment
     * @throws ConflictException if the id is enrolled
     */
    public Enrollment importSpeaker(String export, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "export", Bridge.given("export", export));
        return bridge.run("import_speaker", args, List.of(), options, Enrollment::read);
    }

    /**
     * Replaces the key of the store. {@code forgetOld} also removes the old one from the key file: earlier backups can
     * then not be opened.
     *
     * @param forgetOld whether the old key is removed
     * @return how many speakers' keys were wrapped with the new one
     * @throws StoreException if the key cannot be read or written
     */
    public long rotateKey(boolean forgetOld) {
        return rotateKey(forgetOld, new CallOptions());
    }

    /**
     * Replaces the key of the store. {@code forgetOld} also removes the old one from the key file: earlier backups can
     * then not be opened.
     *
     * @param forgetOld whether the old key is removed
     * @param options how
     * @return how many speakers' keys were wrapped with the new one
     * @throws StoreException if the key cannot be read or written
     */
    public long rotateKey(boolean forgetOld, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "forget_old", forgetOld);
        return bridge.run("rotate_key", args, List.of(), options, JsonElement::getAsLong);
    }

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     *
     * @return the report
     * @throws InvalidInputException if an argument cannot be used
     */
    public AuditReport verifyAudit() {
        return verifyAudit(new CallOptions());
    }

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     *
     * @param options how
     * @return the report
     * @throws InvalidInputException if an argument cannot be used
     */
    public AuditReport verifyAudit(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.run("verify_audit", args, List.of(), options, AuditReport::read);
    }

    /**
     * The entries of the audit trail, oldest first.
     *
     * @return the entries
     * @throws InvalidInputException if an argument cannot be used
     */
    public List<AuditEntry> auditEntries() {
        return auditEntries(new CallOptions());
    }

    /**
     * The entries of the audit trail, oldest first.
     *
     * @param options how
     * @return the entries
     * @throws InvalidInputException if an argument cannot be used
     */
    public List<AuditEntry> auditEntries(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.run("audit_entries", args, List.of(), options, Json::entries);
    }

    /**
     * The pseudonym of a speaker in the audit trail.
     *
     * @param speakerId the speaker
     * @return the pseudonym
     */
    public String auditPseudonym(String speakerId) {
        return auditPseudonym(speakerId, new CallOptions());
    }

    /**
     * The pseudonym of a speaker in the audit trail.
     *
     * @param speakerId the speaker
     * @param options how
     * @return the pseudonym
     */
    public String auditPseudonym(String speakerId, CallOptions options) {
        JsonObject args = Bridge.speaker(speakerId, options);
        return bridge.run("audit_pseudonym", args, List.of(), options, JsonElement::getAsString);
    }

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see {@code restore}.
     *
     * @param to the new file
     * @throws InvalidInputException if an argument cannot be used
     */
    public void backup(Path to) {
        backup(to, new CallOptions());
    }

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see {@code restore}.
     *
     * @param to the new file
     * @param options how
     * @throws InvalidInputException if an argument cannot be used
     */
    public void backup(Path to, CallOptions options) {
        JsonObject args = Options.with(Bridge.args(options), "to", Json.path("to", to));
        bridge.run("backup", args, List.of(), options, nothing -> null);
    }

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     *
     * @return the report
     */
    public CheckReport check() {
        return check(new CallOptions());
    }

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     *
     * @param options how
     * @return the report
     */
    public CheckReport check(CallOptions options) {
        JsonObject args = Bridge.args(options);
        return bridge.run("check", args, List.of(), options, CheckReport::read);
    }
}
