"""Starts calls in the core and waits for them, with and without asyncio."""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import contextvars
import inspect
import json
import logging
import math
import operator
import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self, TypeAlias, TypedDict, TypeVar, cast

from . import _native
from ._bridge import Bridge
from ._errors import Error, InvalidInputError
from ._recording import Source, native, native_later, several
from ._types import ConsentRecord, Progress, read

logger = logging.getLogger("voiceroll")
logger.addHandler(logging.NullHandler())

T = TypeVar("T")
CancelToken = _native.CancelToken

Reply: TypeAlias = tuple[str, bytes | None]
"""The result of the core: JSON, and the audio of a prepared recording."""


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
        Called with a `Progress` as the work advances, in the thread or event loop of the caller; not async. What it
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
        Skips the same-speaker check.
    consent : ConsentRecord
        The consent of the speaker, which is recorded with the enrollment.
    """

    force: bool
    consent: ConsentRecord


class Base:
    """What both kinds of registry share."""

    _bridge: Bridge

    def __init__(self, *_: object, **__: object) -> None:
        raise TypeError(f"use {type(self).__name__}.open(path) or {type(self).__name__}.connect(url)")

    @classmethod
    def _open(cls: type[T], settings: dict[str, Any]) -> T:
        made = cls.__new__(cls)
        path = settings.pop("path", None)
        told = dumped(settings)
        native = _native.Bridge.open(told) if path is None else _native.Bridge.open_file(path, told)
        made._bridge = Bridge(native)  # type: ignore[attr-defined]
        return made

    def __repr__(self) -> str:
        return f"<voiceroll.{type(self).__name__}>"


def dumped(args: Mapping[str, Any]) -> str:
    """Arguments as the core reads them."""
    return json.dumps(simplified(args))


def simplified(args: Mapping[str, Any]) -> dict[str, Any]:
    """Those that were given, as JSON has them."""
    given = {name: value for name, value in args.items() if value is not None or name in REQUIRED}
    return {name: simple(name, value) for name, value in given.items()}


def simple(name: str, value: Any) -> Any:
    """A value as JSON has it."""
    if name in TEXTS and not isinstance(value, str):
        raise TypeError(f"`{name}` must be a str, not {type(value).__name__}")
    if type(value) in (str, bool, list, tuple, dict):
        return value
    if isinstance(value, str):
        return str(value)
    # NumPy's.
    if type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    if isinstance(value, os.PathLike):
        return os.fspath(cast("os.PathLike[str]", value))
    try:
        return number(name, value)
    except TypeError:
        raise TypeError(f"`{name}` must not be a {type(value).__name__}") from None


def number(name: str, value: Any) -> int | float:
    """A number as JSON has it: NumPy's, `Decimal` and the like are numbers too, but no text is one."""
    whole = None
    with contextlib.suppress(TypeError):
        whole = operator.index(value)
    if whole is not None and whole.bit_length() <= 64:
        return whole
    if not hasattr(value, "__float__"):
        raise TypeError(f"`{name}` must be a number, not {type(value).__name__}")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        instead = "; omit it for no limit" if name == "timeout" else ""
        raise InvalidInputError(f"`{name}` is {found} and must be a finite number{instead}", code="invalid_option")
    return found


REQUIRED = {"speaker_id", "job", "content_uri"}
TEXTS = REQUIRED | {"url", "client_id", "client_secret", "jwt"}

AWAITED = "`on_progress` is not awaited; pass a function that is not async"

PATIENCE = 1.0
"""Seconds that a call which was stopped is waited for: in most it ends in a few hundredths, but a disk may hang."""


def timeout(options: CallOptions) -> float | None:
    """Seconds that a call may take."""
    given = options.get("timeout")
    return None if given is None else float(number("timeout", given))


def arguments(verb: str, options: CallOptions, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call as JSON has them, but for its time."""
    enrolling = verb in ("enroll", "create", "update")
    known = (EnrollOptions if enrolling else CallOptions).__annotations__.keys() | CallOptions.__annotations__.keys()
    if unknown := options.keys() - known:
        raise TypeError(f"`{verb}` has no option {', '.join(sorted(unknown))}")
    cancel, report = cast("tuple[object, Any]", (options.get("cancel"), options.get("on_progress")))
    if cancel is not None and not isinstance(cancel, CancelToken):
        raise TypeError(f"`cancel` must be a CancelToken, not {type(cancel).__name__}")
    if report is not None and not callable(report):
        raise TypeError(f"`on_progress` must be a function, not {type(report).__name__}")
    if inspect.iscoroutinefunction(report) or inspect.iscoroutinefunction(type(report).__call__):
        raise TypeError(AWAITED)
    given = cast(EnrollOptions, options)
    force, consent = given.get("force"), given.get("consent", args.get("consent"))
    return simplified({**args, "force": None if force is None else bool(force), "consent": consented(consent)})


def consented(consent: object) -> dict[str, Any] | None:
    """A consent record as JSON has it."""
    if consent is None:
        return None
    if not isinstance(consent, ConsentRecord):
        raise TypeError(f"`consent` must be a ConsentRecord, not {type(consent).__name__}")
    return simplified({**consent.to_dict(), "purposes": list(consent.purposes)})


def timed(told: dict[str, Any], limit: float | None, started: float) -> str:
    """Arguments as the core reads them, with what is left of the time: the reading of files was part of it."""
    if limit is None:
        return json.dumps(told)
    # A negative one is the core's to refuse.
    left = limit if limit < 0 else max(0.0, limit - (time.monotonic() - started))
    return json.dumps({**told, "timeout": left})


def finished(verb: str, started: float, kind: Any, reply: Reply) -> Any:
    """The result of a call."""
    logger.debug("%s: done in %.3f s", verb, time.monotonic() - started)
    value = json.loads(reply[0])
    return read(kind, {**value, "wav": reply[1]} if reply[1] is not None else value)


def failed(verb: str, started: float, error: BaseException) -> None:
    """Notes how a call failed, in no more than a word."""
    word = getattr(error, "code", type(error).__name__)
    logger.debug("%s: %s after %.3f s", verb, word, time.monotonic() - started)


def run(
    bridge: Bridge,
    verb: str,
    kind: Any,
    options: CallOptions,
    recordings: Source | Iterable[Source] = (),
    **args: Any,
) -> Any:
    """Runs a call in the calling thread."""
    inside = bridge.enter()
    try:
        return _run(bridge.native, verb, kind, options, recordings, args)
    finally:
        if bridge.leave(inside):
            with contextlib.suppress(Error):
                _log_out(bridge.native)


def end(bridge: Bridge) -> None:
    """Shuts a bridge, and closes it where no call is under way; otherwise the last one does."""
    if bridge.shut():
        _log_out(bridge.native)


def _log_out(bridge: _native.Bridge) -> None:
    try:
        _run(bridge, "log_out", None, {}, (), {})
    finally:
        bridge.close()


def _run(
    bridge: _native.Bridge,
    verb: str,
    kind: Any,
    options: CallOptions,
    recordings: Source | Iterable[Source],
    args: Mapping[str, Any],
) -> Any:
    started = time.monotonic()
    limit, told, tell = timeout(options), arguments(verb, options, args), Teller.of(options)
    heard = [native(source) for source in several(recordings)]
    call = bridge.start(verb, timed(told, limit, started), heard, options.get("cancel"), tell is not None, None)
    try:
        return finished(verb, started, kind, call.wait(tell))
    except BaseException as error:
        failed(verb, started, error)
        # An error of the core's comes with the end of the call, all else before it.
        if not isinstance(error, Error) or (tell is not None and tell.failed):
            _settle(call)
        raise


def _settle(call: _native.Call) -> None:
    """Stops a call and waits for its end, so that nothing is added any more once the caller goes on."""
    call.cancel()
    until = time.monotonic() + PATIENCE
    with contextlib.suppress(Error):
        while call.result() is None and time.monotonic() < until:
            time.sleep(0.005)


async def arun(
    bridge: Bridge,
    verb: str,
    kind: Any,
    options: CallOptions,
    recordings: Source | Iterable[Source] = (),
    **args: Any,
) -> Any:
    """Runs a call without blocking the event loop."""
    inside = bridge.enter()
    try:
        return await _arun(bridge.native, verb, kind, options, recordings, args)
    except GeneratorExit:
        # Nothing can be awaited any more.
        if bridge.leave(inside):
            bridge.native.close()
        raise
    finally:
        if bridge.leave(inside):
            with contextlib.suppress(Error):
                await _alog_out(bridge.native)


async def aend(bridge: Bridge) -> None:
    """Shuts a bridge, and closes it where no call is under way; otherwise the last one does."""
    try:
        # Tasks that were made before have begun their calls then.
        await asyncio.sleep(0)
    finally:
        empty = bridge.shut()
    if empty:
        await _alog_out(bridge.native)


async def _alog_out(bridge: _native.Bridge) -> None:
    try:
        await _arun(bridge, "log_out", None, {}, (), {})
    finally:
        bridge.close()


async def _arun(
    bridge: _native.Bridge,
    verb: str,
    kind: Any,
    options: CallOptions,
    recordings: Source | Iterable[Source],
    args: Mapping[str, Any],
) -> Any:
    started = time.monotonic()
    limit, told, tell = timeout(options), arguments(verb, options, args), Teller.of(options)
    reading = asyncio.timeout(limit)
    try:
        async with reading:
            heard = [await native_later(source) for source in several(recordings)]
    except builtins.TimeoutError:
        if not reading.expired():
            raise
        # The core says that the time is over, before it looks at any recording.
        heard = [native(b"")]
    later = Later(tell)
    told_now = timed(told, limit, started)
    later.call = bridge.start(verb, told_now, heard, options.get("cancel"), tell is not None, later.notify)
    try:
        return finished(verb, started, kind, await later.reply)
    except BaseException as error:
        failed(verb, started, error)
        later.call.cancel()
        if not isinstance(error, GeneratorExit):
            await later.settle()
        raise


class Later:
    """A call that an event loop waits for."""

    call: _native.Call

    def __init__(self, tell: Teller | None) -> None:
        self._tell = tell
        self._loop, self._context = asyncio.get_running_loop(), contextvars.copy_context()
        self._ended = asyncio.Event()
        self.reply: asyncio.Future[Reply] = self._loop.create_future()

    def notify(self) -> None:
        """Has the loop look at the call; called from another thread."""
        self._loop.call_soon_threadsafe(self._look, context=self._context)

    async def settle(self) -> None:
        """Waits for the end of a call that was stopped, so that nothing is added any more once the caller goes on."""
        until = self._loop.time() + PATIENCE
        while not self._ended.is_set() and (left := until - self._loop.time()) > 0:
            # A task may be cancelled more than once.
            with contextlib.suppress(asyncio.CancelledError, builtins.TimeoutError):
                await asyncio.wait_for(self._ended.wait(), left)

    def _look(self) -> None:
        try:
            come = self.call.progress()
            if come is not None and self._tell is not None and not self.reply.done():
                self._tell(*come)
        except StopIteration as error:
            # A future cannot hold one.
            failure = RuntimeError("`on_progress` raised StopIteration")
            failure.__cause__ = error
            self._fail(failure)
        except Exception as error:
            self._fail(error)
        try:
            reply = self.call.result()
        except Exception as error:
            self._fail(error)
            self._ended.set()
        else:
            if reply is not None:
                self._ended.set()
                if not self.reply.done():
                    self.reply.set_result(reply)

    def _fail(self, error: Exception) -> None:
        if not self.reply.done():
            self.reply.set_exception(error)


class Teller:
    """Reports the progress of a call to the caller."""

    failed = False
    """Whether the caller raised something."""

    def __init__(self, report: Callable[[Progress], object]) -> None:
        self._report = report

    @classmethod
    def of(cls, options: CallOptions) -> Self | None:
        """A reporter, if the caller wants progress."""
        report = options.get("on_progress")
        return None if report is None else cls(report)

    def __call__(self, recording: int, recordings: int, fraction: float) -> None:
        try:
            answer = self._report(Progress(recording=recording, recordings=recordings, fraction=fraction))
            # A task goes on by itself.
            if inspect.isawaitable(answer) and not isinstance(answer, asyncio.Future):
                if inspect.iscoroutine(answer):
                    answer.close()
                raise TypeError(AWAITED)
        except BaseException:
            self.failed = True
            raise
