"""The MCP server itself: what it offers, and one exchange with an assistant."""

from __future__ import annotations

import functools
from collections.abc import MutableMapping
from typing import Any, Final

from django.conf import settings
from mcp.server.mcpserver import MCPServer
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from api.mcp import resources, tools

MOST_BYTES: Final = 4 * 1024 * 1024  # of a request

INSTRUCTIONS: Final = """\
Octavo makes books: it writes, illustrates and typesets them. `create_book` begins one and answers with a job;
call `follow_book` until it has ended, then `read_book`, `read_chapter` and `fetch_file`. Before you change a
text, read it: `edit_chapter` takes the revision that you have read.
"""


async def exchange(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
    """Answer one request, which stands for itself; `scope` says where Django is (see `api.mcp.asking`)."""
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
