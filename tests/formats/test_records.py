"""A book's formats as rows, and the log of who took them."""

from __future__ import annotations

from typing import Any

import pytest

from books.models import Book
from formats import records
from formats.models import BookDownload, BookFormat, FormatType
from insights.origin import Origin, coming_from
from storage import files
from storage.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(inside: object, settings: Any, tmp_path: Any) -> Book:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}
    return Book.objects.create(kind="guide", language="en", topic="Bees")


def stored(data: bytes) -> StoredFile:
    return files.save(data=data, name="bees.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK)


def pdf_of(book: Book) -> BookFormat:
    return next(row for row in records.expect_formats(book) if row.format == FormatType.PDF)


def test_every_format_is_expected_once(book: Book) -> None:
    records.expect_formats(book)
    assert sorted(row.format for row in records.expect_formats(book)) == sorted(FormatType.values)


def test_ready_format_says_what_it_is(book: Book) -> None:
    row, file = pdf_of(book), stored(b"%PDF")
    assert records.record_ready(book_format=row, file=file, content_hash="c" * 64, engine="typst 1") == []
    row.refresh_from_db()
    assert (row.status, row.size, row.sha256) == (BookFormat.Status.READY, 4, file.sha256)
    assert (row.engine, row.content_hash) == ("typst 1", "c" * 64)


def test_new_build_hands_back_the_file_it_replaces(book: Book) -> None:
    row, old, new = pdf_of(book), stored(b"old"), stored(b"new")
    records.record_ready(book_format=row, file=old, content_hash="1", engine="e")
    assert records.record_ready(book_format=row, file=new, content_hash="2", engine="e") == [old]
    records.discard(old)
    assert list(StoredFile.objects.all()) == [new]


def test_file_that_is_shown_is_not_discarded(book: Book) -> None:
    row, file = pdf_of(book), stored(b"%PDF")
    records.record_ready(book_format=row, file=file, content_hash="1", engine="e")
    records.discard(file)
    assert files.read(file) == b"%PDF"


def test_failed_build_keeps_the_earlier_file(book: Book) -> None:
    row, file = pdf_of(book), stored(b"%PDF")
    records.record_ready(book_format=row, file=file, content_hash="1", engine="e")
    records.record_failure(book_format=row, error="no room")
    row.refresh_from_db()
    assert (row.status, row.error, row.file) == (BookFormat.Status.FAILED, "no room", file)


def test_each_download_is_logged(book: Book, member: Any) -> None:
    row = pdf_of(book)
    records.record_ready(book_format=row, file=stored(b"%PDF"), content_hash="1", engine="e")
    row.refresh_from_db()
    with coming_from(Origin("203.0.113.9", "Owl/1")):
        records.take(book_format=row, user_id=member.pk)
    logged = BookDownload.objects.get()
    assert (logged.user_id, logged.format) == (member.pk, row)
    assert (logged.ip_address, logged.user_agent) == ("203.0.113.9", "Owl/1")


def test_format_that_is_not_ready_is_not_given(book: Book) -> None:
    with pytest.raises(records.NotReady):
        records.take(book_format=pdf_of(book), user_id=None)
    assert not BookDownload.objects.exists()
