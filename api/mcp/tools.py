"""What assistants can do: one function a tool. Each asks the API, so that its rules are theirs."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, Literal
from urllib.parse import parse_qs, urlsplit

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import BlobResourceContents, EmbeddedResource, ResourceLink, ToolAnnotations
from pydantic import Field

from api.mcp.asking import api_of
from api.mcp.shapes import (
    Book,
    Books,
    Chapter,
    ChapterLine,
    File,
    Files,
    Hero,
    PlannedChapter,
    Progress,
    WholeBook,
)

LONGEST_WAIT: Final = 60  # seconds
LOOK_EVERY: Final = 2.0  # seconds
MOST_EMBEDDED: Final = 4 * 1024 * 1024  # bytes

Asked = Context[Any, Any]
Tool = Callable[..., Awaitable[Any]]
BookId = Annotated[str, Field(description="The book’s id", pattern=r"^[0-9a-f-]{36}$")]
Number = Annotated[int, Field(description="The chapter’s number, from 1", ge=1, le=9999)]
Key = Annotated[
    str | None, Field(description="The same word again does not do it again, for 24 hours", max_length=255)
]

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
ADDS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
CHANGES = ToolAnnotations(
    read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=False
)


def add_to(server: MCPServer) -> None:
    """All tools, with what they may do."""
    reading: list[Tool] = [list_books, follow_book, read_book, read_chapter, list_files]
    adding: list[Tool] = [create_book, approve_outline]
    changing: list[Tool] = [edit_chapter, regenerate_chapter, cancel_book]
    for tools, may in ((reading, READS), (adding, ADDS), (changing, CHANGES)):
        for tool in tools:
            server.add_tool(tool, annotations=may)
    server.add_tool(fetch_file, annotations=READS, structured_output=False)


async def list_books(
    asked: Asked, cursor: str | None = None, limit: Annotated[int, Field(ge=1, le=100)] = 25
) -> Books:
    """The books that the key’s member sees, newest first."""
    page = await api_of(asked).get("books/", cursor=cursor, limit=limit)
    following = parse_qs(urlsplit(page["next"] or "").query).get("cursor")
    return Books(
        books=[Book.model_validate(one) for one in page["results"]],
        next_cursor=following[0] if following else None,
    )


async def create_book(  # noqa: PLR0917 (tools are called by names)
    asked: Asked,
    topic: Annotated[str, Field(max_length=4000, description="What it is about")],
    kind: Annotated[
        Literal["story", "guide", "novel"],
        Field(description="A picture book for a child, a practical guide, or a novel"),
    ],
    language: Literal["en", "fr"] = "en",
    goal: Annotated[str, Field(max_length=4000, description="What the reader takes away")] = "",
    title: Annotated[str, Field(max_length=200)] = "",
    audience: Annotated[str, Field(max_length=200)] = "",
    tone: Annotated[str, Field(max_length=200)] = "",
    notes: Annotated[list[str], Field(max_length=200, description="Facts that it is to rest on")] = [],  # noqa: B006
    hero: Hero | None = None,
    approve_outline: Annotated[
        bool, Field(description="Let a person look at the outline before it is written")
    ] = False,
    idempotency_key: Key = None,
) -> Progress:
    """Have a book written, illustrated and typeset. It takes a while: go on with `follow_book`."""
    body = {
        "topic": topic,
        "kind": kind,
        "language": language,
        "goal": goal,
        "title": title,
        "audience": audience,
        "tone": tone,
        "notes": notes,
        "hero": hero.model_dump(exclude_none=True) if hero else None,
        "approve_outline": approve_outline,
    }
    made = await api_of(asked).send("POST", "books/", body, key=idempotency_key)
    return Progress.of(made["job"])


async def follow_book(
    asked: Asked,
    job_id: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")],
    wait_seconds: Annotated[
        int, Field(ge=0, le=LONGEST_WAIT, description="How long to wait for it to end, or to need somebody")
    ] = 20,
) -> Progress:
    """How far a book is. Waits until it has ended or its outline needs approval, at most as long as asked."""
    api, until = api_of(asked), time.monotonic() + wait_seconds
    while True:
        progress = Progress.of(await api.get(f"jobs/{job_id}/"))
        await asked.report_progress(progress.done, progress.total or None, progress.writing or progress.stage)
        if progress.ended or progress.awaiting_approval or time.monotonic() + LOOK_EVERY > until:
            return progress
        await asyncio.sleep(LOOK_EVERY)


async def read_book(asked: Asked, book_id: BookId) -> WholeBook:
    """A book with the list of its chapters."""
    api = api_of(asked)
    book = await api.get(f"books/{book_id}/")
    chapters = await api.get(f"books/{book_id}/chapters/")
    return WholeBook(
        book=Book.model_validate(book),
        subtitle=book["subtitle"],
        premise=book["premise"],
        chapters=[ChapterLine.model_validate(one) for one in chapters],
    )


async def read_chapter(asked: Asked, book_id: BookId, number: Number) -> Chapter:
    """A chapter’s text in Markdown."""
    return Chapter.model_validate(await api_of(asked).get(f"books/{book_id}/chapters/{number}/"))


async def edit_chapter(  # noqa: PLR0917
    asked: Asked,
    book_id: BookId,
    number: Number,
    text: Annotated[str, Field(max_length=400_000, description="The whole text, in Markdown")],
    revision: Annotated[int, Field(ge=0, description="The revision that was read")],
    title: Annotated[str | None, Field(max_length=200, description="Left out, it stays")] = None,
) -> Chapter:
    """Save another text of a chapter as its next revision; earlier ones are kept.

    Where somebody has written since that revision, nothing is changed: read it again.
    """
    body = {"text": text, "revision": revision} | ({"title": title} if title is not None else {})
    return Chapter.model_validate(
        await api_of(asked).send("PUT", f"books/{book_id}/chapters/{number}/", body)
    )


async def regenerate_chapter(
    asked: Asked,
    book_id: BookId,
    number: Number,
    instruction: Annotated[str, Field(max_length=1000, description="What is to be different")],
    idempotency_key: Key = None,
) -> Progress:
    """Have one chapter written again. The text so far is kept as a revision."""
    address = f"books/{book_id}/chapters/{number}/regenerate/"
    return Progress.of(
        await api_of(asked).send("POST", address, {"instruction": instruction}, key=idempotency_key)
    )


async def approve_outline(
    asked: Asked,
    job_id: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")],
    chapters: Annotated[
        list[PlannedChapter] | None, Field(description="The outline as it shall be; left out, as it stands")
    ] = None,
) -> Progress:
    """Let the writing begin."""
    body = {} if chapters is None else {"chapters": [one.model_dump(exclude_none=True) for one in chapters]}
    return Progress.of(await api_of(asked).send("POST", f"jobs/{job_id}/approve/", body))


async def cancel_book(asked: Asked, job_id: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]) -> Progress:
    """Stop making a book. What is written stays."""
    job = await api_of(asked).send("POST", f"jobs/{job_id}/cancel/")
    return Progress.of(job)


async def list_files(asked: Asked, book_id: BookId) -> Files:
    """A book’s finished files, and what was found amiss in them."""
    return Files(files=[File.of(row) for row in await api_of(asked).get(f"books/{book_id}/formats/")])


async def fetch_file(
    asked: Asked, book_id: BookId, format: Literal["pdf", "epub", "docx", "html", "markdown"]
) -> list[EmbeddedResource | ResourceLink]:
    """A file of a book: in the answer up to 4 MB, otherwise as a link that asks for the same key."""
    api = api_of(asked)
    address = f"books/{book_id}/formats/{format}/download/"
    row = next(one for one in await api.get(f"books/{book_id}/formats/") if one["format"].lower() == format)
    if row["size"] and row["size"] > MOST_EMBEDDED:
        return [
            ResourceLink(
                type="resource_link", uri=row["download_url"], name=f"{format} file", size=row["size"]
            )
        ]
    answer = await api.bytes_at(address)
    blob = BlobResourceContents(
        uri=f"octavo://books/{book_id}/files/{format}",
        blob=base64.b64encode(answer.content).decode(),
        mime_type=answer.headers["content-type"],
    )
    return [EmbeddedResource(type="resource", resource=blob)]
