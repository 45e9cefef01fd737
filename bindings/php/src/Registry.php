<?php

// SPDX-License-Identifier: Apache-2.0

declare(strict_types=1);

namespace Voiceroll;

use Voiceroll\Internal\Bridge;
use Voiceroll\Internal\Call;
use Voiceroll\Internal\Clock;
use Voiceroll\Internal\Ids;
use Voiceroll\Internal\Roll;
use Voiceroll\Internal\Wire;

/**
 * A registry of enrolled speakers: `open` uses a local store file, `connect` a server.
 *
 * A recording is the path of a file, an `SplFileInfo`, an open stream, or a `Recording`. All durations are seconds.
 * Every call takes three options by name:
 *
 * - `$timeout`: seconds after which it fails with `TimedOutException`, the reading of streams included. Nothing was
 *   changed then, or, on a server, `outcomeUnknown` says that this is not known.
 * - `$cancel`: a token that stops it; it then fails with `CancelledException`, under the same terms.
 * - `$progress`: called with a `Progress` as the work advances. What it throws stops the call and comes out of it.
 *
 * Each can throw a `VoicerollException`; named are those to reckon with.
 *
 * @phpstan-type Source string|\SplFileInfo|resource|Recording
 * @phpstan-type Watch (callable(Progress): mixed)|null
 */
final class Registry
{
    private function __construct(private readonly Bridge $bridge)
    {
    }

    /**
     * Opens a store file, and creates it and its folders if they do not exist. Its folder is one that can be written
     * to, even where the store is only read.
     *
     * @param string|null $model A speaker network of your own, as ONNX.
     * @param string|null $calibration A calibration made by `voiceroll calibrate`.
     * @param float|null $falseAcceptRate How often another person's voice may pass, 0 to 1. Default: 0.01.
     * @param float|null $maxSeconds The longest recording to decode, in seconds. Default: two hours.
     * @param int|null $maxBytes The largest file to read, in bytes. Default: 2 GiB.
     * @param bool|null $readOnly Whether the store is opened read-only.
     * @param string|null $keyFolder A folder with a key file for each store. Default: what the environment says, or a
     *     folder of the user. Without the key nobody can read the voiceprints.
     * @param string|null $keyFile Instead, the file of the key; it is created if it does not exist.
     * @param string|null $keyVariable Instead, the environment variable that holds the key.
     * @param string|null $keyCommand Instead, a command that prints the key.
     * @param bool|null $encrypted Whether the store is encrypted. Default: it is, unless it was created with false.
     * @param bool|null $requireConsent Whether nobody is enrolled or recognised without a valid `ConsentRecord`.
     * @param bool|null $decisionsOnly Whether answers say no more than the decision: no confidence, ratio or score.
     * @param int|null $attemptsPerHour How often in an hour a speaker may be verified, or named as a candidate.
     *     Default: without limit.
     * @param string|null $audit The folder of an audit trail of every change and every recognition. Default: none.
     * @param string|null $actor The actor in the audit trail. Default: the user of the operating system.
     * @throws StoreException
     */
    public static function open(
        #[\SensitiveParameter] string|\SplFileInfo $path,
        #[\SensitiveParameter] ?string $model = null,
        #[\SensitiveParameter] ?string $calibration = null,
        ?float $falseAcceptRate = null,
        ?float $maxSeconds = null,
        ?int $maxBytes = null,
        ?bool $readOnly = null,
        #[\SensitiveParameter] ?string $keyFolder = null,
        #[\SensitiveParameter] ?string $keyFile = null,
        ?string $keyVariable = null,
        #[\SensitiveParameter] ?string $keyCommand = null,
        ?bool $encrypted = null,
        ?bool $requireConsent = null,
        ?bool $decisionsOnly = null,
        ?int $attemptsPerHour = null,
        #[\SensitiveParameter] ?string $audit = null,
        #[\SensitiveParameter] ?string $actor = null,
    ): self {
        return new self(Bridge::open([
            'model' => $model,
            'calibration' => $calibration,
            'false_accept_rate' => $falseAcceptRate,
            'max_seconds' => $maxSeconds,
            'max_bytes' => $maxBytes,
            'read_only' => $readOnly,
            'key_folder' => $keyFolder,
            'key_file' => $keyFile,
            'key_variable' => $keyVariable,
            'key_command' => $keyCommand,
            'encrypted' => $encrypted,
            'require_consent' => $requireConsent,
            'decisions_only' => $decisionsOnly,
            'attempts_per_hour' => $attemptsPerHour,
            'audit' => $audit,
            'actor' => $actor,
        ], \is_string($path) ? $path : $path->getPathname()));
    }

    /**
     * Uses a registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one. Nothing is sent
     * before the first call, which logs in.
     *
     * @param string|null $url The server's address. Default: `VOICEROLL_SERVER` or `RINGCENTRAL_SERVER_URL` of the
     *     environment.
     * @param string|null $clientId What to log in with, and `$clientSecret` and `$jwt`. Default: `VOICEROLL_CLIENT_ID`,
     *     `VOICEROLL_CLIENT_SECRET` and `VOICEROLL_JWT`, or the same with `RINGCENTRAL_`.
     * @param bool $inspect Whether recordings are inspected locally before they are sent for enrollment.
     * @param int|null $maxRecording The largest recording to send, in bytes; of a larger one the best 30 s are sent.
     *     Default: 16 MiB.
     * @param float|null $requestTimeout The timeout of a single request, in seconds. Default: 300.
     * @param float|null $patience The total time that a call waits for a busy server, in seconds. Default: 120.
     * @param bool $plainHttp Whether to allow unencrypted http to another machine.
     * @param float|null $maxSeconds As for `open`, and `$maxBytes`.
     * @throws InvalidInputException
     */
    public static function connect(
        #[\SensitiveParameter] ?string $url = null,
        #[\SensitiveParameter] ?string $clientId = null,
        #[\SensitiveParameter] ?string $clientSecret = null,
        #[\SensitiveParameter] ?string $jwt = null,
        bool $inspect = true,
        ?int $maxRecording = null,
        ?float $requestTimeout = null,
        ?float $patience = null,
        bool $plainHttp = false,
        ?float $maxSeconds = null,
        ?int $maxBytes = null,
    ): self {
        return new self(Bridge::open([
            'url' => $url ?? '',
            'client_id' => $clientId,
            'client_secret' => $clientSecret,
            'jwt' => $jwt,
            'inspect' => $inspect,
            'max_recording' => $maxRecording,
            'request_timeout' => $requestTimeout,
            'patience' => $patience,
            'plain_http' => $plainHttp,
            'max_seconds' => $maxSeconds,
            'max_bytes' => $maxBytes,
        ]));
    }

    /**
     * Closes the registry; on a server, ends the session, waiting at most 5 s. Closing again does
     * nothing. A registry that is let go of without it only leaves its session to run out.
     */
    public function close(): void
    {
        if ($this->bridge->isClosed()) {
            return;
        }
        try {
            $this->run('log_out', [], [], null, null, null);
        } finally {
            $this->bridge->close();
        }
    }

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored.
     *
     * @param Source $recording
     * @param Watch $progress
     * @throws UnreadableException Where it cannot be read at all; faults such as noise are in `problems`.
     * @throws LimitException
     */
    public function inspect(
        #[\SensitiveParameter] mixed $recording,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Inspection {
        return Inspection::read(Wire::of($this->run('inspect', [], [$recording], $timeout, $cancel, $progress)));
    }

    /**
     * Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
     * too little speech are refused, the others are added together.
     *
     * @param string $speakerId 1 to 128 letters, digits and underscores.
     * @param Source|iterable<Source> $recordings One recording or several of the same person.
     * @param bool $force Skips the same-speaker check.
     * @param Watch $progress
     * @param ConsentRecord|null $consent The consent of the speaker, which is recorded with the enrollment.
     * @throws RefusedException Where not one was accepted; `problems` says why. Nothing is changed in these cases.
     */
    public function enroll(
        #[\SensitiveParameter] string $speakerId,
        #[\SensitiveParameter] mixed $recordings,
        bool $force = false,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
        #[\SensitiveParameter] ?ConsentRecord $consent = null,
    ): Enrollment {
        return $this->add('enroll', $speakerId, $recordings, $force, $timeout, $cancel, $progress, $consent);
    }

    /**
     * Enrolls a new speaker; see `enroll`.
     *
     * @param Source|iterable<Source> $recordings
     * @param Watch $progress
     * @throws ConflictException Where the id is enrolled.
     * @throws RefusedException
     */
    public function create(
        #[\SensitiveParameter] string $speakerId,
        #[\SensitiveParameter] mixed $recordings,
        bool $force = false,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
        #[\SensitiveParameter] ?ConsentRecord $consent = null,
    ): Enrollment {
        return $this->add('create', $speakerId, $recordings, $force, $timeout, $cancel, $progress, $consent);
    }

    /**
     * Adds speech to an enrollment; see `enroll`.
     *
     * @param Source|iterable<Source> $recordings
     * @param Watch $progress
     * @throws NotFoundException Where the id is not enrolled.
     * @throws RefusedException
     */
    public function update(
        #[\SensitiveParameter] string $speakerId,
        #[\SensitiveParameter] mixed $recordings,
        bool $force = false,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
        #[\SensitiveParameter] ?ConsentRecord $consent = null,
    ): Enrollment {
        return $this->add('update', $speakerId, $recordings, $force, $timeout, $cancel, $progress, $consent);
    }

    /**
     * The enrollment of a speaker.
     *
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function get(
        #[\SensitiveParameter] string $speakerId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Enrollment {
        $args = ['speaker_id' => $speakerId];
        return Enrollment::read(Wire::of($this->run('get', $args, [], $timeout, $cancel, $progress)));
    }

    /**
     * One page of the enrollments, sorted by id; see `iterate` for all of them.
     *
     * @param bool $partial Whether to include incomplete enrollments.
     * @param int $page The page number, from 1.
     * @param int $perPage How many enrollments one has, 1 to 1000.
     * @param Watch $progress
     * @param string|null $after Only those whose ids come after this one, such as `Page::$nextAfter`, whatever the
     * number of
     *     the page.
     */
    public function list(
        bool $partial = false,
        int $page = 1,
        int $perPage = 100,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
        #[\SensitiveParameter] ?string $after = null,
    ): Page {
        $args = ['partial' => $partial, 'page' => $page, 'per_page' => $perPage, 'after' => $after];
        return Page::read(Wire::of($this->run('list', $args, [], $timeout, $cancel, $progress)));
    }

    /**
     * All enrollments, in the order of the ids, fetched a page at a time; they may be deleted meanwhile, and one who is
     * there throughout is seen once, but for a server of another make, whose pages are numbered. What it returns may be
     * gone through more than once, and is fetched anew each time.
     *
     * @param float|null $timeout For each page.
     * @param Watch $progress
     * @return \IteratorAggregate<int, Enrollment>
     */
    public function iterate(
        bool $partial = false,
        int $perPage = 100,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): \IteratorAggregate {
        return new Roll(fn (): \Generator => $this->pages(
            $perPage,
            fn (int $page, ?string $after): Page =>
                $this->list($partial, $page, $perPage, $timeout, $cancel, $progress, $after),
        ));
    }

    /**
     * @param \Closure(int, string|null): Page $list
     * @return \Generator<int, Enrollment, mixed, void>
     */
    private function pages(int $perPage, \Closure $list): \Generator
    {
        [$page, $after, $total, $seen] = [1, null, 0, []];
        while (true) {
            $found = $list($page, $after);
            [$missing, $total] = [$total - $found->total, $found->total];
            if ($after === null && $missing > 0 && $page > 1) {
                // Some are gone, and those behind them have moved up.
                $page = \max(1, $page - \intdiv($missing + $perPage - 1, $perPage));
                continue;
            }
            foreach ($found->records as $record) {
                if (!isset($seen[$record->speakerId])) {
                    $seen[$record->speakerId] = true;
                    yield $record;
                }
            }
            if ($found->nextAfter === null && ($after !== null || $page >= $found->totalPages)) {
                return;
            }
            [$page, $after] = [$page + 1, $found->nextAfter];
        }
    }

    /**
     * Deletes a speaker with all voiceprints and measurements.
     *
     * @param Watch $progress
     * @throws NotFoundException Where the id was never enrolled.
     * @throws GoneException Where it was deleted before.
     */
    public function delete(
        #[\SensitiveParameter] string $speakerId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): void {
        $this->run('delete', ['speaker_id' => $speakerId], [], $timeout, $cancel, $progress);
    }

    /**
     * Removes one recording from an enrollment, by its `Sample::$id`, and recomputes the enrollment from the others.
     *
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function removeSample(
        #[\SensitiveParameter] string $speakerId,
        int $sample,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Enrollment {
        $args = ['speaker_id' => $speakerId, 'sample' => $sample];
        return Enrollment::read(Wire::of($this->run('remove_sample', $args, [], $timeout, $cancel, $progress)));
    }

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     *
     * @param Source $recording
     * @param Watch $progress
     * @throws UnreadableException
     */
    public function prepare(
        #[\SensitiveParameter] mixed $recording,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Prepared {
        $clock = new Clock($timeout, $cancel);
        [$told, $wav] = Call::run($this->bridge, 'prepare', [], [$recording], $clock, $progress);
        return Prepared::read(Wire::of($told), $wav);
    }

    /**
     * Whether a recording is of an enrolled speaker.
     *
     * @param Source $recording
     * @param Watch $progress
     * @throws NotFoundException
     * @throws IncompleteException
     * @throws ModelMismatchException
     */
    public function verify(
        #[\SensitiveParameter] string $speakerId,
        #[\SensitiveParameter] mixed $recording,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Verification {
        $args = ['speaker_id' => $speakerId];
        return Verification::read(Wire::of($this->run('verify', $args, [$recording], $timeout, $cancel, $progress)));
    }

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others.
     *
     * @param Source $recording A conversation.
     * @param iterable<string|int>|null $speakerIds Who is looked for. Default: every speaker with a complete
     * enrollment.
     * @param Watch $progress
     * @throws NotFoundException For one who is looked for, as the next two; before the recording is read.
     * @throws IncompleteException
     * @throws ModelMismatchException
     * @throws InvalidInputException Where nobody is looked for.
     */
    public function identify(
        #[\SensitiveParameter] mixed $recording,
        #[\SensitiveParameter] ?iterable $speakerIds = null,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Identification {
        $args = ['speaker_ids' => $speakerIds === null ? null : Ids::of($speakerIds)];
        return Identification::read(Wire::of($this->run('identify', $args, [$recording], $timeout, $cancel, $progress)));
    }

    /**
     * Finds out who speaks when in a recording.
     *
     * @param Source $recording A conversation.
     * @param int|null $speakers The number of speakers, 1 to 20, if known.
     * @param 'all'|iterable<string|int>|null $known The enrolled speakers to search for. Default: none.
     * @param bool $perChannel Whether each channel is one speaker.
     * @param Watch $progress
     * @throws NotFoundException For one who is known, as the next two; before the recording is read.
     * @throws IncompleteException
     * @throws ModelMismatchException
     */
    public function diarize(
        #[\SensitiveParameter] mixed $recording,
        ?int $speakers = null,
        #[\SensitiveParameter] string|iterable|null $known = null,
        bool $perChannel = false,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Diarization {
        $named = \is_iterable($known) ? Ids::of($known) : $known;
        $args = ['speakers' => $speakers, 'known' => $named, 'per_channel' => $perChannel];
        return Diarization::read(Wire::of($this->run('diarize', $args, [$recording], $timeout, $cancel, $progress)));
    }

    /**
     * The name of the model that makes this registry's voiceprints.
     *
     * @param Watch $progress
     */
    public function model(?float $timeout = null, ?CancelToken $cancel = null, ?callable $progress = null): string
    {
        return Wire::text($this->run('model', [], [], $timeout, $cancel, $progress));
    }

    /**
     * The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
     *
     * As pairs: an id of digits alone would become a number as the key of an array.
     *
     * @param Watch $progress
     * @return list<array{string, string}>
     */
    public function outdated(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): array {
        return Wire::pairs($this->run('outdated', [], [], $timeout, $cancel, $progress));
    }

    /**
     * Submits a job: the server fetches a recording and processes it. Returns the job id.
     *
     * @param Watch $progress
     * @throws UnsupportedException Where the registry is not on a server; so do `job` and `wait`.
     * @throws NotFoundException For one who is looked for.
     * @throws IncompleteException
     */
    public function submit(
        JobRequest $request,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): string {
        return Wire::text($this->run('submit', $request->args(), [], $timeout, $cancel, $progress));
    }

    /**
     * The status of a job.
     *
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function job(
        #[\SensitiveParameter] string $jobId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Job {
        return Job::read(Wire::of($this->run('job', ['job' => $jobId], [], $timeout, $cancel, $progress)));
    }

    /**
     * Waits until a job is done; bound that with `$timeout`.
     *
     * @param Watch $progress
     * @throws VoicerollException Of the kind of what the job failed of.
     */
    public function wait(
        #[\SensitiveParameter] string $jobId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): JobResult {
        return JobResult::read(Wire::of($this->run('wait', ['job' => $jobId], [], $timeout, $cancel, $progress)));
    }

    /**
     * Finds out who spoke when in a recorded call, with names.
     *
     * @param array<mixed> $record A record of the platform's call log, as its API returns it.
     * @param Source|null $recording The recording, where it is at hand. Default: the server fetches it from the
     *     record's address.
     * @param Watch $progress
     */
    public function identifyCall(
        #[\SensitiveParameter] array $record,
        #[\SensitiveParameter] mixed $recording = null,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): CallIdentification {
        $sources = $recording === null ? [] : [$recording];
        $args = ['record' => (object) $record];
        return CallIdentification::read(
            Wire::of($this->run('identify_call', $args, $sources, $timeout, $cancel, $progress)),
        );
    }

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     *
     * @param ConsentRecord $consent The record.
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function recordConsent(
        #[\SensitiveParameter] string $speakerId,
        #[\SensitiveParameter] ConsentRecord $consent,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): void {
        $args = ['speaker_id' => $speakerId, 'consent' => $consent->toArray()];
        $this->run('record_consent', $args, [], $timeout, $cancel, $progress);
    }

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     *
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function consent(
        #[\SensitiveParameter] string $speakerId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): ConsentState {
        $args = ['speaker_id' => $speakerId];
        return ConsentState::read(Wire::of($this->run('consent', $args, [], $timeout, $cancel, $progress)));
    }

    /**
     * Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
     *
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function withdrawConsent(
        #[\SensitiveParameter] string $speakerId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): void {
        $args = ['speaker_id' => $speakerId];
        $this->run('withdraw_consent', $args, [], $timeout, $cancel, $progress);
    }

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
     *
     * @param int|null $at Seconds since 1970; null: never.
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function expire(
        #[\SensitiveParameter] string $speakerId,
        ?int $at = null,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): void {
        $args = ['speaker_id' => $speakerId, 'at' => $at];
        $this->run('expire', $args, [], $timeout, $cancel, $progress);
    }

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     *
     * @param Watch $progress
     */
    public function retention(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): ?int {
        $args = [];
        $found = $this->run('retention', $args, [], $timeout, $cancel, $progress);
        return Wire::of(['seconds' => $found])->intOrNull('seconds');
    }

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     *
     * @param int|null $seconds Seconds, or null.
     * @param Watch $progress
     */
    public function setRetention(
        ?int $seconds,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): void {
        $args = ['seconds' => $seconds];
        $this->run('set_retention', $args, [], $timeout, $cancel, $progress);
    }

    /**
     * The speakers who have expired and whom `purge` would erase, sorted by id.
     *
     * @param Watch $progress
     * @return list<string>
     */
    public function expired(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): array {
        $args = [];
        return Wire::of(['ids' => $this->run('expired', $args, [], $timeout, $cancel, $progress)])->strings('ids');
    }

    /**
     * Erases the speakers who have expired, as `delete` does.
     *
     * @param Watch $progress
     * @return list<string>
     */
    public function purge(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): array {
        $args = [];
        return Wire::of(['ids' => $this->run('purge', $args, [], $timeout, $cancel, $progress)])->strings('ids');
    }

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     *
     * @param bool $voiceprints Whether voiceprints are included.
     * @param Watch $progress
     * @throws NotFoundException
     */
    public function exportSpeaker(
        #[\SensitiveParameter] string $speakerId,
        bool $voiceprints = false,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): string {
        $args = ['speaker_id' => $speakerId, 'voiceprints' => $voiceprints];
        return Wire::of(['text' => $this->run('export_speaker', $args, [], $timeout, $cancel, $progress)])->string('text');
    }

    /**
     * Enrolls a speaker from what `exportSpeaker` of another store of the same model returned, with voiceprints. It
     * trusts the text: no recording is compared.
     *
     * @param string $export The text.
     * @param Watch $progress
     * @throws ConflictException
     */
    public function importSpeaker(
        #[\SensitiveParameter] string $export,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): Enrollment {
        $args = ['export' => $export];
        return Enrollment::read(Wire::of($this->run('import_speaker', $args, [], $timeout, $cancel, $progress)));
    }

    /**
     * Replaces the key of the store. `forgetOld` also removes the old one from the key file: earlier backups can then
     * not be opened.
     *
     * @param bool $forgetOld Whether the old key is removed.
     * @param Watch $progress
     * @throws StoreException
     */
    public function rotateKey(
        bool $forgetOld = false,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): int {
        $args = ['forget_old' => $forgetOld];
        return Wire::of(['count' => $this->run('rotate_key', $args, [], $timeout, $cancel, $progress)])->int('count');
    }

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     *
     * @param Watch $progress
     * @throws InvalidInputException
     */
    public function verifyAudit(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): AuditReport {
        $args = [];
        return AuditReport::read(Wire::of($this->run('verify_audit', $args, [], $timeout, $cancel, $progress)));
    }

    /**
     * The entries of the audit trail, oldest first.
     *
     * @param Watch $progress
     * @return list<AuditEntry>
     * @throws InvalidInputException
     */
    public function auditEntries(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): array {
        $args = [];
        $found = $this->run('audit_entries', $args, [], $timeout, $cancel, $progress);
        return Wire::of(['entries' => $found])->list('entries', AuditEntry::read(...));
    }

    /**
     * The pseudonym of a speaker in the audit trail.
     *
     * @param Watch $progress
     */
    public function auditPseudonym(
        #[\SensitiveParameter] string $speakerId,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): string {
        $args = ['speaker_id' => $speakerId];
        return Wire::of(['text' => $this->run('audit_pseudonym', $args, [], $timeout, $cancel, $progress)])->string('text');
    }

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
     *
     * @param string $to The new file.
     * @param Watch $progress
     * @throws InvalidInputException
     */
    public function backup(
        #[\SensitiveParameter] string $to,
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): void {
        $args = ['to' => $to];
        $this->run('backup', $args, [], $timeout, $cancel, $progress);
    }

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     *
     * @param Watch $progress
     */
    public function check(
        ?float $timeout = null,
        ?CancelToken $cancel = null,
        ?callable $progress = null,
    ): CheckReport {
        $args = [];
        return CheckReport::read(Wire::of($this->run('check', $args, [], $timeout, $cancel, $progress)));
    }

    /** @param Watch $progress */
    private function add(
        string $verb,
        #[\SensitiveParameter] string $speakerId,
        #[\SensitiveParameter] mixed $recordings,
        bool $force,
        ?float $timeout,
        ?CancelToken $cancel,
        ?callable $progress,
        #[\SensitiveParameter] ?ConsentRecord $consent,
    ): Enrollment {
        // An SplFileObject is a file, though its lines can be iterated over.
        $several = \is_iterable($recordings) && !$recordings instanceof \SplFileInfo ? $recordings : [$recordings];
        $args = ['speaker_id' => $speakerId, 'force' => $force, 'consent' => $consent?->toArray()];
        return Enrollment::read(Wire::of($this->run($verb, $args, $several, $timeout, $cancel, $progress)));
    }

    /**
     * @param array<string, mixed> $args
     * @param iterable<mixed> $recordings
     * @param Watch $progress
     */
    private function run(
        string $verb,
        #[\SensitiveParameter] array $args,
        #[\SensitiveParameter] iterable $recordings,
        ?float $timeout,
        ?CancelToken $cancel,
        ?callable $progress,
    ): mixed {
        return Call::run($this->bridge, $verb, $args, $recordings, new Clock($timeout, $cancel), $progress)[0];
    }

    private function __clone()
    {
    }
}
