"""One Redis reader a process, one queue a client; what a client missed is read from the stream itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import redis.asyncio as redis

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 500
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
    """Shares one subscription connection among all the streams of a process."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url)
        self._queues: dict[bytes, set[asyncio.Queue[Event]]] = {}
        self._pubsub = self._redis.pubsub(ignore_subscribe_messages=True)
        self._reader: asyncio.Task[None] | None = None

    async def events(self, key: str, *, after: bytes) -> AsyncIterator[Event]:
        """Everything on `key` after the given stream id: first what is stored, then as it happens."""
        async with self._subscribed(
            key.encode()
        ) as queue:  # before the replay, so that nothing falls between
            latest = stream_order(after)
            for event_id, fields in await self._redis.xrange(key, min=b"(" + after):
                event = Event(event_id, fields[b"e"], fields[b"d"])
                latest = event.order()
                yield event
            while True:
                event = await queue.get()
                if event.order() > latest:
                    latest = event.order()
                    yield event

    @contextlib.asynccontextmanager
    async def _subscribed(self, key: bytes) -> AsyncIterator[asyncio.Queue[Event]]:
        queue: asyncio.Queue[Event] = asyncio.Queue(QUEUE_LENGTH)
        readers = self._queues.setdefault(key, set())
        readers.add(queue)
        try:
            if len(readers) == 1:
                await self._pubsub.subscribe(key)
            if self._reader is None or self._reader.done():
                self._reader = asyncio.create_task(self._read(), name="live-hub")
            yield queue
        finally:
            readers.discard(queue)
            if not readers and self._queues.get(key) is readers:
                del self._queues[key]
                with contextlib.suppress(redis.RedisError):
                    await asyncio.shield(self._pubsub.unsubscribe(key))

    async def _read(self) -> None:
        while True:
            try:
                async for message in self._pubsub.listen():
                    if message["type"] == "message":
                        self._deliver(message["channel"], message["data"])
            except (redis.RedisError, OSError):
                logger.warning("live reader lost Redis; trying again", exc_info=True)
            if not self._queues:
                return
            await asyncio.sleep(RECONNECT_SECONDS)
            with contextlib.suppress(redis.RedisError, OSError):
                await self._pubsub.subscribe(*self._queues)

    def _deliver(self, key: bytes, data: bytes) -> None:
        event = Event(*data.split(b"|", 2))
        for queue in self._queues.get(key, ()):
            if queue.full():  # a client that does not read: it comes back and replays
                queue.get_nowait()
            queue.put_nowait(event)
