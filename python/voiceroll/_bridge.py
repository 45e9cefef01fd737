"""The core's bridge to a registry, and which calls are under way behind it."""

from __future__ import annotations

import os
import threading

from . import _native
from ._errors import InvalidInputError


class Bridge:
    """A bridge that is closed only when the calls that began before have ended."""

    __slots__ = ("_inside", "_shut", "native")

    def __init__(self, native: _native.Bridge) -> None:
        self.native = native
        self._shut = False
        self._inside: set[tuple[int, object]] = set()

    def enter(self) -> tuple[int, object]:
        """Begins a call.

        Raises
        ------
        InvalidInputError
            Where it was shut.
        """
        with LOCK:
            if self._shut:
                raise InvalidInputError("this registry is closed; open it again", code="invalid_option")
            # A forked child has inherited the calls of its parent, which never end there.
            call = (os.getpid(), object())
            self._inside.add(call)
            return call

    def leave(self, call: tuple[int, object]) -> bool:
        """Ends a call; whether it was the last one before the bridge may be closed."""
        with LOCK:
            known = call in self._inside
            self._inside.discard(call)
            return known and self._shut and self._empty()

    def shut(self) -> bool:
        """Rejects further calls; returns whether the handle can be closed now. If not, the last call closes it."""
        with LOCK:
            before, self._shut = self._shut, True
            return not before and self._empty()

    def _empty(self) -> bool:
        here = os.getpid()
        return all(process != here for process, _ in self._inside)


LOCK = threading.RLock()
"""One for all, so that no child is forked while it is held; a thread may come to it again through a finalizer."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=LOCK.acquire, after_in_parent=LOCK.release, after_in_child=LOCK.release)
