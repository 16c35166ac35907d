"""What is large is never held whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from books.models import Book
from config.streaming import pieces
from formats import records
from storage import files
from storage.models import StoredFile
from tenants.context import entered
from tenants.models import Organisation


async def test_pieces_are_read_as_they_are_taken() -> None:
    read: list[int] = []

    def source() -> Iterator[bytes]:
        for number in range(100):
            read.append(number)
            yield b"%d," % number

    stream = pieces(source())
    assert [await anext(stream), await anext(stream)] == [b"0,", b"1,"]
    assert read == [0, 1]
    assert len([piece async for piece in stream]) == 98


@pytest.fixture
def book(organisation: Organisation, settings: Any, tmp_path: Path) -> Book:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}
    with entered(organisation):
        made = Book.objects.create(kind="guide", language="en", topic="Bees")
        pdf = next(row for row in records.expect_formats(made) if row.format == "PDF")
        stored = files.save(
            data=b"x" * 1_000_000, name="bees.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK
        )
        records.record_ready(book_format=pdf, file=stored, content_hash="1", engine="e")
    return made


@pytest.mark.django_db(transaction=True)
async def test_download_comes_in_pieces(
    organisation: Organisation, async_member_client: Any, book: Book
) -> None:
    from config.asgi import application

    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in async_member_client.cookies.items())
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/api/v1/books/{book.pk}/formats/pdf/download/",
        "query_string": b"",
        "headers": [(b"host", organisation.host.encode()), (b"cookie", cookies.encode())],
    }
    client = ApplicationCommunicator(application, scope)
    await client.send_input({"type": "http.request", "body": b"", "more_body": False})
    assert (await client.receive_output(5))["status"] == 200
    sizes = []
    while (message := await client.receive_output(5)).get("more_body"):
        sizes.append(len(message["body"]))
    assert sum(sizes) == 1_000_000
    assert max(sizes) < 300_000
