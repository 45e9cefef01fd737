"""Speaker enrollment, verification, identification and diarization, offline and without an account.

`Registry` is a registry of enrolled speakers, `AsyncRegistry` the same for asyncio. `inspect` measures a recording and
tells whether it would be enrolled; `prepare` cuts its best stretch out.

>>> registry = voiceroll.Registry.open("voices.db")
>>> enrollment = registry.enroll("ada", ["monday.mp3", "tuesday.m4a"])
>>> enrollment.complete, enrollment.missing_seconds
(True, 0.0)
"""

import atexit as _atexit
from pathlib import Path as _Path
from typing import Unpack, cast

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
from ._recording import Recording, Source
from ._sync import Callbacks, Registry
from ._types import (
    CallIdentification,
    CallSegment,
    Decision,
    Diarization,
    Enrollment,
    Identification,
    Inspection,
    Job,
    JobResult,
    JobStatus,
    Page,
    Prepared,
    Problem,
    Progress,
    Quality,
    Sample,
    Segment,
    Severity,
    Transcript,
    Utterance,
    Verification,
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


__all__ = [
    "AsyncCallbacks",
    "AsyncRegistry",
    "CallIdentification",
    "CallOptions",
    "CallSegment",
    "Callbacks",
    "CancelToken",
    "CancelledError",
    "ConflictError",
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
    "Word",
    "inspect",
    "prepare",
]

# Tracebacks, pickles and notebooks name what people import.
for _name in __all__:
    _public = globals()[_name]
    if isinstance(_public, type) and _public.__module__.startswith("voiceroll._"):
        _public.__module__ = "voiceroll"
