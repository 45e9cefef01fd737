"""
Voiceroll as the Python package sees it; programs use `voiceroll`.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from typing import Any, SupportsIndex, final

__all__ = ["Bridge", "Call", "CancelToken", "Live", "Recording", "fall_silent", "main", "models_in", "version"]

@final
class Bridge:
    """
    A registry, or what needs none.
    """
    def close(self, /) -> None:
        """
        Gives up the registry.
        """
    @property
    def closed(self, /) -> bool:
        """
        Whether it was closed.
        """
    @staticmethod
    def free() -> Bridge:
        """
        What needs no registry.
        """
    def live(self, /, settings: str) -> Live:
        """
        A live session by its settings in JSON; it starts with its first call.
        """
    @staticmethod
    def open(settings: str) -> Bridge:
        """
        Opens a registry by its settings in JSON.
        """
    @staticmethod
    def open_file(path: str | PathLike[str], settings: str) -> Bridge:
        """
        Opens one in a file, whose name need not be Unicode.
        """
    def start(self, /, verb: str, args: str, recordings: SupportsGetItem[int, Recording], cancel: CancelToken | None, progress: bool, notify: Any | None) -> Call:
        """
        Starts a verb; `notify` is called from another thread when there is news.
        """
    def take(self, /, timestamp: str | None, signature: str | None, body: Any) -> str:
        """
        Takes in a callback.
        """

@final
class Call:
    """
    A call that is under way.
    """
    def cancel(self, /) -> None:
        """
        Stops it.
        """
    def progress(self, /) -> tuple[int, int, float] | None:
        """
        The progress that is new, if there is any: recording, recordings, fraction.
        """
    def result(self, /) -> tuple[str, bytes | None] | None:
        """
        The result, if it is there; only once.
        """
    def wait(self, /, on_progress: Any | None) -> tuple[str, bytes | None]:
        """
        Waits for the end, and lets Ctrl-C through.
        """

@final
class CancelToken:
    """
    Stops the calls that are given it.
    """
    def __new__(cls, /) -> CancelToken: ...
    def cancel(self, /) -> None:
        """
        Stops them.
        """
    @property
    def cancelled(self, /) -> bool:
        """
        Whether they are stopped.
        """

@final
class Live:
    """
    A live session.
    """
    def close(self, /) -> None:
        """
        Cancels it.
        """
    def start(self, /, verb: str, args: str, recordings: SupportsGetItem[int, Recording], cancel: CancelToken | None, progress: bool, notify: Any | None) -> Call:
        """
        Starts a verb, as for a registry.
        """

@final
class Recording:
    """
    What is to be listened to.
    """
    @staticmethod
    def from_bytes(data: Any, encoding: str | None, track: SupportsIndex | None) -> Recording:
        """
        The bytes of a file: `bytes` as they are, a copy of all else.
        """
    @staticmethod
    def from_path(path: str | PathLike[str], encoding: str | None, track: SupportsIndex | None) -> Recording:
        """
        A file.
        """
    @staticmethod
    def from_samples(data: Any, format: str, channels: SupportsIndex, sample_rate: SupportsIndex) -> Recording:
        """
        Samples as bytes in one piece, the lowest byte first: `i16`, `f32` or `f64`.
        """

def fall_silent() -> None:
    """
    Ends what other threads tell the interpreter, which is about to go.
    """

def main(args: SupportsGetItem[int, str]) -> int:
    """
    The `voiceroll` command; its exit code.
    """

def models_in(folder: str | PathLike[str]) -> None:
    """
    Looks for models in a folder, too.
    """

def version() -> str:
    """
    The version of the package.
    """
