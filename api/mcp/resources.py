"""Books and chapters as Markdown, by an address of their own."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from api.mcp.asking import Api, Refused, api_of

MARKDOWN = "text/markdown"


def add_to(server: MCPServer) -> None:
    @server.resource("octavo://books/{book_id}", name="book", title="Book", mime_type=MARKDOWN)
    async def book(book_id: str, asked: Context[Any, Any]) -> str:
        """A whole book, chapter after chapter."""
        api = api_of(asked)
        found = await _read(api, f"books/{book_id}/")
        chapters = [
            await _read(api, f"books/{book_id}/chapters/{one['number']}/")
            for one in await _read(api, f"books/{book_id}/chapters/")
        ]
        return "\n\n".join([f"# {found['title']}", *(_section(one) for one in chapters)]) + "\n"

    @server.resource(
        "octavo://books/{book_id}/chapters/{number}", name="chapter", title="Chapter", mime_type=MARKDOWN
    )
    async def chapter(book_id: str, number: str, asked: Context[Any, Any]) -> str:
        """One chapter with its heading."""
        return _section(await _read(api_of(asked), f"books/{book_id}/chapters/{number}/")) + "\n"


def _section(chapter: dict[str, Any]) -> str:
    return f"## {chapter['title']}\n\n{chapter['text']}".rstrip()


async def _read(api: Api, address: str) -> Any:
    """Raises `ResourceError` in the words of the API's problem."""
    try:
        return await api.get(address)
    except Refused as refusal:
        kind = ResourceNotFoundError if refusal.status == 404 else ResourceError
        raise kind(str(refusal)) from refusal
