"""One request after another: whoever waits holds no connection to the database meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db import connection, connections

WAIT = 10.0  # seconds that a request waits for another with the same key
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5  # seconds between looks at another process


class StillWaiting(Exception):
    """The turn has not come within the time."""


@dataclass
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0


_turns: dict[int, _Turn] = {}
_guard = threading.Lock()


def number_of(*parts: object) -> int:
    """What is locked, as a number for PostgreSQL: 64 bits with a sign."""
    said = "\0".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)


@contextmanager
def turn(number: int) -> Iterator[None]:
    """Nobody else of this process has the turn at `number` until the block ends. Raises `StillWaiting`."""
    with _guard:
        mine = _turns.setdefault(number, _Turn())
        mine.users += 1
    try:
        if not mine.lock.acquire(blocking=False):
            give_back_connection()
            if not mine.lock.acquire(timeout=WAIT):
                raise StillWaiting
        try:
            yield
        finally:
            mine.lock.release()
    finally:
        with _guard:
            mine.users -= 1
            if not mine.users:
                del _turns[number]


def pauses() -> Iterator[None]:
    """For looking again and again what other processes do, ever more seldom. Raises `StillWaiting`."""
    pause, until = _FIRST_PAUSE, time.monotonic() + WAIT
    yield
    while time.monotonic() < until:
        give_back_connection()
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
        yield
    raise StillWaiting


def locked(number: int) -> bool:
    """Take the lock of this number for the transaction, if no other has it; does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def give_back_connection() -> None:
    """Those of all servers to their pools: the next query takes another."""
    for used in connections.all(initialized_only=True):
        if not used.in_atomic_block:
            used.close()
