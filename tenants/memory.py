"""What a process remembers of the database for a short time, until it is told that something changed.

Who changes something says of whom, in a stream in Valkey, which every process looks at once a second: what is
known of others is kept. Where Valkey is away nothing is heard, and entries live as long as they would anyway.
Why not LISTEN and NOTIFY: docs/decisions/031.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final, Generic, TypeVar, cast

from django.core.cache import caches

LIVES: Final = 30.0  # seconds that a found entry is kept
UNKNOWN_LIVES: Final = 5.0  # seconds that a miss is kept
CAPACITY: Final = 20_000  # entries; beyond it the oldest tenth is forgotten
UNKNOWN_CAPACITY: Final = 10_000  # misses; beyond it all of them are, and of what was found nothing
LOOK_EVERY: Final = 1.0  # seconds between looks at what was told
LOOK_EVERY_AWAY: Final = 5.0  # the same while Valkey does not answer
TOLD_KEPT: Final = 1_000  # changes in the stream; who has missed as many forgets everything
EVERYBODY: Final = "*"

T = TypeVar("T")


def _of_nobody(key: object, found: object) -> Iterable[Hashable]:
    return ()


class Memory(Generic[T]):
    """A dictionary whose entries expire, and are forgotten when whom they tell of has changed.

    `of_whom` says, by key and what it leads to, whom an entry tells of, as `forget` is called with them.
    `name` begins the stream's key.
    """

    def __init__(self, name: str, *, of_whom: Callable[[Any, T], Iterable[Hashable]] = _of_nobody) -> None:
        self._told = f"{name}:changes"
        self._of_whom = of_whom
        self._entries: dict[Hashable, tuple[float, T]] = {}
        self._unknown: dict[Hashable, float] = {}
        self._keys: dict[str, set[Hashable]] = {}  # of the entries that tell of somebody
        self._last: str | None = None  # of what was told
        self._look_at = 0.0
        self._looking = threading.Lock()
        self._changing = threading.Lock()
        self.changes = 0  # that were heard of, in all

    def get(self, key: Hashable) -> tuple[bool, T | None]:
        """Whether it is known what `key` leads to, and what that is."""
        now = time.monotonic()
        if now > self._look_at:
            self._look(now)
        entry = self._entries.get(key)
        if entry is not None and entry[0] > now:
            return True, entry[1]
        return self._unknown.get(key, 0.0) > now, None

    def at_hand(self, key: Hashable) -> T | None:
        """What `key` leads to, where that can be said without asking anybody; else None."""
        now = time.monotonic()
        entry = self._entries.get(key)
        return entry[1] if entry is not None and entry[0] > now and now <= self._look_at else None

    def remembered(self, key: Hashable, look_up: Callable[[], T | None]) -> T | None:
        """What `key` leads to, looked up where that is not known."""
        known, found = self.get(key)
        if not known:
            changes = self.changes
            found = look_up()
            self._put(key, found, read_after=changes)
        return found

    def forget(self, whom: Hashable) -> None:
        """What tells of them, in every process: in this one at once, in the others within a second."""
        self._forget([str(whom)])
        _valkey().tell(self._told, str(whom), kept=TOLD_KEPT)

    def forget_all(self) -> None:
        """The same of everybody."""
        self.forget(EVERYBODY)

    def _look(self, now: float) -> None:
        """By one thread at a time; the others go on with what is there."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            self._look_at = now + LOOK_EVERY
            told = _valkey().told_since(self._told, self._last)
            if told is None:
                self._look_at = time.monotonic() + LOOK_EVERY_AWAY
                return
            missed = self._last is None or len(told) >= TOLD_KEPT
            self._last = told[-1][0] if told else self._last or "0"
            if missed or told:
                self._forget([EVERYBODY] if missed else [whom for _id, whom in told])
        finally:
            self._looking.release()

    def _put(self, key: Hashable, found: T | None, *, read_after: int) -> None:
        """Unless something was heard of since: what was read may be what has been changed."""
        now = time.monotonic()
        with self._changing:
            if read_after != self.changes:
                return
            if found is None:
                if len(self._unknown) >= UNKNOWN_CAPACITY:
                    self._unknown.clear()
                self._unknown[key] = now + UNKNOWN_LIVES
                return
            if len(self._entries) >= CAPACITY:
                self._forget_oldest()
            self._entries[key] = (now + LIVES, found)
            for whom in self._of_whom(key, found):
                self._keys.setdefault(str(whom), set()).add(key)

    def _forget(self, whom: Iterable[str]) -> None:
        """Misses too: a name that led to nobody may lead to them now."""
        with self._changing:
            self.changes += 1
            self._unknown.clear()
            if EVERYBODY in whom:
                self._entries.clear()
                self._keys.clear()
            for one in whom:
                for key in self._keys.pop(one, ()):
                    self._entries.pop(key, None)

    def _forget_oldest(self) -> None:
        for key in list(self._entries)[: CAPACITY // 10]:
            _lives, found = self._entries.pop(key)
            for whom in self._of_whom(key, found):
                self._keys.get(str(whom), set()).discard(key)
                if not self._keys.get(str(whom)):
                    self._keys.pop(str(whom), None)


def _valkey() -> Any:
    return cast(Any, caches["shared"])
