"""Books of an organisation that is entered: written, in the making, with pictures and files."""

from __future__ import annotations

from typing import Any

from books.models import Book, BookKind, Chapter, Hero, Illustration
from collaboration import revisions
from collaboration.models import Revision
from formats import records
from formats.models import BookFormat
from generation.briefs import brief_to_json
from generation.contract import Brief
from generation.models import BookJob
from storage import files
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.keys import uuid7
from tests.factories.manuscripts import jpeg


def make_book(author: User, **fields: Any) -> Book:
    """A finished guide, unless told otherwise; without chapters."""
    given = {
        "status": Book.Status.READY,
        "kind": BookKind.GUIDE,
        "language": "en",
        "title": "Starting a Community Garden",
        "topic": "Starting a community garden",
        "author": author,
        "author_name": author.get_full_name(),
    }
    book = Book.objects.create(**{**given, **fields})
    make_journey(book, status=_JOURNEYS.get(book.status, BookJob.Status.COMPLETED))
    return book


def make_story(author: User, **fields: Any) -> Book:
    """A finished picture book with a hero, two written pages and all its pictures."""
    hero = Hero.objects.create(name="Mara", age=6, companion="fox", companion_name="Rusk")
    book = make_book(author, kind=BookKind.STORY, hero=hero, **{"title": "The Kite", **fields})
    for number in (1, 2):
        add_picture(book, chapter=write_chapter(book, number))
    add_picture(book)
    return book


def make_journey(book: Book, **fields: Any) -> BookJob:
    brief = Brief(title=book.title, topic=book.topic, goal=book.goal, kind=book.kind, language=book.language)
    given = {"stage": "chapters", "request": brief_to_json(brief), **fields}
    return BookJob.objects.create(id=uuid7(), book=book, **given)


def plan_chapter(book: Book, number: int, **fields: Any) -> Chapter:
    return Chapter.objects.create(
        book=book, number=number, **{"title": f"Chapter title {number}", "beats": ["A beat."], **fields}
    )


def write_chapter(book: Book, number: int, text: str = "", **fields: Any) -> Chapter:
    """A chapter with its first text."""
    chapter = plan_chapter(book, number, **fields)
    text = text or f"The text of chapter {number}."
    revisions.write_chapter(chapter_id=chapter.pk, text=text, origin=Revision.Origin.AI)
    chapter.refresh_from_db()
    return chapter


def add_picture(book: Book, *, chapter: Chapter | None = None, alt: str = "A kite in a tree") -> Illustration:
    """The picture of a chapter, or without one the book's cover."""
    shade = 90 + (chapter.number if chapter else 0)
    kind = Illustration.Kind.SCENE if chapter else Illustration.Kind.COVER
    file = make_file(jpeg(900, 600, shade), name="picture.jpg", content_type="image/jpeg")
    return Illustration.objects.create(book=book, chapter=chapter, kind=kind, alt=alt, file=file)


def add_format(book: Book, name: str = "PDF", data: bytes = b"%PDF-1.7 a book") -> BookFormat:
    """A file of the book that is ready."""
    row = next(one for one in records.expect_formats(book) if one.format == name)
    file = make_file(data, name=f"book.{name.lower()}", content_type="application/pdf")
    records.record_ready(book_format=row, file=file, content_hash="hash", engine="test")
    row.refresh_from_db()
    return row


def make_file(data: bytes, *, name: str, content_type: str) -> StoredFile:
    return files.save(data=data, name=name, content_type=content_type, kind=StoredFile.Kind.BOOK)


_JOURNEYS = {
    Book.Status.GENERATING: BookJob.Status.WRITING_CHAPTERS,
    Book.Status.FAILED: BookJob.Status.FAILED,
    Book.Status.CANCELLED: BookJob.Status.CANCELLED,
}
