"""One connection pool for each event loop and account, so that a thousand calls share their sockets."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

import httpx2
from openai import AsyncOpenAI

from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.guarding import guarded_client

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[OpenAIConfig, AsyncOpenAI]] = WeakKeyDictionary()


def client_for(config: OpenAIConfig) -> AsyncOpenAI:
    """The client of the running loop. It never retries: attempts are counted and paid for by the step."""
    clients = _clients.setdefault(asyncio.get_running_loop(), {})
    if config not in clients:
        clients[config] = AsyncOpenAI(
            api_key=config.api_key,
            base_url=config.base_url,
            max_retries=0,
            http_client=guarded_client() if config.guarded else None,
            timeout=httpx2.Timeout(config.pause, connect=config.connect_timeout, pool=config.pause),
        )
    return clients[config]
