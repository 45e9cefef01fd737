"""How a verb is asked of the core and waited for, with and without asyncio."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypedDict, TypeVar

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
        Seconds after which it fails with `TimeoutError`; nothing was changed then.
    cancel : CancelToken
        Stops it from another thread; it then fails with `CancelledError`.
    on_progress : callable
        Called with a `Progress` as the work advances, in the thread or event loop of the caller.
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

    def __init__(self) -> None:
        raise TypeError(f"make one with {type(self).__name__}.open(path) or {type(self).__name__}.connect(url)")

    @classmethod
    def _open(cls: type[T], settings: dict[str, Any]) -> T:
        made = cls.__new__(cls)
        given = {name: value for name, value in settings.items() if value is not None}
        made._door = _native.Door.open(json.dumps(given))  # type: ignore[attr-defined]
        return made

    def __repr__(self) -> str:
        return f"<voiceroll.{type(self).__name__}>"


def arguments(options: CallOptions, args: dict[str, Any]) -> str:
    """The arguments of a call as the core reads them."""
    unknown = options.keys() - EnrollOptions.__annotations__.keys() - CallOptions.__annotations__.keys()
    if unknown:
        raise TypeError(f"there is no option {', '.join(sorted(unknown))}")
    given = {**args, "timeout": options.get("timeout"), "force": options.get("force")}
    return json.dumps({name: value for name, value in given.items() if value is not None})


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
    told = arguments(options, args)
    heard = [native(source) for source in several(recordings)]
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
    told = arguments(options, args)
    heard = [await native_later(source) for source in several(recordings)]
    loop = asyncio.get_running_loop()
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
        except BaseException as error:
            future.set_exception(error)
        else:
            if reply is not None:
                future.set_result(reply)

    def notify() -> None:
        loop.call_soon_threadsafe(look)

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
