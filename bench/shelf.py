"""Fifty books, and the three operations that `bench.api_cost` measures on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from django.test import Client

BOOKS = 50
_TEXT = "The bees came back in the first warm week, and with them the question of who would keep them.\n\n"


def fill(author_id: UUID) -> UUID:
    """Make the books, in the organisation entered; answers the id of the one that is read and written."""
    from books.models import Book, Chapter

    books = [
        Book.objects.create(
            kind="guide", language="en", title=f"Keeping bees {n}", topic="Bees", goal="To keep them",
            premise="A year with one hive.", audience="Beginners", tone="warm", author_id=author_id,
            status=Book.Status.READY if n else Book.Status.DRAFT, words=12_000,
        )
        for n in range(BOOKS)
    ]  # fmt: skip
    for book in books[:1]:
        for number in range(1, 13):
            Chapter.objects.create(book=book, number=number, title=f"Month {number}", text=_TEXT * 40)
    return books[0].pk


def request_of(name: str, book_id: str, number: int) -> tuple[str, str, str | None]:
    """Method, path and body of one of the operations; `number` is how many writes there were before."""
    path = f"/api/v1/books/{book_id}/"
    if name == "list":
        return "GET", f"/api/v1/books/?limit={BOOKS}", None
    if name == "read":
        return "GET", path, None
    body = {"text": f"{_TEXT * 40}Version {number}.", "revision": number}
    return "PUT", f"{path}chapters/1/", json.dumps(body)


def queries_of_each(client: Client, book_id: str, **more: Any) -> dict[str, int]:
    """How many statements each operation takes, after the first time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found, writes = {}, 0
    for name in ("list", "read", "write"):
        for _time in range(2):
            method, path, body = request_of(name, book_id, writes)
            writes += name == "write"
            with CaptureQueriesContext(connection) as captured:
                answer = client.generic(method, path, body or "", content_type="application/json", **more)
            assert answer.status_code == 200, (name, answer.status_code, answer.content[:500])
        asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        found[name] = len(asked)
    return found
