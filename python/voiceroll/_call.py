"""How a verb is asked of the core and waited for, with and without asyncio."""

from __future__ import annotations

import asyncio
import builtins
import contextvars
import inspect
import json
import logging
import math
import operator
import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypedDict, TypeVar, cast

from . import _native
from ._recording import Source, native, native_later, several
from ._types import Progress, read

logger = logging.getLogger("voiceroll")
logger.addHandler(logging.NullHandler())

T = TypeVar("T")
CancelToken = _native.CancelToken


class CallOptions(TypedDict, total=False):
    """Keyword arguments of every call.

    Attributes
    ----------
    timeout : float
        Seconds after which it fails with `TimeoutError`, the reading of files included. Nothing was changed
        then, or, on a server, ``outcome_unknown`` says that this is not known.
    cancel : CancelToken
        Stops it from another thread; it then fails with `CancelledError`, under the same terms.
    on_progress : callable
        Called with a `Progress` as the work advances, in the thread or event loop of the caller. What it
        raises stops the call.
    """

    timeout: float | None
    cancel: CancelToken | None
    on_progress: Callable[[Progress], object] | None


class EnrollOptions(CallOptions, total=False):
    """Keyword arguments of the calls that enroll.

    Attributes
    ----------
    force : bool
        Adds the recordings whoever speaks in them.
    """

    force: bool


class Base:
    """What both kinds of registry share."""

    _door: _native.Door

    def __init__(self, *_: object, **__: object) -> None:
        raise TypeError(f"make one with {type(self).__name__}.open(path) or {type(self).__name__}.connect(url)")

    @classmethod
    def _open(cls: type[T], settings: dict[str, Any]) -> T:
        made = cls.__new__(cls)
        path = settings.pop("path", None)
        told = dumped(settings)
        made._door = _native.Door.open(told) if path is None else _native.Door.open_file(path, told)  # type: ignore[attr-defined]
        return made

    def __repr__(self) -> str:
        return f"<voiceroll.{type(self).__name__}>"


def dumped(args: Mapping[str, Any]) -> str:
    """Arguments as the core reads them."""
    given = {name: value for name, value in args.items() if value is not None or name in REQUIRED}
    return json.dumps({name: simple(name, value) for name, value in given.items()})


def simple(name: str, value: Any) -> Any:
    """A value as JSON has it: NumPy's numbers, `Decimal` and the like are numbers too."""
    if name in TEXTS and not isinstance(value, str):
        raise TypeError(f"`{name}` is a str, not {type(value).__name__}")
    if type(value) in (str, bool, int, list, tuple, dict):
        return value
    if isinstance(value, str):
        return str(value)
    # NumPy's.
    if type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    if isinstance(value, os.PathLike):
        return os.fspath(cast("os.PathLike[str]", value))
    try:
        return operator.index(value)
    except TypeError:
        pass
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"`{name}` is no {type(value).__name__}") from None
    if not math.isfinite(number):
        raise ValueError(f"`{name}` is {number}; leave it out for no limit")
    return number


REQUIRED = {"speaker_id", "job", "content_uri"}
TEXTS = REQUIRED | {"url", "client_id", "client_secret", "jwt"}


def timeout(options: CallOptions) -> float | None:
    """Seconds that a call may take."""
    given = options.get("timeout")
    return None if given is None else float(simple("timeout", given))


def arguments(verb: str, options: CallOptions, args: dict[str, Any], started: float) -> str:
    """The arguments of a call as the core reads them; the reading of files was part of its time."""
    limit = timeout(options)
    if limit is not None:
        # A negative one is the core's to refuse.
        args["timeout"] = limit if limit < 0 else max(0.0, limit - (time.monotonic() - started))
    enrolling = verb in ("enroll", "create", "update")
    known = (EnrollOptions if enrolling else CallOptions).__annotations__.keys() | CallOptions.__annotations__.keys()
    if unknown := options.keys() - known:
        raise TypeError(f"`{verb}` has no option {', '.join(sorted(unknown))}")
    if inspect.iscoroutinefunction(options.get("on_progress")):
        raise TypeError("`on_progress` is called, not awaited: give a function that is not async")
    force = cast(EnrollOptions, options).get("force")
    return dumped({**args, "force": None if force is None else bool(force)})


def finished(verb: str, started: float, kind: Any, reply: tuple[str, bytes | None]) -> Any:
    """The result of a call."""
    logger.debug("%s: done in %.3f s", verb, time.monotonic() - started)
    value = json.loads(reply[0])
    return read(kind, {**value, "wav": reply[1]} if reply[1] is not None else value)


def failed(verb: str, started: float, error: BaseException) -> None:
    """Notes how a call failed, in no more than a word."""
    word = getattr(error, "code", type(error).__name__)
    logger.debug("%s: %s after %.3f s", verb, word, time.monotonic() - started)


def run(
    door: _native.Door,
    verb: str,
    kind: Any,
    options: CallOptions,
    recordings: Source | Iterable[Source] = (),
    **args: Any,
) -> Any:
    """Does a verb in the calling thread."""
    started = time.monotonic()
    report = options.get("on_progress")
    heard = [native(source) for source in several(recordings)]
    told = arguments(verb, options, args, started)
    call = door.start(verb, told, heard, options.get("cancel"), report is not None, None)
    try:
        return finished(verb, started, kind, call.wait(_teller(report)))
    except BaseException as error:
        failed(verb, started, error)
        raise


async def arun(
    door: _native.Door,
    verb: str,
    kind: Any,
    options: CallOptions,
    recordings: Source | Iterable[Source] = (),
    **args: Any,
) -> Any:
    """Does a verb and lets the event loop go on."""
    started = time.monotonic()
    report = options.get("on_progress")
    reading = asyncio.timeout(timeout(options))
    try:
        async with reading:
            heard = [await native_later(source) for source in several(recordings)]
    except builtins.TimeoutError:
        if not reading.expired():
            raise
        # The core says that the time is over, before it looks at any recording.
        heard = [native(b"")]
    told = arguments(verb, options, args, started)
    loop, context = asyncio.get_running_loop(), contextvars.copy_context()
    future: asyncio.Future[tuple[str, bytes | None]] = loop.create_future()
    tell = _teller(report)

    def look() -> None:
        if future.done():
            return
        try:
            come = call.progress()
            if come is not None and tell is not None:
                tell(*come)
            reply = call.result()
        except StopIteration as error:
            # A future cannot hold one.
            failure = RuntimeError("`on_progress` raised StopIteration")
            failure.__cause__ = error
            future.set_exception(failure)
        except Exception as error:
            future.set_exception(error)
        else:
            if reply is not None:
                future.set_result(reply)

    def notify() -> None:
        loop.call_soon_threadsafe(look, context=context)

    call = door.start(verb, told, heard, options.get("cancel"), report is not None, notify)
    try:
        return finished(verb, started, kind, await future)
    except BaseException as error:
        call.cancel()
        failed(verb, started, error)
        raise


def _teller(report: Callable[[Progress], object] | None) -> Callable[[int, int, float], object] | None:
    if report is None:
        return None
    return lambda recording, recordings, fraction: report(
        Progress(recording=recording, recordings=recordings, fraction=fraction)
    )
