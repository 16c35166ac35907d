"""The cache shares its server with the bell and the live streams."""

from __future__ import annotations

import redis
from django.conf import settings
from django.core.cache import caches


def test_clearing_a_cache_leaves_everything_else() -> None:
    server = redis.Redis.from_url(settings.REDIS_URL)
    server.set("tests:not-a-cache-key", "stays", ex=30)
    caches["default"].set("gone", 1)
    caches["shared"].set("kept", 2)
    caches["default"].clear()
    assert caches["default"].get("gone") is None
    assert caches["shared"].get("kept") == 2
    assert server.get("tests:not-a-cache-key") == b"stays"
    caches["shared"].clear()
    assert caches["shared"].get("kept") is None


def test_one_client_asks_the_server_for_a_whole_cache() -> None:
    """To make one takes longer than to ask it, and each call would."""
    clients = [caches["default"]._cache.get_client("a"), caches["default"]._cache.get_client("b")]
    assert clients[0] is clients[1]
