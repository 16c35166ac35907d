"""One Redis reader a process, one queue a client; what a client missed is read from the stream itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import redis.asyncio as redis

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 500
Entry = tuple[bytes, dict[bytes, bytes]]  # an id and its fields, as Redis answers

BLOCK_MILLISECONDS = 1000
RECONNECT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Event:
    """An event as stored: `id` is the Redis stream's id, `data` is JSON."""

    id: bytes
    kind: bytes
    data: bytes

    def order(self) -> tuple[int, int]:
        return stream_order(self.id)


def stream_order(event_id: bytes) -> tuple[int, int]:
    """A stream id as numbers that compare. Raises ValueError for what is not one."""
    milliseconds, _, sequence = event_id.partition(b"-")
    return int(milliseconds), int(sequence or 0)


class Hub:
    """Shares one blocking read of Redis among all the streams of a process.

    A client's queue holds events, and None where it did not keep up and has to read what is stored.
    """

    def __init__(self, url: str) -> None:
        self.name = f"octavo-live-{os.getpid()}"  # in Redis' list of clients
        self._redis = redis.Redis.from_url(url)
        self._reading = redis.Redis.from_url(url, client_name=self.name, single_connection_client=True)
        self._reader_id: int | None = None  # by which Redis knows the connection that blocks
        self._reader: asyncio.Task[None] | None = None
        self._queues: dict[bytes, set[asyncio.Queue[Event | None]]] = {}
        self._latest: dict[bytes, bytes] = {}  # how far each key was read

    async def events(self, key: str, *, after: bytes) -> AsyncGenerator[Event, None]:
        """Everything on `key` after the given stream id: first what is stored, then as it happens."""
        latest = after
        with self._queue(key.encode()) as queue:
            fresh: Sequence[Event] = await self._stored(key, latest)
            await self._follow(key.encode(), fresh[-1].id if fresh else latest)
            while True:
                for event in fresh:
                    if event.order() > stream_order(latest):
                        latest = event.id
                        yield event
                waiting = await queue.get()
                fresh = await self._stored(key, latest) if waiting is None else [waiting]

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.wait({self._reader}, timeout=1)
        await self._redis.aclose()
        await self._reading.aclose()

    async def _stored(self, key: str, after: bytes) -> list[Event]:
        rows = cast("list[Entry]", await self._redis.xrange(key, min=b"(" + after))
        return [Event(event_id, fields[b"e"], fields[b"d"]) for event_id, fields in rows]

    @contextlib.contextmanager
    def _queue(self, key: bytes) -> Iterator[asyncio.Queue[Event | None]]:
        queue: asyncio.Queue[Event | None] = asyncio.Queue(QUEUE_LENGTH)
        self._queues.setdefault(key, set()).add(queue)
        try:
            yield queue
        finally:
            self._queues[key].discard(queue)
            if not self._queues[key]:
                del self._queues[key]
                self._latest.pop(key, None)

    async def _follow(self, key: bytes, latest: bytes) -> None:
        """Have the reader read this key too, from `latest` on: at once, not when its present read ends."""
        if key in self._latest:
            return
        self._latest[key] = latest
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read(), name="live-hub")
        elif self._reader_id is not None:
            with contextlib.suppress(redis.RedisError, OSError):
                await self._redis.client_unblock(self._reader_id)

    async def _read(self) -> None:
        while self._latest:
            try:
                if self._reader_id is None:
                    self._reader_id = await self._reading.client_id()
                keys: dict[Any, Any] = dict(self._latest)
                rows: Any = await self._reading.xread(keys, block=BLOCK_MILLISECONDS)
            except Exception:  # whatever it is, streams must not end for it
                logger.warning("the live reader lost Redis; trying again", exc_info=True)
                self._reader_id = None
                await asyncio.sleep(RECONNECT_SECONDS)
                continue
            for key, entries in rows.items() if isinstance(rows, dict) else rows:
                self._deliver(key, entries)

    def _deliver(self, key: bytes, entries: Sequence[Entry]) -> None:
        if key not in self._latest:
            return  # the last client left while this was being read
        self._latest[key] = entries[-1][0]
        for queue in self._queues[key]:
            for event_id, fields in entries:
                if queue.full():  # a client that does not keep up reads the stream instead
                    while not queue.empty():
                        queue.get_nowait()
                    queue.put_nowait(None)
                else:
                    queue.put_nowait(Event(event_id, fields[b"e"], fields[b"d"]))
