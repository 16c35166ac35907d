"""The server's door: `/mcp` on the platform's host, beside Django in the same process.

Each request stands for itself (streamable HTTP without sessions), so that any process can answer it, and
nothing has to be started or stopped with the server. The SDK is loaded when the first assistant comes: that
takes a second and 20 MB, which a process that none comes to need not spend.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from api.calling import Refused, admitted
from tenants.resolution import platform_host

PATH: Final = "/mcp"
DJANGO: Final = "octavo.django"  # key of the ASGI scope: the application that has the API
Scope = MutableMapping[str, Any]
Application = Callable[..., Awaitable[None]]


def beside(django: Application) -> Application:
    """An ASGI application that answers assistants itself and leaves everything else to Django."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") == PATH:
            await _serve({**scope, DJANGO: django}, receive, send)
        else:
            await django(scope, receive, send)

    return application


async def _serve(scope: Scope, receive: Any, send: Any) -> None:
    refusal = await sync_to_async(_refusal, thread_sensitive=False)(scope)
    if refusal is not None:
        await _refuse(send, *refusal)
        return
    serving = await asyncio.to_thread(importlib.import_module, "api.mcp.serving")
    await serving.exchange(scope, receive, send)


def _refusal(scope: Scope) -> tuple[int, str, dict[str, str]] | None:
    """Whoever has no key that works is told so before anything is read (RFC 6750)."""
    headers = dict(scope["headers"])
    kind, _space, secret = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return 401, "A key is needed: Authorization: Bearer octavo_…", {"WWW-Authenticate": "Bearer"}
    try:
        admitted(secret.strip(), address=_address(scope), host=platform_host())  # the SDK checks the host
    except Refused as refused:
        return refused.fault.status, str(refused), refused.headers
    finally:
        close_old_connections()  # as Django does at the end of a request
    return None


def _address(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


async def _refuse(send: Any, status: int, words: str, headers: dict[str, str]) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": None, "error": {"code": -32001, "message": words}}).encode()
    sent = {"Content-Type": "application/json", "Cache-Control": "no-store", **headers}
    encoded = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in sent.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})
