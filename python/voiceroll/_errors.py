"""What can go wrong, as exceptions: one parent, a class for each kind, built-in relatives where people catch those."""

import builtins
import json
from typing import Any

from ._types import Problem, read


class Error(Exception):
    """Parent of all exceptions of Voiceroll.

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
        The number under which the server's log has the request.
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
    """An exception that nobody has filled in, for what is unpickled."""
    made = kind.__new__(kind)
    made.args = args
    return made


class InvalidInputError(Error, ValueError):
    """An argument is malformed, such as a speaker id with a space in it."""


class UnreadableError(Error, ValueError):
    """The recording cannot be read at all: wrong format, no sound in it, damaged."""


class RefusedError(Error, ValueError):
    """The recording can be read, but is not fit to enroll; ``problems`` says why."""


class LimitError(Error, ValueError):
    """A limit was passed, such as the longest recording to decode."""


class ConflictError(Error):
    """The speaker id is enrolled already."""


class NotFoundError(Error, LookupError):
    """The speaker id, or the sample, is not enrolled; or there is no such job."""


class GoneError(Error, LookupError):
    """The speaker id was enrolled once and has been deleted, or has expired."""


class IncompleteError(Error):
    """The enrollment lacks speech to recognise anybody by, or a consent."""


class ModelMismatchError(Error):
    """Voiceprints made by different models cannot be compared or mixed."""


class StoreError(Error, OSError):
    """The store could not be read or written."""


class IoError(Error, OSError):
    """A file could not be read or written."""


class CancelledError(Error):
    """The call was stopped by a `CancelToken`."""


class TimeoutError(Error, builtins.TimeoutError):
    """The call took longer than its ``timeout``."""


class UnauthorizedError(Error, PermissionError):
    """The server does not let these credentials in."""


class UnavailableError(Error, ConnectionError):
    """The server cannot be reached, is busy, or failed: try again later."""


class UnsupportedError(Error):
    """The server does not do this, or does not speak the contract."""


class InternalError(Error):
    """A defect in Voiceroll itself."""


KINDS = {kind.__name__.removesuffix("Error"): kind for kind in Error.__subclasses__()}
"""Those of this module: an application may have children of its own."""


def from_json(text: str) -> Error:
    """The exception for an error as the core says it."""
    fields = json.loads(text)
    return KINDS.get(fields["kind"], Error)(**fields)
