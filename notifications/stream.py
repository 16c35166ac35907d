"""Live events, kept in a Redis stream a topic: whoever listens reads it, also from where they stopped."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import redis
from django.conf import settings
from django.db import transaction

from tenants import context

if TYPE_CHECKING:
    from tenants.models import Organisation

logger = logging.getLogger(__name__)

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


def erase_streams(*, organisation: Organisation, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_erasing`."""
    try:
        streams = list(_redis().scan_iter(match=channel("*", schema=organisation.schema_name), count=1000))
        if streams:
            _redis().unlink(*streams)
    except redis.RedisError:
        logger.warning("live streams not erased, they expire", exc_info=True)


def stream_traces(*, schema: str, **signal: Any) -> dict[str, int]:
    """Receiver of `tenants.signals.organisation_traces`: how many streams are left."""
    try:
        return {"live streams": sum(1 for _key in _redis().scan_iter(match=channel("*", schema=schema)))}
    except redis.RedisError:  # they expire by themselves
        return {}


def _send(key: str, kind: str, data: str) -> None:
    # The stream's id is the event's id, so a reader that comes back says where it stopped.
    try:
        with _redis().pipeline(transaction=False) as pipe:
            pipe.xadd(key, {"e": kind, "d": data}, maxlen=_KEPT_EVENTS, approximate=True)
            pipe.expire(key, _KEPT_SECONDS)
            pipe.execute()
    except redis.RedisError:
        logger.warning("live event not sent", extra={"key": key}, exc_info=True)


@functools.cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, health_check_interval=30
    )
