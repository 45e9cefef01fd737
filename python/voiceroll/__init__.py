"""Speaker enrollment, verification, identification and diarization, offline and without an account.

`Registry` is a registry of enrolled speakers, `AsyncRegistry` the same for asyncio. `inspect` measures a recording and
tells whether it would be enrolled; `prepare` cuts its best stretch out.

>>> registry = voiceroll.Registry.open("voices.db")
>>> enrollment = registry.enroll("ada", ["monday.mp3", "tuesday.m4a"])
>>> enrollment.complete, enrollment.missing_seconds
(True, 0.0)
"""

import atexit as _atexit
import os as _os
from pathlib import Path as _Path
from typing import Any, Unpack, cast

try:
    from . import _native
except ImportError as _missing:
    raise ImportError(
        f"voiceroll has no compiled part that this Python can load ({_missing}); reinstall it with `pip install "
        "--force-reinstall voiceroll`, or build it in a clone with Rust (https://rustup.rs) and `pip install ./python`"
    ) from _missing
from ._async import AsyncCallbacks, AsyncRegistry
from ._bridge import Bridge as _Bridge
from ._call import CallOptions, CancelToken, EnrollOptions, run
from ._errors import (
    CancelledError,
    ConflictError,
    Error,
    GoneError,
    IncompleteError,
    InternalError,
    InvalidInputError,
    IoError,
    LimitError,
    ModelMismatchError,
    NotFoundError,
    RefusedError,
    StoreError,
    TimeoutError,
    UnauthorizedError,
    UnavailableError,
    UnreadableError,
    UnsupportedError,
)
from ._job import JobRequest
from ._live import AsyncLiveEnrollment, AsyncLiveIdentification, LiveEnrollment, LiveIdentification
from ._recording import Recording, Source
from ._sync import Callbacks, Registry
from ._types import (
    AuditEntry,
    AuditReport,
    CallIdentification,
    CallSegment,
    CheckReport,
    ConsentRecord,
    ConsentState,
    Decision,
    Diarization,
    Enrollment,
    Identification,
    Inspection,
    Job,
    JobResult,
    JobStatus,
    LiveSpeaker,
    LiveStatus,
    LiveUpdate,
    Page,
    Prepared,
    Problem,
    Progress,
    Quality,
    Restored,
    Sample,
    Segment,
    Severity,
    Transcript,
    Utterance,
    Verification,
    Withdrawal,
    Word,
)

_atexit.register(_native.fall_silent)

# Released wheels bring the most accurate model.
_models = _Path(__file__).with_name("models")
if _models.is_dir():
    _native.models_in(_models)

__version__ = _native.version()


def inspect(
    recording: Source,
    *,
    max_seconds: float | None = None,
    max_bytes: int | None = None,
    **options: Unpack[CallOptions],
) -> Inspection:
    """Measures a recording and says whether it would be enrolled, without a registry.

    Parameters
    ----------
    recording : source
        A path, bytes, a buffer, an open binary file, or a `Recording`.
    max_seconds, max_bytes : optional
        The longest recording, in seconds, and the largest file that are read.

    Raises
    ------
    UnreadableError, LimitError, IoError
        Where it cannot be read at all; faults such as noise are in ``problems``.
    """
    limits = {"max_seconds": max_seconds, "max_bytes": max_bytes}
    return cast(Inspection, run(_Bridge(_native.Bridge.free()), "inspect", Inspection, options, recording, **limits))


def prepare(
    recording: Source,
    *,
    max_seconds: float | None = None,
    max_bytes: int | None = None,
    **options: Unpack[CallOptions],
) -> Prepared:
    """Cuts the stretch with the most continuous speech, at most 30 s, out of a recording; see `inspect`."""
    limits = {"max_seconds": max_seconds, "max_bytes": max_bytes}
    return cast(Prepared, run(_Bridge(_native.Bridge.free()), "prepare", Prepared, options, recording, **limits))


def restore(
    backup: str | _os.PathLike[str],
    path: str | _os.PathLike[str],
    *,
    replace: bool = False,
    key_folder: str | _os.PathLike[str] | None = None,
    key_file: str | _os.PathLike[str] | None = None,
    key_variable: str | None = None,
    key_command: str | None = None,
    audit: str | _os.PathLike[str] | None = None,
    actor: str | None = None,
    **options: Unpack[CallOptions],
) -> Restored:
    """Puts a backup in the place of a store that nobody has open.

    Speakers who were deleted from the replaced store since the backup are erased from the restored one.

    Parameters
    ----------
    backup, path : path
        The backup, and the store file.
    replace : bool
        Whether a store that exists is moved aside.
    key_folder, key_file, key_variable, key_command, audit, actor : optional
        As for `Registry.open`.

    Raises
    ------
    StoreError
        Where the backup is damaged or the key is wrong.
    InvalidInputError
        Where a store exists and ``replace`` is not set.
    """
    asked: dict[str, Any] = {
        "backup": _os.fspath(backup),
        "path": _os.fspath(path),
        "replace": replace,
        "key_folder": key_folder,
        "key_file": key_file,
        "key_variable": key_variable,
        "key_command": key_command,
        "audit": audit,
        "actor": actor,
    }
    return cast(Restored, run(_Bridge(_native.Bridge.free()), "restore", Restored, options, **asked))


__all__ = [
    "AsyncCallbacks",
    "AsyncLiveEnrollment",
    "AsyncLiveIdentification",
    "AsyncRegistry",
    "AuditEntry",
    "AuditReport",
    "CallIdentification",
    "CallOptions",
    "CallSegment",
    "Callbacks",
    "CancelToken",
    "CancelledError",
    "CheckReport",
    "ConflictError",
    "ConsentRecord",
    "ConsentState",
    "Decision",
    "Diarization",
    "EnrollOptions",
    "Enrollment",
    "Error",
    "GoneError",
    "Identification",
    "IncompleteError",
    "Inspection",
    "InternalError",
    "InvalidInputError",
    "IoError",
    "Job",
    "JobRequest",
    "JobResult",
    "JobStatus",
    "LimitError",
    "LiveEnrollment",
    "LiveIdentification",
    "LiveSpeaker",
    "LiveStatus",
    "LiveUpdate",
    "ModelMismatchError",
    "NotFoundError",
    "Page",
    "Prepared",
    "Problem",
    "Progress",
    "Quality",
    "Recording",
    "RefusedError",
    "Registry",
    "Restored",
    "Sample",
    "Segment",
    "Severity",
    "Source",
    "StoreError",
    "TimeoutError",
    "Transcript",
    "UnauthorizedError",
    "UnavailableError",
    "UnreadableError",
    "UnsupportedError",
    "Utterance",
    "Verification",
    "Withdrawal",
    "Word",
    "inspect",
    "prepare",
    "restore",
]

# Tracebacks, pickles and notebooks name what people import.
for _name in __all__:
    _public = globals()[_name]
    if isinstance(_public, type) and _public.__module__.startswith("voiceroll._"):
        _public.__module__ = "voiceroll"
