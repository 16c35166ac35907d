"""The server's door: `/mcp` on the platform's host, beside Django in the same process.

Each request stands for itself (streamable HTTP without sessions), so that any process can answer it, and
nothing has to be started or stopped with the server.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.conf import settings
from mcp.server.mcpserver import MCPServer
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from api.calling import Refused, admitted
from api.mcp import resources, tools
from api.mcp.asking import DJANGO

PATH: Final = "/mcp"
MOST_BYTES: Final = 4 * 1024 * 1024  # of a request
Scope = MutableMapping[str, Any]
Application = Callable[..., Awaitable[None]]

INSTRUCTIONS: Final = """\
Octavo makes books: it writes, illustrates and typesets them. `create_book` begins one and answers with a job;
call `follow_book` until it has ended, then `read_book`, `read_chapter` and `fetch_file`. Before you change a
text, read it: `edit_chapter` takes the revision that you have read.
"""


def beside(django: Application) -> Application:
    """An ASGI application that answers assistants itself and leaves everything else to Django."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") == PATH:
            await _serve({**scope, DJANGO: django}, receive, send)
        else:
            await django(scope, receive, send)

    return application


async def _serve(scope: Scope, receive: Any, send: Any) -> None:
    refusal = await sync_to_async(_refusal)(scope)
    if refusal is not None:
        await _refuse(send, *refusal)
        return
    manager = StreamableHTTPSessionManager(
        server()._lowlevel_server,
        stateless=True,
        security_settings=_security(),
        max_request_body_size=MOST_BYTES,
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)


@functools.cache
def server() -> MCPServer:
    """The tools and resources; it keeps nothing between requests."""
    made = MCPServer(
        "octavo",
        title="Octavo",
        instructions=INSTRUCTIONS,
        website_url=f"{settings.PUBLIC_URL}/developers/mcp/",
        version="1",
        subscriptions=False,
    )
    tools.add_to(made)
    resources.add_to(made)
    return made


def _security() -> TransportSecuritySettings:
    """Against names that lead to this server and are not its own (DNS rebinding)."""
    return TransportSecuritySettings(
        allowed_hosts=[settings.PUBLIC_HOST], allowed_origins=[settings.PUBLIC_URL]
    )


def _refusal(scope: Scope) -> tuple[int, str, dict[str, str]] | None:
    """Whoever has no key that works is told so before anything is read (RFC 6750)."""
    headers = dict(scope["headers"])
    kind, _space, secret = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return 401, "A key is needed: Authorization: Bearer octavo_…", {"WWW-Authenticate": "Bearer"}
    try:
        host = headers.get(b"host", b"").decode("latin-1").rpartition(":")[0] or settings.PUBLIC_HOST
        admitted(secret.strip(), address=_address(scope), host=host)
    except Refused as refused:
        return refused.fault.status, str(refused), refused.headers
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
