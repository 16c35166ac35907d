"""The record for the book trade, from rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from books.models import Book, BookMetadata, Chapter, Contributor
from formats import onix, trade
from formats.manuscript import Contributor as Named
from formats.models import BookDesign, BookFormat, PrintPackage
from tenants.accounts.models import User
from tenants.context import Current
from tests.factories.books import add_format, add_picture, make_book, write_chapter


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def book(inside: Current, member: User) -> Book:
    return make_book(member, author_name="Max Member", words=900)


def test_record_is_gathered_from_everywhere(book: Book) -> None:
    add_picture(book)
    add_picture(book, chapter=write_chapter(book, 1))
    add_format(book, "PDF")
    BookFormat.objects.filter(book=book, format="PDF").update(pages=44)
    PrintPackage.objects.create(book=book, printer="kdp", status="READY", pages=46)
    BookDesign.objects.create(book=book, trim="A5")
    BookMetadata.objects.create(
        book=book, publisher="Alder Press", published_on=date(2027, 3, 1), isbn_print="9780306406157"
    )

    record = trade.record_of(book)

    assert record.missing == ()
    assert record.products == ("paperback", "pdf")
    assert (record.words, record.pages, record.print_pages, record.trim) == (900, 44, 46, (148, 210))
    assert (record.pictures, record.described) == (1, True)
    assert record.people == (Named("Max Member", "aut"),)
    assert b"<ImprintName>Alder Press</ImprintName>" in trade.export(book, sender="Acme")


def test_byline_goes_before_those_who_are_no_authors(book: Book) -> None:
    Contributor.objects.create(book=book, name="Ines Roy", role="ill")
    assert trade.record_of(book).people == (Named("Max Member", "aut"), Named("Ines Roy", "ill"))
    Contributor.objects.create(book=book, name="Ada Fern", role="aut", position=2)
    assert [each.name for each in trade.record_of(book).people] == ["Ines Roy", "Ada Fern"]


def test_picture_without_a_description_is_found_wherever_it_is(book: Book) -> None:
    chapter = write_chapter(book, 1, "A ![](picture-1) here.")
    assert not trade.record_of(book).described
    Chapter.objects.filter(pk=chapter.pk).update(text="A ![kite](picture-1) here.")
    assert trade.record_of(book).described
    add_picture(book, chapter=chapter, alt="")
    assert not trade.record_of(book).described


def test_each_missing_thing_has_a_sentence(book: Book) -> None:
    Book.objects.filter(pk=book.pk).update(author_name="")
    missing = trade.record_of(Book.objects.get(pk=book.pk)).missing
    assert len(trade.sentences(missing)) == 4
    with pytest.raises(onix.Incomplete):
        trade.export(book, sender="Acme")


def test_queries_do_not_grow_with_the_book(inside: Current, member: User) -> None:
    def count(chapters: int) -> int:
        book = make_book(member)
        for number in range(1, chapters + 1):
            add_picture(book, chapter=write_chapter(book, number))
        with CaptureQueriesContext(connection) as queries:
            assert trade.record_of(book).pictures == chapters
        return len(queries)

    assert count(1) == count(5)
