"""The results of calls: frozen values, the same as in every language."""

import dataclasses
import html
import types
import typing
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Quality(StrEnum):
    """How reliable an enrollment is, in rising order: ``quality >= Quality.GOOD``."""

    POOR = "Poor"
    AVERAGE = "Average"
    GOOD = "Good"
    HIGH = "High"

    @property
    def rank(self) -> int:
        """0 for the lowest."""
        return RANKS.index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < Quality(other).rank if _is_text(other) else NotImplemented

    def __le__(self, other: str) -> bool:
        return self.rank <= Quality(other).rank if _is_text(other) else NotImplemented

    def __gt__(self, other: str) -> bool:
        return self.rank > Quality(other).rank if _is_text(other) else NotImplemented

    def __ge__(self, other: str) -> bool:
        return self.rank >= Quality(other).rank if _is_text(other) else NotImplemented


def _is_text(value: object) -> bool:
    return isinstance(value, str)


RANKS = list(Quality)


class Severity(StrEnum):
    """The severity of a problem."""

    REFUSE = "refuse"
    WARN = "warn"
    NOTE = "note"


class Decision(StrEnum):
    """The outcome of a verification."""

    MATCH = "match"
    UNDECIDED = "undecided"
    NO_MATCH = "no_match"
    TOO_LITTLE_SPEECH = "too_little_speech"


class JobStatus(StrEnum):
    """The status of a job."""

    IN_PROGRESS = "InProgress"
    SUCCESS = "Success"
    FAIL = "Fail"


class Result:
    """Base class of the results of calls."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The same as dictionaries, lists and plain values; ready for JSON, but for the sound of a `Prepared`."""
        made: dict[str, Any] = plain(self)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Result):
    """The progress of a call.

    Attributes
    ----------
    recording : int
        Which recording of the call is being read, from 0.
    recordings : int
        How many recordings the call has.
    fraction : float
        How much of the whole call is done, 0 to 1.
    """

    recording: int
    recordings: int
    fraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Result):
    """A problem of a recording.

    Attributes
    ----------
    code : str
        Which problem, such as ``too_short``; the reference lists them with their units. More may come.
    severity : Severity
        The severity.
    measured : float or None
        The measured value, in the unit of the code.
    limit : float or None
        The limit, in the same unit.
    speaker_id : str or None
        The speaker with the same voice, for `duplicate_voice`.
    advice : str
        What to do, in one sentence.
    """

    code: str
    severity: Severity
    measured: float | None = None
    limit: float | None = None
    speaker_id: str | None = None
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection(Result):
    """The measurements of a recording, and its problems. Values that could not be measured are None.

    Attributes
    ----------
    container, codec : str
        What the bytes are stored in, and how the sound is coded: ``mp4`` and ``aac``.
    channels : int
        Number of channels; they are averaged before listening.
    sample_rate : int
        Samples a second.
    bandwidth_hz : float or None
        The highest frequency that carries voice, in Hz, at most 8000.
    duration : float
        Length in seconds.
    speech_seconds : float
        Seconds of speech; a pause under 300 ms counts as speech.
    longest_pause : float
        Longest stretch without speech, in seconds.
    level_dbfs, peak_dbfs : float or None
        Level of the speech, and the largest sample, in dB relative to full scale.
    clipped_ratio : float
        Share of samples cut off at a level, 0 to 1.
    snr_db, snr_blind_db : float or None
        Speech over noise in dB, and a second opinion from the amplitudes alone.
    dc_offset : float
        Mean of the samples, -1 to 1.
    nonfinite_samples : int
        Samples of a float recording that were no number.
    base64_bytes : int
        Size in base64, as RingCentral's API sends it.
    speakers : int or None
        How many people speak in it, by 60 s of its speech.
    problems : tuple of Problem
        What is wrong, the worst first.
    """

    container: str
    codec: str
    channels: int
    sample_rate: int
    bandwidth_hz: float | None
    duration: float
    speech_seconds: float
    longest_pause: float
    level_dbfs: float | None
    peak_dbfs: float | None
    clipped_ratio: float
    snr_db: float | None
    snr_blind_db: float | None
    dc_offset: float
    nonfinite_samples: int
    base64_bytes: int
    speakers: int | None
    problems: tuple[Problem, ...]

    @property
    def accepted(self) -> bool:
        """Whether it would be accepted for enrollment."""
        return not any(problem.severity == Severity.REFUSE for problem in self.problems)

    def _repr_html_(self) -> str:
        shown = {name: value for name, value in self.to_dict().items() if name != "problems"}
        return table({"accepted": self.accepted, **shown}) + problems_table(self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Result):
    """One recording of an enrollment.

    Attributes
    ----------
    id : int or None
        Its number in the enrollment, for ``remove_sample``; None if it was refused.
    input : int or None
        Which recording of this call it was, from 0; None for those from before.
    accepted : bool
        Whether it is part of the enrollment.
    speech_seconds, total_seconds : float
        Seconds of speech, and its length.
    snr_db : float or None
        Speech over noise in dB.
    bandwidth_hz : float or None
        Its bandwidth in Hz.
    enrolled_at : int or None
        When it was enrolled, in seconds since 1970.
    problems : tuple of Problem
        What was wrong with it.
    """

    id: int | None
    input: int | None
    accepted: bool
    speech_seconds: float
    total_seconds: float
    snr_db: float | None
    bandwidth_hz: float | None
    enrolled_at: int | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment(Result):
    """The enrollment of one speaker.

    Attributes
    ----------
    speaker_id : str
        The speaker's id.
    quality : Quality
        How much it can be relied on.
    complete : bool
        Whether there is enough speech for comparisons: at least 12 s.
    speech_seconds, total_seconds : float
        Seconds of speech, and of all recordings, pauses included.
    missing_seconds : float
        Seconds of speech still missing to be complete.
    model : str
        The model that made the voiceprints.
    recordings : tuple of Sample
        The enrolled recordings, oldest first, followed by those that this call refused.
    """

    speaker_id: str
    quality: Quality
    complete: bool
    speech_seconds: float
    total_seconds: float
    missing_seconds: float
    model: str
    recordings: tuple[Sample, ...]

    def _repr_html_(self) -> str:
        shown = {name: value for name, value in self.to_dict().items() if name != "recordings"}
        rows = "".join(
            f"<tr><td>{sample.id or 'refused'}</td><td>{sample.speech_seconds:.1f} s</td>"
            f"<td>{html.escape(', '.join(problem.code for problem in sample.problems))}</td></tr>"
            for sample in self.recordings
        )
        return table(shown) + f"<table><tr><th>recording</th><th>speech</th><th>problems</th></tr>{rows}</table>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecord(Result):
    """The consent of a person to being enrolled.

    Attributes
    ----------
    reference : str
        Who consented, as your own records have it: the number of a form, for example. No name is needed.
    given_at : int
        When, in seconds since 1970.
    text_version : str
        Which version of the text the person has seen.
    text_sha256 : str
        The SHA-256 digest of that text, in 64 hexadecimal digits.
    purposes : tuple of str
        ``verification``, ``identification``, ``diarization``, or others in words. Empty: all that the text says.
    valid_until : int or None
        Until when it is valid, in seconds since 1970; None where it is until it is withdrawn.
    collected_by : str or None
        Who collected it.
    """

    reference: str = field(repr=False)
    given_at: int
    text_version: str
    text_sha256: str
    purposes: tuple[str, ...] = field(default=(), repr=False)
    valid_until: int | None = None
    collected_by: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Result):
    """The proof that a consent was withdrawn, which stays when the voiceprint is deleted.

    Attributes
    ----------
    withdrawn_at : int
        When it was withdrawn, in seconds since 1970.
    consents : tuple of ConsentRecord
        The consents before, oldest first; empty where none was recorded.
    """

    withdrawn_at: int
    consents: tuple[ConsentRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentState(Result):
    """What a speaker has consented to, and how long the speaker is kept.

    Attributes
    ----------
    consents : tuple of ConsentRecord
        The records, oldest first.
    valid : bool
        Whether one of them is valid now.
    expires_at : int or None
        When the speaker expires, in seconds since 1970; None: never.
    withdrawals : tuple of Withdrawal
        Withdrawals under this id, oldest first.
    """

    consents: tuple[ConsentRecord, ...]
    valid: bool
    expires_at: int | None
    withdrawals: tuple[Withdrawal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(Result):
    """One line of an audit trail.

    Attributes
    ----------
    number : int
        Its number in the trail, from 1.
    time : int
        When, in seconds since 1970, by the clock of the machine.
    actor : str
        Who: the ``actor`` of `Registry.open`, or the user of the operating system.
    action : str
        What: ``enroll``, ``delete``, ``verify`` and so on.
    speaker : str or None
        Of whom: a pseudonym, see `Registry.audit_pseudonym`.
    outcome : str
        ``begun`` before a change, then ``done``, a decision such as ``match``, or the code of an error.
    changes : int
        How many changes the store had seen then.
    digest : str
        The digest of this entry and the one before, in hexadecimal digits.
    """

    number: int
    time: int
    actor: str
    action: str
    speaker: str | None
    outcome: str
    changes: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport(Result):
    """The result of verifying an audit trail.

    Attributes
    ----------
    entries : int
        How many entries there are.
    first : int
        The number of the first one; more than 1 where older files were moved away.
    faults : tuple of str
        The faults, in words, 100 at most; empty for an intact trail.
    """

    entries: int
    first: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport(Result):
    """The result of checking a store.

    Attributes
    ----------
    speakers, recordings : int
        How many speakers, and how many recordings of them, were checked.
    faults : tuple of str
        The faults, in words, 100 at most; empty for an intact store.
    """

    speakers: int
    recordings: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(Result):
    """The result of restoring a backup.

    Attributes
    ----------
    speakers : int
        How many speakers are enrolled now.
    erased : tuple of str
        Speakers in the backup who had been deleted since: they were erased again.
    deletions_known : bool
        Whether it is known who had been deleted since. If not, delete them again by your own records.
    aside : str or None
        Where the replaced store is now. Delete it when it is not needed any more.
    """

    speakers: int
    erased: tuple[str, ...]
    deletions_known: bool
    aside: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Result):
    """One page of enrollments, sorted by id. Iterating over it gives the enrollments.

    Attributes
    ----------
    records : tuple of Enrollment
        The enrollments; empty after the last page.
    page, per_page : int
        Which page this is, from 1, and how many enrollments one has.
    total_pages, total : int
        How many pages, and enrollments on all of them, there are.
    next_after : str or None
        After whom the next page begins. None on the last page, and from a server that knows its pages by number alone.
    """

    records: tuple[Enrollment, ...]
    page: int
    per_page: int
    total_pages: int
    total: int
    next_after: str | None

    def __iter__(self) -> typing.Iterator[Enrollment]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared(Result):
    """A stretch cut out of a recording.

    Attributes
    ----------
    wav : bytes
        A WAV file: 16 kHz, mono, 16 bit.
    start, end : float
        Where the stretch is in the recording, in seconds.
    speech_seconds : float
        Seconds of speech in it.
    """

    wav: bytes = field(repr=False)
    start: float
    end: float
    speech_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification(Result):
    """Whether a recording is of an enrolled speaker.

    Attributes
    ----------
    speaker_id : str
        The speaker that the recording was compared with.
    decision : Decision
        The decision.
    confidence : float or None
        The chance that it is this person, 0 to 1, if that was as likely as not beforehand; None with too little speech.
    llr : float or None
        Log-likelihood ratio of this speaker to another, natural logarithm.
    match_llr, no_match_llr : float
        The ``llr`` from which the decision is a match, and below which it is no match.
    score : float or None
        Cosine of the two voiceprints, -1 to 1.
    speech_seconds : float
        Seconds of speech in the recording.
    problems : tuple of Problem
        What is wrong with the recording.
    """

    speaker_id: str
    decision: Decision
    confidence: float | None
    llr: float | None
    match_llr: float
    no_match_llr: float
    score: float | None
    speech_seconds: float
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Result):
    """A stretch of a recording in which one person speaks.

    Attributes
    ----------
    start, end : float
        Where it is, in seconds from the start of the recording.
    speaker_id : str or None
        Who speaks; ``speaker_1`` and so on for voices that ``diarize`` does not name, None for those that
        ``identify`` does not know.
    confidence : float
        Confidence in the speaker, 0 to 1.
    enrolled : bool
        Whether ``speaker_id`` is an enrolled speaker.
    channel : int or None
        The channel, from 1, if each channel is one speaker.
    """

    start: float
    end: float
    speaker_id: str | None
    confidence: float
    enrolled: bool
    channel: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diarization(Result):
    """Who speaks when in a recording.

    Attributes
    ----------
    duration : float
        Length of the recording in seconds.
    speakers : int
        How many people speak.
    segments : tuple of Segment
        Their turns, in the order of their starts.
    problems : tuple of Problem
        Problems of the recording for diarization.
    """

    duration: float
    speakers: int
    segments: tuple[Segment, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification(Result):
    """The segments of a recording in which enrolled speakers speak, and those of others.

    Attributes
    ----------
    duration : float
        Length of the recording in seconds.
    speakers : int
        The number of speakers, enrolled or not.
    segments : tuple of Segment
        All segments, sorted by start, including those of unknown speakers.
    """

    duration: float
    speakers: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, kw_only=True)
class CallSegment(Segment):
    """A segment of a call, with the speaker's name. Its ``repr`` omits the name.

    Attributes
    ----------
    name : str or None
        The speaker's name from the record, or else from RingCentral.
    """

    name: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIdentification(Result):
    """Who spoke when in a call.

    Attributes
    ----------
    segments : tuple of CallSegment
        All turns, in the order of their starts.
    not_enrolled : tuple of str
        Who of the record could not be looked for.
    """

    segments: tuple[CallSegment, ...]
    not_enrolled: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Result):
    """A word of a transcript, with start and end in seconds and the speaker."""

    word: str = field(repr=False)
    start: float
    end: float
    speaker_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(Result):
    """Words of one speaker without a long pause, with start and end in seconds and the confidence in the speaker."""

    text: str = field(repr=False)
    start: float
    end: float
    speaker_id: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript(Result):
    """The transcript of a recording. Its ``repr`` omits the words.

    Attributes
    ----------
    text : str
        The full text.
    confidence : float
        Confidence in the speakers, 0 to 1.
    words : tuple of Word
        The words.
    utterances : tuple of Utterance
        What each speaker says at a time.
    """

    text: str = field(repr=False)
    confidence: float
    words: tuple[Word, ...] = field(repr=False)
    utterances: tuple[Utterance, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult(Result):
    """The result of a job.

    Attributes
    ----------
    speakers : int or None
        The number of speakers, if requested.
    segments : tuple of Segment
        Who speaks when.
    transcript : Transcript or None
        The transcript, if requested.
    """

    speakers: int | None
    segments: tuple[Segment, ...]
    transcript: Transcript | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Result):
    """The status of a job.

    Attributes
    ----------
    id : str
        As ``submit`` returned it.
    status : JobStatus
        Whether it is done.
    created_at, completed_at, expires_at : str or None
        When it was submitted, ended, and is forgotten, as RFC 3339.
    result : JobResult or None
        The result, if it succeeded.
    error_code, error_message : str or None
        Why it failed, if it did.
    """

    id: str
    status: JobStatus
    created_at: str
    completed_at: str | None
    expires_at: str
    result: JobResult | None
    error_code: str | None
    error_message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStatus(Result):
    """How an enrollment goes while somebody speaks. Everything is about the sound so far.

    Attributes
    ----------
    duration, speech_seconds : float
        Seconds of sound, and of speech in it.
    missing_seconds : float
        Seconds of speech that are still missing for a complete enrollment, with what was enrolled before.
    speaking : bool
        Whether somebody speaks now.
    momentary_dbfs : float or None
        The level of the last 0.4 s; None for digital silence.
    level_dbfs, peak_dbfs : float or None
        The level of the speech, and the largest sample.
    clipped_ratio : float
        Share of clipped samples, 0 to 1, in the worst channel.
    snr_db : float or None
        Signal-to-noise ratio; None as long as it cannot be measured.
    speakers : int or None
        Number of speakers; None with little speech, or with a network of your own.
    problems : tuple of Problem
        The problems as of now, the most severe first. They come and go with what is said.
    """

    duration: float
    speech_seconds: float
    missing_seconds: float
    speaking: bool
    momentary_dbfs: float | None
    level_dbfs: float | None
    peak_dbfs: float | None
    clipped_ratio: float
    snr_db: float | None
    speakers: int | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSpeaker(Result):
    """Who speaks now.

    Attributes
    ----------
    start : float
        Since when, in seconds from the start of the session.
    speaker_id : str or None
        The enrolled speaker; None for somebody who is not known, or not known yet.
    confidence : float
        Confidence in this answer, 0 to 1.
    decided : bool
        Whether enough was heard of the voice: of somebody who is named, or who spoke for 3 s without being named.
    """

    start: float
    speaker_id: str | None
    confidence: float
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUpdate(Result):
    """Who speaks in a stream, as far as it can be said now.

    Attributes
    ----------
    duration, speech_seconds : float
        Seconds of sound, and of speech in it.
    momentary_dbfs : float or None
        The level of the last 0.4 s; None for digital silence.
    speaker : LiveSpeaker or None
        Who speaks now; None in a pause, and in the first second and a half of somebody.
    segments : tuple of Segment
        Segments that are new or were corrected. They take the place of all earlier ones that start at
        ``segments[0].start`` or later.
    """

    duration: float
    speech_seconds: float
    momentary_dbfs: float | None
    speaker: LiveSpeaker | None
    segments: tuple[Segment, ...]


def frozen(kind: type[T]) -> type[T]:
    """Has a class say that it is frozen, which in Python 3.11 those with slots say only of their own fields."""

    def refuse(self: object, name: str) -> typing.NoReturn:
        raise dataclasses.FrozenInstanceError(f"{type(self).__name__} is frozen: `{name}` cannot be changed")

    def refuse_value(self: object, name: str, value: object) -> typing.NoReturn:
        refuse(self, name)

    for method, refusal in (("__delattr__", refuse), ("__setattr__", refuse_value)):
        setattr(kind, method, refusal)
    return kind


def _freeze(parent: type[Result]) -> None:
    for kind in parent.__subclasses__():
        _freeze(frozen(kind))


_freeze(Result)


def plain(value: Any) -> Any:
    """A value as dictionaries, lists and what JSON knows; bytes stay bytes."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in cast("tuple[object, ...]", value)]
    if dataclasses.is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in dataclasses.fields(value)}
    return value


def read(kind: Any, value: Any) -> Any:
    """A value of a type out of what JSON said. Fields that are not known here are left out."""
    if value is None:
        return None
    if isinstance(kind, types.UnionType):
        return read(kind.__args__[0], value)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(read(inner, item) for item in value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return kind(**{name: read(hint, value.get(name)) for name, hint in hints(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


HINTS: dict[type, tuple[tuple[str, Any], ...]] = {}


def hints(kind: type) -> tuple[tuple[str, Any], ...]:
    """The names and types of a class's fields."""
    if kind not in HINTS:
        HINTS[kind] = tuple(typing.get_type_hints(kind).items())
    return HINTS[kind]


def table(rows: dict[str, Any]) -> str:
    """Names and values as an HTML table, for notebooks."""
    shown = "".join(f"<tr><th>{name}</th><td>{html.escape(tell(value))}</td></tr>" for name, value in rows.items())
    return f"<table>{shown}</table>"


def problems_table(problems: tuple[Problem, ...]) -> str:
    """Problems as an HTML table."""
    rows = "".join(
        f"<tr><td>{problem.severity}</td><td>{html.escape(problem.code)}</td>"
        f"<td>{tell(problem.measured)}</td><td>{tell(problem.limit)}</td><td>{html.escape(problem.advice)}</td></tr>"
        for problem in problems
    )
    head = "<tr><th>severity</th><th>problem</th><th>measured</th><th>limit</th><th>advice</th></tr>"
    return f"<table>{head}{rows}</table>" if rows else ""


def tell(value: Any) -> str:
    """A value as people read it."""
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
