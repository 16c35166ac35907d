"""Locks that are asked for a short time only, again and again, so that members never wait long behind us."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

from tenants.moving.tables import Connection

T = TypeVar("T")
LONGEST_REST = 2.0  # seconds


def patiently(connection: Connection, work: Callable[[], T], timeout: int, tries: int) -> T:
    """Do it in a transaction that waits `timeout` milliseconds at most for a lock, and try again if need be.

    Raises `psycopg.errors.LockNotAvailable` after that many tries.
    """
    rest = 0.1
    for left in reversed(range(tries)):
        try:
            with connection.transaction():
                connection.execute(f"SET LOCAL lock_timeout = {int(timeout)}")
                return work()
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            if not left:
                raise
            time.sleep(rest)
            rest = min(rest * 1.5, LONGEST_REST)
    raise AssertionError("tried less than once")
