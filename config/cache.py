"""The cache on Redis or Valkey: one that is away is an empty one."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as Away
from redis.exceptions import TimeoutError as TooSlow

logger = logging.getLogger(__name__)


class CacheClient(RedisCacheClient):
    """Makes its client once: to make one takes longer than to ask it something. Threads share it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]


class Cache(RedisCache):
    """What is asked for is not there, what is put is lost, and `add` says no: nothing single-use passes."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = CacheClient

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._unless_away(default, super().get, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._unless_away({}, super().get_many, keys, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._unless_away(False, super().has_key, key, version))

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._unless_away(False, super().add, key, value, *args, **kwargs))

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._unless_away(None, super().set, key, value, *args, **kwargs)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self._unless_away([], super().set_many, data, *args, **kwargs)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._unless_away(False, super().touch, key, *args, **kwargs))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._unless_away(False, super().delete, key, version))

    def clear(self) -> None:
        """Forget what is under this cache's prefix. The bell and the live streams are on the same server."""
        self.clear_beginning("")

    def clear_beginning(self, beginning: str) -> None:
        """Forget the keys that go on like this after the cache's prefix."""
        self._unless_away(None, self._forget, f"{self.key_prefix}:{beginning}*")

    def count_beginning(self, beginning: str) -> int:
        """How many keys go on like this after the cache's prefix; 0 where it is away."""
        return int(self._unless_away(0, self._count, f"{self.key_prefix}:{beginning}*"))

    def tell(self, key: str, word: str, *, kept: int) -> None:
        """Add a word to a stream that keeps so many; lost where Redis is away."""
        self._unless_away(None, self._add, self.make_and_validate_key(key), word, kept)

    def told_since(self, key: str, last: str | None) -> list[tuple[str, str]] | None:
        """Ids and words that were told after the id `last`, oldest first; with None the last one alone.

        None where Redis is away.
        """
        told: list[tuple[str, str]] | None = self._unless_away(
            None, self._read, self.make_and_validate_key(key), last
        )
        return told

    def _add(self, key: str, word: str, kept: int) -> None:
        self._cache.get_client(key, write=True).xadd(key, {"word": word}, maxlen=kept, approximate=False)

    def _read(self, key: str, last: str | None) -> list[tuple[str, str]]:
        client: Any = self._cache.get_client(key)
        told = client.xrevrange(key, count=1) if last is None else client.xrange(key, min=f"({last}")
        return [(told_id.decode(), fields[b"word"].decode()) for told_id, fields in told]

    def _count(self, pattern: str) -> int:
        return sum(1 for _key in self._cache.get_client(None).scan_iter(match=pattern, count=1000))

    def _forget(self, pattern: str) -> None:
        client = self._cache.get_client(None, write=True)
        own = list(client.scan_iter(match=pattern, count=1000))
        for start in range(0, len(own), 1000):
            client.unlink(*own[start : start + 1000])

    def _unless_away(self, otherwise: Any, ask: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return ask(*args, **kwargs)
        except (Away, TooSlow) as error:
            logger.warning("cache away: %s", error)
            return otherwise
