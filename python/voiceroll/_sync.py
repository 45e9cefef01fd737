"""The registry for callers without asyncio. `_async.py` is made from this file by `tools/make_async.py`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Literal, Self, Unpack, cast

from . import _native
from ._bridge import Bridge
from ._call import Base, CallOptions, EnrollOptions, end, run
from ._job import JobRequest, args_of, ids_of
from ._live import LiveEnrollment, LiveIdentification, opened
from ._recording import Buffer, Source
from ._types import (
    AuditEntry,
    AuditReport,
    CallIdentification,
    CheckReport,
    ConsentRecord,
    ConsentState,
    Diarization,
    Enrollment,
    Identification,
    Inspection,
    Job,
    JobResult,
    Page,
    Prepared,
    Verification,
    read,
)


class Registry(Base):
    """A registry of enrolled speakers: `open` uses a local store file, `connect` a server.

    It can be used from many threads at once. The GIL is released during a call, and Ctrl-C ends it.
    Each call takes the keyword arguments of `CallOptions`: ``timeout``, ``cancel`` and ``on_progress``.

    Examples
    --------
    >>> with voiceroll.Registry.open("voices.db") as registry:
    ...     enrollment = registry.enroll("ada", "call.mp3")
    """

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        model: str | os.PathLike[str] | None = None,
        calibration: str | os.PathLike[str] | None = None,
        false_accept_rate: float | None = None,
        max_seconds: float | None = None,
        max_bytes: int | None = None,
        read_only: bool | None = None,
        key_folder: str | os.PathLike[str] | None = None,
        key_file: str | os.PathLike[str] | None = None,
        key_variable: str | None = None,
        key_command: str | None = None,
        encrypted: bool | None = None,
        require_consent: bool | None = None,
        decisions_only: bool | None = None,
        attempts_per_hour: int | None = None,
        audit: str | os.PathLike[str] | None = None,
        actor: str | None = None,
    ) -> Self:
        """Opens a store file, and creates it and its folders if they do not exist.

        Its folder must be writable even for reading.

        Parameters
        ----------
        path : path
            The store file.
        model : path, optional
            The speaker network: ``compact``, ``campplus``, or the path of your own ONNX file. Default: that of
            ``VOICEROLL_MODEL``, or else that of the store, or for a new store the most accurate one installed.
        calibration : path, optional
            A calibration made by ``voiceroll calibrate``.
        false_accept_rate : float, optional
            The share of other people's recordings that may match, between 0 and 1. Default: 0.01.
        max_seconds : float, optional
            The longest recording to decode, in seconds. Default: two hours.
        max_bytes : int, optional
            The largest file to read, in bytes. Default: 2 GiB.
        read_only : bool, optional
            Whether the store is opened read-only; calls that would change it raise `StoreError`.
        key_folder, key_file : path, optional
            Where the key of the store is: a folder with a file for each store, or a file. Both are created if they do
            not exist. Default: what the environment says, or a folder of the user. Without the key nobody can read
            the voiceprints.
        key_variable, key_command : str, optional
            Instead, the environment variable that holds the key, or a command that prints it.
        encrypted : bool, optional
            Whether the store is encrypted. Default: it is, unless it was created with False.
        require_consent : bool, optional
            Whether nobody is enrolled or recognised without a valid `ConsentRecord`.
        decisions_only : bool, optional
            Whether answers say no more than the decision: no confidence, ratio or score.
        attempts_per_hour : int, optional
            How often in an hour a speaker may be verified, or named as a candidate. Default: without limit.
        audit : path, optional
            The folder of an audit trail of every change and every recognition. Default: none is kept.
        actor : str, optional
            The actor in the audit trail. Default: the user of the operating system.

        Raises
        ------
        StoreError, InvalidInputError
        """
        return cls._open(
            {
                "path": os.fspath(path),
                "model": model,
                "calibration": calibration,
                "false_accept_rate": false_accept_rate,
                "max_seconds": max_seconds,
                "max_bytes": max_bytes,
                "read_only": read_only,
                "key_folder": key_folder,
                "key_file": key_file,
                "key_variable": key_variable,
                "key_command": key_command,
                "encrypted": encrypted,
                "require_consent": require_consent,
                "decisions_only": decisions_only,
                "attempts_per_hour": attempts_per_hour,
                "audit": audit,
                "actor": actor,
            }
        )

    @classmethod
    def connect(
        cls,
        url: str | None = None,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        jwt: str | None = None,
        inspect: bool = True,
        max_recording: int | None = None,
        request_timeout: float | None = None,
        patience: float | None = None,
        plain_http: bool = False,
        max_seconds: float | None = None,
        max_bytes: int | None = None,
    ) -> Self:
        """Uses a registry on a server with RingCentral's API: ``voiceroll serve``, or a compatible one.

        Nothing is sent before the first call, which logs in.

        Parameters
        ----------
        url : str, optional
            The server's address. Default: ``VOICEROLL_SERVER`` or ``RINGCENTRAL_SERVER_URL``.
        client_id, client_secret, jwt : str, optional
            The credentials. Default: ``VOICEROLL_CLIENT_ID``, ``VOICEROLL_CLIENT_SECRET`` and
            ``VOICEROLL_JWT``, or the same with ``RINGCENTRAL_``.
        inspect : bool
            Whether recordings are inspected locally before they are sent for enrollment.
        max_recording : int, optional
            The largest recording to send, in bytes; of a larger one the best 30 s are sent. Default: 16 MiB.
        request_timeout : float, optional
            The timeout of a single request, in seconds. Default: 300.
        patience : float, optional
            The total time that a call waits for a busy server, in seconds. Default: 120.
        plain_http : bool
            Whether to allow unencrypted http to another machine.
        max_seconds, max_bytes : optional
            As for `open`.

        Raises
        ------
        InvalidInputError
        """
        return cls._open(
            {
                "url": url or "",
                "client_id": client_id,
                "client_secret": client_secret,
                "jwt": jwt,
                "inspect": inspect,
                "max_recording": max_recording,
                "request_timeout": request_timeout,
                "patience": patience,
                "plain_http": plain_http,
                "max_seconds": max_seconds,
                "max_bytes": max_bytes,
            }
        )

    def close(self) -> None:
        """Closes the registry; on a server, ends the session, waiting at most 5 s.

        New calls are refused from then on. Calls that are under way go on: this does not wait for them, and the
        last of them ends the session. Closing again does nothing.
        """
        end(self._bridge)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def inspect(self, recording: Source, **options: Unpack[CallOptions]) -> Inspection:
        """Measures a recording and tells whether it would be enrolled. Nothing is stored.

        Raises
        ------
        UnreadableError, LimitError, IoError
            Where it cannot be read at all; faults such as noise are in ``problems``.
        """
        return cast(Inspection, run(self._bridge, "inspect", Inspection, options, recording))

    def enroll(
        self, speaker_id: str, recordings: Source | Iterable[Source], **options: Unpack[EnrollOptions]
    ) -> Enrollment:
        """Enrolls a speaker: creates the enrollment, or adds to an existing one.

        Each recording is inspected; those with too little speech are refused, the others are added together.

        Parameters
        ----------
        speaker_id : str
            1 to 128 letters, digits and underscores.
        recordings : source or iterable of sources
            One recording or several of the same person.

        Raises
        ------
        RefusedError
            Where not one recording was accepted; ``problems`` says why. Nothing is changed in these cases.
        """
        return cast(Enrollment, run(self._bridge, "enroll", Enrollment, options, recordings, speaker_id=speaker_id))

    def create(
        self, speaker_id: str, recordings: Source | Iterable[Source], **options: Unpack[EnrollOptions]
    ) -> Enrollment:
        """Enrolls a new speaker; see `enroll`.

        Raises
        ------
        ConflictError
            Where the id is enrolled.
        """
        return cast(Enrollment, run(self._bridge, "create", Enrollment, options, recordings, speaker_id=speaker_id))

    def update(
        self, speaker_id: str, recordings: Source | Iterable[Source], **options: Unpack[EnrollOptions]
    ) -> Enrollment:
        """Adds speech to an enrollment; see `enroll`.

        Raises
        ------
        NotFoundError
            Where the id is not enrolled.
        """
        return cast(Enrollment, run(self._bridge, "update", Enrollment, options, recordings, speaker_id=speaker_id))

    def get(self, speaker_id: str, **options: Unpack[CallOptions]) -> Enrollment:
        """The enrollment of a speaker.

        Raises
        ------
        NotFoundError
        """
        return cast(Enrollment, run(self._bridge, "get", Enrollment, options, speaker_id=speaker_id))

    def list(
        self,
        *,
        partial: bool = False,
        page: int = 1,
        per_page: int = 100,
        after: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Page:
        """One page of the enrollments, sorted by id; see `iterate` for all of them.

        Parameters
        ----------
        partial : bool
            Whether to include incomplete enrollments.
        page, per_page : int
            Which page, from 1, and how many enrollments one has, 1 to 1000.
        after : str, optional
            Only those whose ids come after this one, such as `Page.next_after`, whatever the number of the page.
        """
        asked: dict[str, Any] = {"partial": partial, "page": page, "per_page": per_page, "after": after}
        return cast(Page, run(self._bridge, "list", Page, options, **asked))

    def iterate(
        self, *, partial: bool = False, per_page: int = 100, **options: Unpack[CallOptions]
    ) -> Iterator[Enrollment]:
        """All enrollments, sorted by id, fetched page by page; others may be deleted meanwhile.

        One that is added or deleted meanwhile may be missed; one who is there throughout is seen once. On a server of
        another make, which use page numbers, additions and deletions can hide a speaker.
        """
        page, total = 1, 0
        after: str | None = None
        seen: set[str] = set()
        while True:
            found = self.list(partial=partial, page=page, per_page=per_page, after=after, **options)
            missing, total = total - found.total, found.total
            if after is None and missing > 0 and page > 1:
                # Some are gone, and those behind them have moved up.
                page = max(1, page - -(-missing // per_page))
                continue
            for record in found.records:
                if record.speaker_id not in seen:
                    seen.add(record.speaker_id)
                    yield record
            if found.next_after is None and (after is not None or page >= found.total_pages):
                return
            page, after = page + 1, found.next_after

    def delete(self, speaker_id: str, **options: Unpack[CallOptions]) -> None:
        """Deletes a speaker with all voiceprints and measurements.

        Raises
        ------
        NotFoundError
            Where the id was never enrolled.
        GoneError
            Where it was deleted before.
        """
        run(self._bridge, "delete", None, options, speaker_id=speaker_id)

    def remove_sample(self, speaker_id: str, sample: int, **options: Unpack[CallOptions]) -> Enrollment:
        """Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others.

        Raises
        ------
        NotFoundError
        """
        return cast(
            Enrollment, run(self._bridge, "remove_sample", Enrollment, options, speaker_id=speaker_id, sample=sample)
        )

    def prepare(self, recording: Source, **options: Unpack[CallOptions]) -> Prepared:
        """Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV."""
        return cast(Prepared, run(self._bridge, "prepare", Prepared, options, recording))

    def verify(self, speaker_id: str, recording: Source, **options: Unpack[CallOptions]) -> Verification:
        """Whether a recording is of an enrolled speaker.

        Raises
        ------
        NotFoundError, IncompleteError, ModelMismatchError
        """
        return cast(Verification, run(self._bridge, "verify", Verification, options, recording, speaker_id=speaker_id))

    def identify(
        self, recording: Source, *, speaker_ids: Iterable[str] | None = None, **options: Unpack[CallOptions]
    ) -> Identification:
        """Finds the segments of a recording in which enrolled speakers speak, and those of others.

        Parameters
        ----------
        recording : source
            A conversation.
        speaker_ids : iterable of str, optional
            Who is looked for. Default: every speaker with a complete enrollment.

        Raises
        ------
        NotFoundError, IncompleteError, ModelMismatchError
            For one who is looked for; before the recording is read.
        InvalidInputError
            Where nobody is looked for.
        """
        ids = None if speaker_ids is None else ids_of("speaker_ids", speaker_ids)
        return cast(Identification, run(self._bridge, "identify", Identification, options, recording, speaker_ids=ids))

    def diarize(
        self,
        recording: Source,
        *,
        speakers: int | None = None,
        known: Literal["all"] | Iterable[str] | None = None,
        per_channel: bool = False,
        **options: Unpack[CallOptions],
    ) -> Diarization:
        """Finds out who speaks when in a recording.

        Parameters
        ----------
        recording : source
            A conversation.
        speakers : int, optional
            The number of speakers, 1 to 20, if known.
        known : "all" or iterable of str, optional
            The enrolled speakers to search for. Default: none.
        per_channel : bool
            Whether each channel is one speaker.

        Raises
        ------
        NotFoundError, IncompleteError, ModelMismatchError
            For one who is known; before the recording is read.
        """
        named = known if known is None or known == "all" else ids_of("known", known)
        asked: dict[str, Any] = {"speakers": speakers, "known": named, "per_channel": per_channel}
        return cast(Diarization, run(self._bridge, "diarize", Diarization, options, recording, **asked))

    def live_enrollment(
        self,
        speaker_id: str,
        *,
        format: Literal["container", "i16", "f32"] = "container",
        sample_rate: int | None = None,
        channels: int | None = None,
        force: bool = False,
        consent: ConsentRecord | None = None,
    ) -> LiveEnrollment:
        """An enrollment while somebody speaks, which starts with its first call.

        Parameters
        ----------
        speaker_id : str
            The speaker.
        format : str, optional
            What the bytes are: ``container``, a WAV, WebM, Ogg, MP3 or AAC recording as it is written; or samples,
            little-endian, channels interleaved: ``i16``, or ``f32`` of -1 to 1.
        sample_rate, channels : int, optional
            Of samples: 4,000 to 192,000 Hz, 1 to 8 channels (1 by default).
        force : bool
            Skips the same-speaker check.
        consent : ConsentRecord, optional
            The consent of the speaker, which is recorded with the enrollment.

        Raises
        ------
        InvalidInputError
        """
        asked = {"speaker_id": speaker_id, "force": force, "consent": consent}
        return cast(LiveEnrollment, opened(LiveEnrollment, self._bridge, format, sample_rate, channels, **asked))

    def live_identification(
        self,
        *,
        speaker_ids: Iterable[str] | None = None,
        format: Literal["container", "i16", "f32"] = "container",
        sample_rate: int | None = None,
        channels: int | None = None,
    ) -> LiveIdentification:
        """An identification while people speak, which starts with its first call.

        Parameters
        ----------
        speaker_ids : iterable of str, optional
            Who is looked for. Default: every speaker with a complete enrollment.
        format : str, optional
            As for `live_enrollment`.
        sample_rate, channels : int, optional
            As for `live_enrollment`.

        Raises
        ------
        InvalidInputError
        """
        ids = None if speaker_ids is None else ids_of("speaker_ids", speaker_ids)
        made = opened(LiveIdentification, self._bridge, format, sample_rate, channels, speaker_ids=ids)
        return cast(LiveIdentification, made)

    def model(self, **options: Unpack[CallOptions]) -> str:
        """The name of the model that makes this registry's voiceprints."""
        return cast(str, run(self._bridge, "model", None, options))

    def outdated(self, **options: Unpack[CallOptions]) -> dict[str, str]:
        """The speakers enrolled with another model, with the name of that model; they have to be re-enrolled."""
        return dict(run(self._bridge, "outdated", None, options))

    def submit(self, request: JobRequest, **options: Unpack[CallOptions]) -> str:
        """Submits a job: the server fetches a recording and processes it. Returns the job id.

        Raises
        ------
        UnsupportedError
            Where the registry is not on a server; so do `job` and `wait`.
        NotFoundError, IncompleteError
            For one who is looked for.
        """
        return cast(str, run(self._bridge, "submit", None, options, **args_of(request)))

    def job(self, job_id: str, **options: Unpack[CallOptions]) -> Job:
        """The status of a job.

        Raises
        ------
        NotFoundError
        """
        return cast(Job, run(self._bridge, "job", Job, options, job=job_id))

    def wait(self, job_id: str, **options: Unpack[CallOptions]) -> JobResult:
        """Waits until a job is done, with polling; limit the wait with ``timeout``.

        Raises
        ------
        Error
            Of the kind of what the job failed of.
        """
        return cast(JobResult, run(self._bridge, "wait", JobResult, options, job=job_id))

    def identify_call(
        self, record: Mapping[str, Any], recording: Source | None = None, **options: Unpack[CallOptions]
    ) -> CallIdentification:
        """Finds out who spoke when in a recorded call, with names.

        Parameters
        ----------
        record : mapping
            A record of the platform's call log, as its API returns it.
        recording : source, optional
            The recording, where it is at hand. Default: the server fetches it from the record's address.
        """
        sources: list[Source] = [] if recording is None else [recording]
        found = run(self._bridge, "identify_call", CallIdentification, options, sources, record=dict(record))
        return cast(CallIdentification, found)

    def record_consent(self, speaker_id: str, consent: ConsentRecord, **options: Unpack[CallOptions]) -> None:
        """Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.

        Consent, expiry and export also work for a registry on a server of this project. The other calls below need a
        store file; for a registry on a server they raise `UnsupportedError`.

        Raises
        ------
        NotFoundError, InvalidInputError
        """
        run(self._bridge, "record_consent", None, options, speaker_id=speaker_id, consent=consent)

    def consent(self, speaker_id: str, **options: Unpack[CallOptions]) -> ConsentState:
        """What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.

        Raises
        ------
        NotFoundError
        """
        return cast(ConsentState, run(self._bridge, "consent", ConsentState, options, speaker_id=speaker_id))

    def withdraw_consent(self, speaker_id: str, **options: Unpack[CallOptions]) -> None:
        """Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.

        Raises
        ------
        NotFoundError, GoneError
        """
        run(self._bridge, "withdraw_consent", None, options, speaker_id=speaker_id)

    def expire(self, speaker_id: str, at: int | None = None, **options: Unpack[CallOptions]) -> None:
        """Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.

        Parameters
        ----------
        speaker_id : str
            The speaker.
        at : int, optional
            Seconds since 1970. Default: never.

        Raises
        ------
        NotFoundError
        """
        run(self._bridge, "expire", None, options, speaker_id=speaker_id, at=at)

    def retention(self, **options: Unpack[CallOptions]) -> int | None:
        """How many seconds new speakers are kept; None: until they are deleted."""
        return cast("int | None", run(self._bridge, "retention", None, options))

    def set_retention(self, seconds: int | None, **options: Unpack[CallOptions]) -> None:
        """Sets how many seconds speakers are kept who are enrolled from now on; None: until they are deleted."""
        run(self._bridge, "set_retention", None, options, seconds=seconds)

    def expired(self, **options: Unpack[CallOptions]) -> tuple[str, ...]:
        """The speakers who have expired and whom `purge` would erase, sorted by id."""
        return tuple(run(self._bridge, "expired", None, options))

    def purge(self, **options: Unpack[CallOptions]) -> tuple[str, ...]:
        """Erases the speakers who have expired, as `delete` does; returns their ids."""
        return tuple(run(self._bridge, "purge", None, options))

    def export_speaker(self, speaker_id: str, *, voiceprints: bool = False, **options: Unpack[CallOptions]) -> str:
        """Everything that is held about a speaker, as JSON text; ``docs/lawful.md`` describes its form.

        Parameters
        ----------
        speaker_id : str
            The speaker.
        voiceprints : bool
            Whether voiceprints are included.

        Raises
        ------
        NotFoundError
        """
        asked: dict[str, Any] = {"speaker_id": speaker_id, "voiceprints": voiceprints}
        return cast(str, run(self._bridge, "export_speaker", None, options, **asked))

    def import_speaker(self, export: str, **options: Unpack[CallOptions]) -> Enrollment:
        """Enrolls a speaker from what `export_speaker` of another store of the same model returned, with voiceprints.

        It trusts the text: no recording is compared.

        Raises
        ------
        ConflictError, ModelMismatchError, InvalidInputError
        """
        return cast(Enrollment, run(self._bridge, "import_speaker", Enrollment, options, export=export))

    def rotate_key(self, *, forget_old: bool = False, **options: Unpack[CallOptions]) -> int:
        """Replaces the key of the store; returns how many speakers' keys were wrapped with the new one.

        Parameters
        ----------
        forget_old : bool
            Whether the old key is removed from the store's key file. Earlier backups can then not be opened.

        Raises
        ------
        StoreError, InvalidInputError
        """
        return cast(int, run(self._bridge, "rotate_key", None, options, forget_old=forget_old))

    def verify_audit(self, **options: Unpack[CallOptions]) -> AuditReport:
        """Reads the audit trail and reports entries that were changed, removed or inserted.

        Raises
        ------
        InvalidInputError
            Where the registry was opened without ``audit``.
        """
        return cast(AuditReport, run(self._bridge, "verify_audit", AuditReport, options))

    def audit_entries(self, **options: Unpack[CallOptions]) -> tuple[AuditEntry, ...]:
        """The entries of the audit trail, oldest first.

        Raises
        ------
        InvalidInputError
            Where the registry was opened without ``audit``.
        """
        return cast("tuple[AuditEntry, ...]", run(self._bridge, "audit_entries", tuple[AuditEntry, ...], options))

    def audit_pseudonym(self, speaker_id: str, **options: Unpack[CallOptions]) -> str:
        """The pseudonym of a speaker in the audit trail: `AuditEntry.speaker`."""
        return cast(str, run(self._bridge, "audit_pseudonym", None, options, speaker_id=speaker_id))

    def backup(self, to: str | os.PathLike[str], **options: Unpack[CallOptions]) -> None:
        """Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.

        Raises
        ------
        InvalidInputError
            Where the file exists.
        """
        run(self._bridge, "backup", None, options, to=os.fspath(to))

    def check(self, **options: Unpack[CallOptions]) -> CheckReport:
        """Reads everything in the store, and the audit trail if there is one, and reports what was changed."""
        return cast(CheckReport, run(self._bridge, "check", CheckReport, options))


class Callbacks(Base):
    """Receives the callbacks that servers post to a `JobRequest.webhook`: pass each request to `take`, and answer 200.

    Parameters
    ----------
    secret : str, optional
        Takes only callbacks that are signed with it: the app's secret, of
        ``voiceroll apps callback-secret``.
    """

    def __init__(self, secret: str | None = None) -> None:
        self._bridge = Bridge(_native.Bridge.open(_settings(secret)))

    def take(self, body: Buffer, *, timestamp: str | None = None, signature: str | None = None) -> Job:
        """Processes a callback: its body, and its headers ``Voiceroll-Timestamp`` and ``Voiceroll-Signature``.

        Raises
        ------
        UnauthorizedError
            For a signature that is missing, wrong or older than five minutes: answer 401.
        UnsupportedError
            For a body that is not a job: answer 400.
        """
        return cast(Job, read(Job, _parsed(self._bridge.native.take(timestamp, signature, body))))

    def wait(self, job_id: str, **options: Unpack[CallOptions]) -> JobResult:
        """Waits for the result of a job; limit the wait with ``timeout``."""
        return cast(JobResult, run(self._bridge, "wait", JobResult, options, job=job_id))


def _settings(secret: str | None) -> str:
    import json

    return json.dumps({"callbacks": True} if secret is None else {"callbacks": True, "secret": secret})


def _parsed(text: str) -> Any:
    import json

    return json.loads(text)
