"""Assistants at work: the SDK's own client, over HTTP, against the running platform."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.clients.serving import Served
from tests.factories.api_keys import make_key
from tests.factories.books import add_format, make_book, write_chapter

TOOLS = {
    "list_books",
    "create_book",
    "follow_book",
    "read_book",
    "read_chapter",
    "edit_chapter",
    "regenerate_chapter",
    "approve_outline",
    "cancel_book",
    "list_files",
    "fetch_file",
}
STORY = {
    "topic": "A lighthouse that has lost its light",
    "kind": "story",
    "hero": {"name": "Maya", "companion": "fox"},
}


@asynccontextmanager
async def assistant(served: Served, *, key: str = "", mode: str = "auto") -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {key or served.key}"}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        transport = streamable_http_client(f"{served.address}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


async def use(client: Client, tool: str, **arguments: Any) -> Any:
    """What a tool answers, as plain data."""
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    return answer.structured_content


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    return "\n".join(each.text for each in answer.content)


@pytest.fixture
def book(served: Served, organisation: Organisation, owner: Any) -> str:
    """The id of a finished book with one chapter and a PDF."""
    with entered(organisation):
        made = make_book(owner, title="The Kite", status="READY")
        write_chapter(made, 1, "A kite hung in the tree.", title="The tree")
        add_format(made)
        return str(made.pk)


async def test_assistant_reads_and_edits_a_book(served: Served, book: str) -> None:
    async with assistant(served) as client:
        assert [one["id"] for one in (await use(client, "list_books"))["books"]] == [book]
        shown = await use(client, "read_book", book_id=book)
        assert [(one["number"], one["title"]) for one in shown["chapters"]] == [(1, "The tree")]
        chapter = await use(client, "read_chapter", book_id=book, number=1)
        text = chapter["text"] + "\n\nAnd that was that."
        where = {"book_id": book, "number": 1, "revision": chapter["revision"]}
        edited = await use(client, "edit_chapter", text=text, **where)
        assert (edited["text"], edited["revision"]) == (text, chapter["revision"] + 1)
        assert ": 412 " in await refusal(client, "edit_chapter", text="Too late.", **where)


async def test_books_and_chapters_are_resources(served: Served, book: str) -> None:
    async with assistant(served) as client:
        chapter = (await client.read_resource(f"octavo://books/{book}/chapters/1")).contents[0]
        whole = (await client.read_resource(f"octavo://books/{book}")).contents[0]
    assert chapter.text == "## The tree\n\nA kite hung in the tree.\n"
    assert (whole.text, whole.mime_type) == (f"# The Kite\n\n{chapter.text}", "text/markdown")


async def test_files_come_whole_or_as_a_link(
    served: Served, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with assistant(served) as client:
        files = (await use(client, "list_files", book_id=book))["files"]
        file = next(one for one in files if one["format"] == "PDF")
        assert file["size"] == len(b"%PDF-1.7 a book")
        whole = await client.call_tool("fetch_file", {"book_id": book, "format": "pdf"})
        assert base64.b64decode(whole.content[0].resource.blob) == b"%PDF-1.7 a book"
        monkeypatch.setattr("api.mcp.tools.MOST_EMBEDDED", 3)
        link = (await client.call_tool("fetch_file", {"book_id": book, "format": "pdf"})).content[0]
        assert link.type == "resource_link" and str(link.uri) == file["download_url"]
        assert ": 4" in await refusal(client, "fetch_file", book_id=book, format="epub")


async def test_chapter_is_written_again(served: Served, book: str) -> None:
    async with assistant(served) as client:
        begun = await use(client, "regenerate_chapter", book_id=book, number=1, instruction="Let it rain.")
    assert begun["book_id"] == book


async def test_outline_waits_for_approval_and_a_book_can_be_cancelled(served: Served) -> None:
    async with assistant(served) as client:
        begun = await use(client, "create_book", approve_outline=True, **STORY)
        waiting = await use(client, "follow_book", job_id=begun["job_id"], wait_seconds=30)
        assert waiting["awaiting_approval"]
        approved = await use(client, "approve_outline", job_id=begun["job_id"])
        assert not approved["awaiting_approval"]
        cancelled = await use(client, "cancel_book", job_id=begun["job_id"])
        assert cancelled["ended"] or cancelled["status"] == "WRITING_CHAPTERS"
        end = await use(client, "follow_book", job_id=begun["job_id"], wait_seconds=30)
        assert end["status"] in ("CANCELLED", "COMPLETED")


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_tools_say_what_they_take_give_and_may_do(served: Served, mode: str) -> None:
    async with assistant(served, mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        templates = await client.list_resource_templates()
    assert tools.keys() == TOOLS
    for name, tool in tools.items():
        assert tool.description and tool.input_schema["type"] == "object"
        assert (tool.output_schema is None) == (name == "fetch_file")
        reads = name.startswith(("list_", "read_", "follow_", "fetch_"))
        assert tool.annotations is not None and tool.annotations.read_only_hint is reads
    assert tools["edit_chapter"].annotations.destructive_hint is True  # type: ignore[union-attr]
    assert {one.uri_template for one in templates.resource_templates} == {
        "octavo://books/{book_id}",
        "octavo://books/{book_id}/chapters/{number}",
    }


async def test_same_idempotency_key_makes_one_book(served: Served, organisation: Organisation) -> None:
    async with assistant(served) as client:
        first = await use(client, "create_book", idempotency_key="one", **STORY)
        second = await use(client, "create_book", idempotency_key="one", **STORY)
    assert first["job_id"] == second["job_id"]


async def test_wrong_arguments_never_reach_the_api(served: Served) -> None:
    async with assistant(served) as client:
        assert "kind" in await refusal(client, "create_book", topic="Bees", kind="opera")
        assert "book_id" in await refusal(client, "read_book", book_id="../../keys/")


async def test_problems_of_the_api_are_told(served: Served) -> None:
    async with assistant(served) as client:
        told = await refusal(client, "create_book", topic=" ", kind="story")
        assert ": 400 " in told and "topic: " in told and "Request req_" in told


def key_of(organisation: Organisation, *scopes: str) -> Any:
    return make_key(Membership.objects.filter(organisation=organisation).earliest("created_at"), *scopes)


async def test_scopes_hold(served: Served, organisation: Organisation) -> None:
    reading = await in_thread(key_of, organisation, "books:read")
    async with assistant(served, key=reading.secret) as client:
        assert (await use(client, "list_books"))["books"] == []
        told = await refusal(client, "create_book", **STORY)
    assert ": 403 " in told and "books:write" in told


async def test_another_organisation_sees_nothing(
    served: Served, book: str, other_organisation: Organisation, other_member: Any
) -> None:
    theirs = await in_thread(key_of, other_organisation)
    async with assistant(served, key=theirs.secret) as client:
        assert (await use(client, "list_books"))["books"] == []
        assert ": 404 " in await refusal(client, "read_book", book_id=book)
        with pytest.raises(MCPError, match="404"):
            await client.read_resource(f"octavo://books/{book}")


async def in_thread(do: Any, *arguments: Any) -> Any:
    from asgiref.sync import sync_to_async

    return await sync_to_async(do)(*arguments)


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def hello(served: Served, **headers: str) -> httpx.Response:
    given = {"Authorization": f"Bearer {served.key}", "Accept": "application/json, text/event-stream"}
    return httpx.post(f"{served.address}/mcp", json=HELLO, headers={**given, **headers})


def test_door_asks_for_a_key_that_works(served: Served, organisation: Organisation) -> None:
    for wrong in ("", "Basic eA==", "Bearer octavo_nonsense", f"Bearer {served.key[:-1]}"):
        answer = hello(served, Authorization=wrong)
        assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert hello(served).status_code == 200
    assert hello(served).headers.get("mcp-session-id") is None


def test_door_knows_its_own_name(served: Served, organisation: Organisation) -> None:
    assert hello(served, Host="evil.example").status_code in (401, 421)
    assert hello(served, Origin="https://evil.example").status_code == 403
    assert hello(served, Origin=served.address).status_code == 200
