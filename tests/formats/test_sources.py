"""From rows to what files are built from: everything that was said of the book, in few queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from books.models import Book, BookMetadata, BookSection, Chapter, Contributor
from formats.builders import content_hash
from formats.manuscript import Contributor as Named
from formats.manuscript import Subject, assemble
from formats.models import BookDesign
from formats.sources import book_source
from tenants.accounts.models import User
from tenants.context import Current
from tests.factories.books import add_picture, make_book, write_chapter


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def book(inside: Current, member: User) -> Book:
    book = make_book(member, author_name="Max Member", premise="A premise.", dedication="For Bo")
    for number in (1, 2):
        write_chapter(book, number)
    return book


def test_everything_that_was_said_is_in_the_source(book: Book) -> None:
    BookMetadata.objects.create(
        book=book,
        isbn_print="9780306406157",
        isbn_ebook="9782070360024",
        publisher="Alder Press",
        published_on=date(2027, 3, 1),
        edition="Second edition",
        rights="All rights reserved.",
        series="Gardens",
        series_number="2",
        description="About gardens.",
        back_text="One.\nTwo.",
        subjects=[{"scheme": "thema", "code": "WM"}],
        keywords=["soil"],
        contents_depth=2,
    )
    people = (("Ada Fern", "aut"), ("Ines Roy", "ill"), ("Bo Ash", "aut"))
    for place, (name, role) in enumerate(people):
        Contributor.objects.create(book=book, position=place, name=name, role=role)
    for placement, role in (("FRONT", "preface"), ("BACK", "glossary"), ("BACK", "about-author")):
        BookSection.objects.create(
            book=book, placement=placement, position=1, role=role, title=role, text=f"The *{role}*."
        )
    Chapter.objects.filter(book=book, number=2).update(part="The second part")

    source = book_source(book)
    made = assemble(
        source.meta, source.chapters, front_matter=source.front_matter, back_matter=source.back_matter
    )

    assert (made.isbn_print, made.isbn_ebook, made.edition) == (
        "9780306406157",
        "9782070360024",
        "Second edition",
    )
    assert (made.publisher, made.published, made.rights) == (
        "Alder Press",
        date(2027, 3, 1),
        "All rights reserved.",
    )
    assert (made.series, made.series_number, made.description) == ("Gardens", "2", "About gardens.")
    assert (made.back_text, made.subjects, made.keywords) == (
        ("One.", "Two."),
        (Subject("thema", "WM"),),
        ("soil",),
    )
    assert made.contents_depth == 2
    assert made.authors == ("Ada Fern", "Bo Ash")
    assert made.contributors == (Named("Ines Roy", "ill"),)
    assert [each.role for each in made.front_matter] == ["preface"]
    assert [each.role for each in made.back_matter] == ["glossary", "about-author"]
    assert [each.opens.title if each.opens else None for each in made.chapters] == [None, "The second part"]


def test_where_nothing_was_said_the_book_speaks_for_itself(book: Book) -> None:
    meta = book_source(book).meta
    assert (meta.authors, meta.description, meta.dedication) == (("Max Member",), "A premise.", "For Bo")
    assert (meta.published, meta.contents_depth) == (book.created_at.date(), 1)
    assert not BookMetadata.objects.exists()


def test_illustrator_alone_leaves_the_byline(book: Book) -> None:
    Contributor.objects.create(book=book, name="Ines Roy", role="ill")
    assert book_source(book).meta.authors == ("Max Member",)


LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("of", [BookMetadata, BookDesign, BookSection])
def test_files_are_stamped_with_the_last_change_of_any_kind(book: Book, of: Any) -> None:
    before = book_source(book).meta.modified
    of.objects.create(book=book)
    of.objects.update(updated_at=LATER)
    assert before < LATER == book_source(book).meta.modified


def test_change_of_metadata_changes_the_hash_and_other_rows_do_not(book: Book) -> None:
    def key() -> str:
        return content_hash(book_source(Book.objects.get(pk=book.pk)), format="epub")

    BookMetadata.objects.create(book=book, publisher="Alder Press")
    before = key()
    Book.objects.filter(pk=book.pk).update(words=99, goal="Another goal", updated_at=LATER)
    assert key() == before
    BookMetadata.objects.update(publisher="Birch Press")
    assert key() != before


def test_queries_do_not_grow_with_the_book(inside: Current, member: User) -> None:
    def count(chapters: int) -> int:
        book = make_book(member)
        BookMetadata.objects.create(book=book)
        for number in range(1, chapters + 1):
            chapter = write_chapter(book, number)
            if number < 4:
                add_picture(book, chapter=chapter)
            Contributor.objects.create(book=book, name=f"Person {number}")
            BookSection.objects.create(book=book, title="A", text="B")
        with CaptureQueriesContext(connection) as queries:
            assert len(book_source(Book.objects.get(pk=book.pk)).chapters) == chapters
        return len(queries)

    assert count(1) == count(60) == 7  # the book itself and six more
