"""What a process remembers of the database for a short time, until it is told that something changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from django.core.cache import caches

LIVES: Final = 30.0  # seconds that a found entry is kept
UNKNOWN_LIVES: Final = 5.0  # seconds that a miss is kept
CAPACITY: Final = 20_000  # entries; beyond it all are forgotten, so that invented names cannot fill memory
VERSION_LIVES: Final = 1.0  # seconds between looks at the published version

T = TypeVar("T")


class Memory(Generic[T]):
    """A dictionary whose entries expire, emptied when the version under `version_key` in Redis changes."""

    def __init__(self, version_key: str) -> None:
        self._version_key = version_key
        self._entries: dict[Hashable, tuple[float, T | None]] = {}
        self._version: object = None
        self._emptied = 0  # times
        self._looked_at = 0.0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> tuple[bool, T | None]:
        """Whether it is known what `key` leads to, and what that is."""
        now = time.monotonic()
        if now - self._looked_at > VERSION_LIVES:
            self._look(now)
        entry = self._entries.get(key)
        if entry is None or entry[0] < now:
            return False, None
        return True, entry[1]

    def remembered(self, key: Hashable, look_up: Callable[[], T | None]) -> T | None:
        """What `key` leads to, looked up where that is not known."""
        known, found = self.get(key)
        if not known:
            emptied = self._emptied
            found = look_up()
            if emptied == self._emptied:  # else what was read may be what has been changed since
                self._put(key, found)
        return found

    def forget_all(self) -> None:
        """In every process: in this one at once, in the others within a second."""
        self._empty()
        caches["shared"].set(self._version_key, time.time_ns(), timeout=None)

    def _look(self, now: float) -> None:
        with self._lock:
            self._looked_at = now
            version = caches["shared"].get(self._version_key)
            if version != self._version:
                self._version = version
                self._empty()

    def _put(self, key: Hashable, found: T | None) -> None:
        if len(self._entries) >= CAPACITY:
            self._empty()
        lives = LIVES if found else UNKNOWN_LIVES
        self._entries[key] = (time.monotonic() + lives, found)

    def _empty(self) -> None:
        self._emptied += 1
        self._entries.clear()
