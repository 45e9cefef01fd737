"""The exceptions: one base class, a class for each kind, which also derives from a related built-in one."""

import builtins
import json
from typing import Any

from ._types import Problem, read


class Error(Exception):
    """Base class of all exceptions of Voiceroll.

    Attributes
    ----------
    code : str
        Stable name of what happened, such as ``speaker_exists``; the same in every language.
    kind : str
        What kind of thing it is, such as ``Conflict``: the class's name without ``Error``.
    message : str
        A sentence that says what to do.
    retryable : bool
        Whether the same call may succeed later. Never where a part was done, or may have been.
    status : int or None
        HTTP status with which a server refused.
    request_id : str or None
        The id of the request in the server's log.
    retry_after : float or None
        Seconds to wait before a retry, where that is known.
    added : int
        How many recordings of the call were added before it failed.
    outcome_unknown : bool
        Whether it is not known what a server did: read the enrollment to know.
    problems : tuple of Problem
        Why a recording was refused.
    """

    code: str
    kind: str
    message: str
    retryable: bool
    status: int | None
    request_id: str | None
    retry_after: float | None
    added: int
    outcome_unknown: bool
    problems: tuple[Problem, ...]

    def __init__(self, message: str, **fields: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = fields.get("code", "")
        self.kind = fields.get("kind", type(self).__name__.removesuffix("Error"))
        self.retryable = fields.get("retryable", False)
        self.status = fields.get("status")
        self.request_id = fields.get("request_id")
        self.retry_after = fields.get("retry_after")
        self.added = fields.get("added", 0)
        self.outcome_unknown = fields.get("outcome_unknown", False)
        self.problems = read(tuple[Problem, ...], fields.get("problems", ()))

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]" if self.code else self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}(code={self.code!r}, message={self.message!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # An application's child may have a constructor of its own.
        return (blank, (type(self), self.args), self.__dict__)


def blank(kind: type[Error], args: tuple[Any, ...]) -> Error:
    """An empty exception, for unpickling."""
    made = kind.__new__(kind)
    made.args = args
    return made


class InvalidInputError(Error, ValueError):
    """An argument is invalid, such as a speaker id with a space in it."""


class UnreadableError(Error, ValueError):
    """The recording cannot be read: unsupported format, no audio, or damaged."""


class RefusedError(Error, ValueError):
    """The recording is readable but not fit for enrollment; ``problems`` says why."""


class LimitError(Error, ValueError):
    """A limit was exceeded, such as the duration of a recording."""


class ConflictError(Error):
    """The speaker id is already enrolled."""


class NotFoundError(Error, LookupError):
    """There is no such speaker, recording or job."""


class GoneError(Error, LookupError):
    """The speaker was already deleted, or has expired."""


class IncompleteError(Error):
    """The enrollment lacks speech for comparisons, or a consent."""


class ModelMismatchError(Error):
    """Voiceprints made by different models cannot be compared or mixed."""


class StoreError(Error, OSError):
    """The store could not be read or written."""


class IoError(Error, OSError):
    """A file could not be read or written."""


class CancelledError(Error):
    """The call was stopped by a `CancelToken`."""


class TimeoutError(Error, builtins.TimeoutError):
    """The call exceeded its ``timeout``."""


class UnauthorizedError(Error, PermissionError):
    """The server rejected the credentials."""


class UnavailableError(Error, ConnectionError):
    """The server cannot be reached, is busy or failed; try again later."""


class UnsupportedError(Error):
    """The server does not support this, or is not a compatible server."""


class InternalError(Error):
    """A defect in Voiceroll itself."""


KINDS = {kind.__name__.removesuffix("Error"): kind for kind in Error.__subclasses__()}
"""Those of this module: an application may have children of its own."""


def from_json(text: str) -> Error:
    """The exception for an error of the core."""
    fields = json.loads(text)
    return KINDS.get(fields["kind"], Error)(**fields)
