"""Where calls are counted until they are written down: scripts that Valkey runs whole or not at all."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from hashlib import sha1
from typing import Any, Final

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError
from redis.retry import Retry

Away = redis.RedisError
_SECONDS: Final = 0.5  # to wait for an answer


def key(name: str) -> str:
    return f"{settings.OCTAVO_CALLS_KEYS}:{name}"


class Script:
    """Lua that is sent once and named by its digest afterwards."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._digest = sha1(source.encode(), usedforsecurity=False).hexdigest()

    def __call__(self, keys: Sequence[str], *arguments: str | int) -> Any:
        """Raises `Away`."""
        try:
            return _run("EVALSHA", self._digest, len(keys), *keys, *arguments)
        except NoScriptError:
            return _run("EVAL", self._source, len(keys), *keys, *arguments)


def _run(command: str, *arguments: str | int) -> Any:
    return client().execute_command(command, *arguments)  # type: ignore[no-untyped-call]


@functools.cache
def client() -> redis.Redis:
    """Nothing is asked twice: a call whose answer was lost may have been counted."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_SECONDS,
        socket_connect_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
