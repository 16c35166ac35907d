"""From a book's rows to the plain data that its files are built from."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from books.models import Book, Chapter, Illustration
from formats.assets import Asset
from formats.manuscript import BookMeta, BookSource, ChapterSource, Kind
from storage import files
from storage.models import StoredFile

COVER = "cover"


def book_source(book: Book, *, disclosure: str = "") -> BookSource:
    """Everything that the book's files show. `disclosure` is the colophon's sentence on the part AI had."""
    chapters = list(book.chapters.exclude(status=Chapter.Status.SKIPPED).exclude(text="").order_by("number"))
    pictures = {
        picture.chapter_id: picture
        for picture in book.illustrations.exclude(file=None).select_related("file")
    }
    cover = pictures.get(None)
    numbered = {chapter.pk: f"picture-{chapter.number}" for chapter in chapters if chapter.pk in pictures}
    return BookSource(
        meta=BookMeta(
            title=book.display_title,
            subtitle=book.subtitle,
            language=book.language,
            kind=cast(Kind, book.kind),
            identifier=book.pk,
            modified=_modified(book, chapters),
            authors=(book.author_name,) if book.author_name else (),
            dedication=book.dedication,
            description=book.premise,
            published=book.created_at.date(),
            ai_disclosure=disclosure,
            cover=COVER if cover else None,
            cover_alt=cover.alt if cover else "",
        ),
        chapters=tuple(_chapter(chapter, pictures.get(chapter.pk), numbered) for chapter in chapters),
        assets=tuple(_asset(name, picture) for name, picture in _named(cover, pictures, numbered)),
    )


def _chapter(chapter: Chapter, picture: Illustration | None, numbered: dict[UUID, str]) -> ChapterSource:
    return ChapterSource(
        title=chapter.title,
        markdown=chapter.text,
        picture=numbered.get(chapter.pk),
        picture_alt=picture.alt if picture else "",
    )


def _named(
    cover: Illustration | None, pictures: dict[UUID | None, Illustration], numbered: dict[UUID, str]
) -> list[tuple[str, Illustration]]:
    scenes = [(name, pictures[chapter_id]) for chapter_id, name in numbered.items()]
    return [(COVER, cover), *scenes] if cover else scenes


def _asset(name: str, picture: Illustration) -> Asset:
    """The picture's file where it lies on this machine's disk, else its bytes."""
    file = picture.file
    assert isinstance(file, StoredFile)
    path = files.local_path(file)
    if path is None or not file.width or not file.height:
        return Asset.from_bytes(name, files.read(file))
    return Asset(name, file.content_type, file.width, file.height, file.sha256, path=path)


def _modified(book: Book, chapters: list[Chapter]) -> datetime:
    """When the text last changed: the same text gives the same files, whenever they are built."""
    return max((chapter.updated_at for chapter in chapters), default=book.created_at)
