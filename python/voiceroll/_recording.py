"""Recordings: a path, bytes, a buffer, an open file, samples."""

from __future__ import annotations

import inspect
import operator
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from . import _native
from ._errors import InvalidInputError

if TYPE_CHECKING:
    from typing_extensions import Buffer as Buffer
elif sys.version_info >= (3, 12):
    from collections.abc import Buffer
else:
    Buffer = bytes | bytearray | memoryview


class Readable(Protocol):
    """An open binary file."""

    def read(self) -> Any:
        """Returns all bytes."""


class Array(Protocol):
    """A NumPy array, which type checkers take for a buffer only from Python 3.12 on."""

    @property
    def __array_interface__(self) -> Any:
        """How NumPy describes it."""


class Recording:
    """A recording with a declared encoding, a track, or samples.

    Parameters
    ----------
    source : path, buffer or open binary file
        What is to be listened to. Bytes are not copied, other buffers are.
    encoding : str, optional
        What the sender says it is: one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. The bytes decide; where they
        contradict, the inspection has a problem that says so.
    track : int, optional
        Which audio track of a file that has several is used, counted from 1; by default the first one with speech.
    """

    __slots__ = ("_native",)
    _native: _native.Recording

    def __init__(self, source: Source, *, encoding: str | None = None, track: int | None = None) -> None:
        self._native = native(source, encoding, track)

    @classmethod
    def from_samples(cls, samples: Buffer | Array, sample_rate: int) -> Recording:
        """A recording from raw samples, such as a NumPy array from a microphone. They are copied.

        Parameters
        ----------
        samples : buffer of float32, float64 or int16
            Of the shape ``(frames,)`` or ``(frames, channels)``; floats from -1 to 1.
        sample_rate : int
            Samples a second, in Hz.

        Raises
        ------
        InvalidInputError
            If the samples have another type or shape, or the rate is not positive.
        TypeError
            If the samples are not a buffer, or the rate is not an int.
        """
        try:
            view = memoryview(cast("Buffer", samples))
        except (TypeError, ValueError):
            message = f"samples must be a NumPy array or a buffer of float32, float64 or int16, not {_kind(samples)}"
            raise TypeError(message) from None
        try:
            rate = operator.index(sample_rate)
        except TypeError:
            raise TypeError(f"`sample_rate` must be an int, not {type(sample_rate).__name__}") from None
        if view.ndim not in (1, 2):
            message = f"samples must have the shape (frames,) or (frames, channels), not {view.ndim} dimensions"
            raise InvalidInputError(message, code="invalid_option")
        channels = view.shape[1] if view.ndim == 2 and view.shape else 1
        coding = {"h": "i16", "f": "f32", "d": "f64"}.get(view.format.lstrip("=<@"))
        data = b"" if coding is None else in_one_piece(view)
        made = cls.__new__(cls)
        # The core says which codings and rates there are.
        rate = min(max(rate, 0), 2**64 - 1)
        made._native = _native.Recording.from_samples(data, coding or view.format, channels, rate)
        return made

    def __repr__(self) -> str:
        return "Recording(...)"


Source: TypeAlias = str | os.PathLike[str] | Buffer | Readable | Recording
"""A path; the bytes of a file, in any buffer; an open binary file; a `Recording`."""


def _kind(samples: object) -> str:
    kind = getattr(samples, "dtype", None)
    return type(samples).__name__ if kind is None else f"of {kind}"


def in_one_piece(view: memoryview) -> memoryview | bytes:
    """The bytes of a buffer, which are copied only where they lie scattered."""
    return view.cast("B") if view.c_contiguous and view.nbytes else view.tobytes()


def native(source: Source, encoding: str | None = None, track: int | None = None) -> _native.Recording:
    """A source as the core takes it; an open file is read here."""
    if isinstance(source, Recording):
        if encoding is not None or track is not None:
            raise TypeError("this is already a Recording; pass the encoding and the track where it is created")
        return source._native
    if isinstance(source, (str, os.PathLike)):
        return _native.Recording.from_path(source, encoding, track)
    if callable(getattr(source, "read", None)):
        source = cast(Readable, source).read()
        if inspect.isawaitable(source):
            if inspect.iscoroutine(source):
                source.close()
            raise TypeError("this is an asynchronous file; use AsyncRegistry, or pass its bytes")
    if isinstance(source, str):
        raise TypeError("the file is open for text; open it with mode 'rb'")
    if isinstance(source, bytes):
        return _native.Recording.from_bytes(source, encoding, track)
    try:
        view = memoryview(cast("Buffer", source))
    except TypeError:
        message = (
            f"a recording must be a path, bytes, a buffer, a binary file or a Recording, not {type(source).__name__}"
        )
        raise TypeError(message) from None
    if view.format not in ("B", "b", "c"):
        raise TypeError("the sample rate of these samples is unknown; use Recording.from_samples(samples, sample_rate)")
    return _native.Recording.from_bytes(in_one_piece(view), encoding, track)


async def native_later(source: Source) -> _native.Recording:
    """The same without holding up the event loop while a file is read."""
    read = getattr(source, "read", None)
    if isinstance(source, (str, os.PathLike, Recording)) or not callable(read):
        return native(source)
    import asyncio

    def whole() -> Any:
        try:
            return read()
        except StopIteration as error:
            # A future cannot hold one.
            raise RuntimeError("the file's `read` raised StopIteration") from error

    data: Any = read() if inspect.iscoroutinefunction(read) else await asyncio.to_thread(whole)
    return native(await data if inspect.isawaitable(data) else data)


def several(sources: Source | Iterable[Source]) -> list[Source]:
    """One recording or many as a list."""
    single = isinstance(sources, (str, os.PathLike, Recording)) or callable(getattr(sources, "read", None))
    if single or _is_buffer(sources):
        return [cast(Source, sources)]
    if not isinstance(sources, Iterable):
        return [cast(Source, sources)]
    return list(sources)


def _is_buffer(value: object) -> bool:
    try:
        memoryview(cast("Buffer", value)).release()
    except TypeError:
        return False
    return True
