"""Sessions on sound that is still coming, with and without asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from . import _native
from ._bridge import Bridge
from ._call import arun, consented, dumped, run
from ._types import Enrollment, Identification, LiveStatus, LiveUpdate

if TYPE_CHECKING:
    from ._recording import Buffer

News = TypeVar("News")
Found = TypeVar("Found")


class Session(Generic[News, Found]):
    """What all sessions share."""

    _bridge: Bridge
    _news: type[News]
    _found: type[Found]

    def __init__(self, *_: object, **__: object) -> None:
        raise TypeError("use `live_enrollment` or `live_identification` of a registry")

    @classmethod
    def _of(cls, registry: Bridge, **settings: Any) -> Self:
        consent = consented(settings.pop("consent", None))
        made = cls.__new__(cls)
        # What a session is called with is what a registry is called with.
        live = registry.native.live(dumped({**settings, "consent": consent}))
        made._bridge = Bridge(cast(_native.Bridge, live))
        return made

    def cancel(self) -> None:
        """Ends the session, if it is not over; nothing of it is kept."""
        self._bridge.native.close()

    def __repr__(self) -> str:
        return f"<voiceroll.{type(self).__name__}>"


class Blocking(Session[News, Found]):
    """A session for callers without asyncio."""

    def push(self, sound: Buffer) -> News:
        """Takes the next bytes, any number of them; how it goes."""
        return cast(News, run(self._bridge, "push", self._news, {}, sounding(sound)))

    def over(self, sounds: Iterable[Buffer]) -> Iterator[News]:
        """Takes bytes as they come; after each how it goes. A loop may be left at any time."""
        for sound in sounds:
            yield self.push(sound)

    def finish(self) -> Found:
        """Does with all that was pushed what is done with a recording, and ends the session."""
        return cast(Found, run(self._bridge, "finish", self._found, {}))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()


class Async(Session[News, Found]):
    """A session for asyncio."""

    async def push(self, sound: Buffer) -> News:
        """Takes the next bytes, any number of them; how it goes."""
        return cast(News, await arun(self._bridge, "push", self._news, {}, sounding(sound)))

    async def over(self, sounds: AsyncIterable[Buffer] | Iterable[Buffer]) -> AsyncIterator[News]:
        """Takes bytes as they come; after each how it goes. A loop may be left at any time."""
        if isinstance(sounds, AsyncIterable):
            async for sound in sounds:
                yield await self.push(sound)
        else:
            for sound in sounds:
                yield await self.push(sound)

    async def finish(self) -> Found:
        """Does with all that was pushed what is done with a recording, and ends the session."""
        return cast(Found, await arun(self._bridge, "finish", self._found, {}))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cancel()


class LiveEnrollment(Blocking[LiveStatus, Enrollment]):
    """An enrollment while somebody speaks: `Registry.live_enrollment` makes it.

    It starts with its first call. A session that gets no sound for a minute ends by itself; then its methods raise
    `TimeoutError`, and after its end `InvalidInputError`.

    Examples
    --------
    >>> with registry.live_enrollment("ada", format="i16", sample_rate=48000) as session:
    ...     for status in session.over(microphone):
    ...         if status.missing_seconds == 0:
    ...             break
    ...     enrollment = session.finish()
    """

    _news = LiveStatus
    _found = Enrollment


class LiveIdentification(Blocking[LiveUpdate, Identification]):
    """An identification while people speak: `Registry.live_identification` makes it; see `LiveEnrollment`."""

    _news = LiveUpdate
    _found = Identification


class AsyncLiveEnrollment(Async[LiveStatus, Enrollment]):
    """An enrollment while somebody speaks: `AsyncRegistry.live_enrollment` makes it; see `LiveEnrollment`."""

    _news = LiveStatus
    _found = Enrollment


class AsyncLiveIdentification(Async[LiveUpdate, Identification]):
    """An identification while people speak: `AsyncRegistry.live_identification` makes it; see `LiveEnrollment`."""

    _news = LiveUpdate
    _found = Identification


def sounding(sound: Buffer) -> bytes:
    """Bytes, or the bytes of a buffer, such as an array of samples."""
    return sound if isinstance(sound, bytes) else memoryview(cast("bytes", sound)).tobytes()


def opened(
    kind: type[Any],
    registry: Bridge,
    format: str,
    sample_rate: int | None,
    channels: int | None,
    **settings: Any,
) -> Any:
    """A session by its settings."""
    return kind._of(registry, format=format, sample_rate=sample_rate, channels=channels, **settings)
