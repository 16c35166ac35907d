"""Database work for the runner's event loop: a few threads whose connections outlive a restart."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

from tenants.postgresql.pooling import give_back_worn

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 120.0  # seconds for which a database that is away is waited for
_CLOSING = 5.0  # seconds that one thread waits for the others
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0  # seconds
_ORGANISATIONS_A_CONNECTION = 100  # PostgreSQL keeps memory for each schema that a connection has touched


class DatabaseThreads:
    """Runs short database work for an event loop, in the context (organisation) of the caller."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="jobs-database")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Wait for the work; it is tried again while the database is away, so it must be a transaction."""
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._pool, lambda: context.run(lambda: _lasting(work, *args, **kwargs))
        )

    def close(self) -> None:
        """Close each thread's connections, in the thread itself, and end the threads."""
        together = threading.Barrier(self._threads)
        for _ in range(self._threads):
            self._pool.submit(_close_connections, together)
        self._pool.shutdown(wait=True)


def _close_connections(together: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        together.wait(_CLOSING)  # so that no thread takes two of these
    connections.close_all()


def _lasting(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    give_up_at = time.monotonic() + PATIENCE
    pause = _FIRST_PAUSE
    while True:
        try:
            result = work(*args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            connections.close_all()
            if time.monotonic() + pause > give_up_at:
                raise
            logger.warning("database away, trying again", extra={"error": str(error)[:200]})
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            give_back_worn()
            return result
