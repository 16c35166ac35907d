"""Live events: each goes into a Redis stream for replay and out to whoever is listening, in one round trip."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Mapping
from typing import Any

import redis
from django.conf import settings
from django.db import transaction

from tenants import context

logger = logging.getLogger(__name__)

# The stream's id is the event's id, so a reader that comes back says where it stopped.
_PUBLISH = """
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'e', ARGV[2], 'd', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('PUBLISH', KEYS[1], id .. '|' .. ARGV[2] .. '|' .. ARGV[3])
return id
"""
_KEPT_EVENTS = 1000
_KEPT_SECONDS = 24 * 3600


def channel(topic: str, *, schema: str | None = None) -> str:
    """The Redis key of a topic of the organisation in context (or of the one named)."""
    return f"live:{schema or context.current().schema}:{topic}"


def publish(topic: str, event: Mapping[str, Any], *, kind: str = "progress") -> None:
    """Send an event to the organisation's listeners on `topic`, once the transaction has committed.

    Events are a courtesy: where Redis is away they are lost, readers catch up from the database.
    """
    key, data = channel(topic), json.dumps(event, default=str, separators=(",", ":"))
    transaction.on_commit(lambda: _send(key, kind, data), robust=True)


def _send(key: str, kind: str, data: str) -> None:
    try:
        _script()(keys=[key], args=[_KEPT_EVENTS, kind, data, _KEPT_SECONDS])
    except redis.RedisError:
        logger.warning("live event not sent", extra={"key": key}, exc_info=True)


@functools.cache
def _script() -> Any:
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, health_check_interval=30
    )
    return client.register_script(_PUBLISH)
