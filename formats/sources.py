"""From a book's rows to the plain data that its files are built from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from books.models import Book, BookMetadata, BookSection, Chapter, Illustration
from books.models import Contributor as Person
from formats.assets import Asset
from formats.manuscript import (
    BookMeta,
    BookSource,
    ChapterSource,
    Contributor,
    Kind,
    Role,
    SectionRole,
    SectionSource,
    Subject,
    SubjectScheme,
)
from formats.models import BookDesign
from storage import files
from storage.models import StoredFile

COVER = "cover"


def book_source(book: Book, *, disclosure: str = "", pictures_read: bool = True) -> BookSource:
    """Everything that the book's files show. `disclosure` is the colophon's sentence on the part AI had,
    where its members do not say it in words of their own.

    Without `pictures_read` it is for comparing alone: its hashes are the same, and no store is asked for the
    bytes of pictures. Six queries, however long the book. Raises `BadPicture`.
    """
    written = book.chapters.exclude(status=Chapter.Status.SKIPPED).exclude(text="")
    chapters = list(written.defer("plan", "scene", "beats", "summary").order_by("number"))
    rows = list(book.illustrations.exclude(file=None).select_related("file").order_by("pk"))
    pictures = {picture.chapter_id: picture for picture in rows if not picture.name}
    in_text = [(picture.name, picture) for picture in rows if picture.name]
    cover = pictures.get(None)
    numbered = {chapter.pk: f"picture-{chapter.number}" for chapter in chapters if chapter.pk in pictures}
    matter = list(book.matter.all())
    return BookSource(
        meta=_meta(book, chapters, matter, cover, disclosure),
        chapters=tuple(_chapter(chapter, pictures.get(chapter.pk), numbered) for chapter in chapters),
        assets=tuple(
            _asset(name, picture, read=pictures_read)
            for name, picture in (*_named(cover, pictures, numbered), *in_text)
        ),
        front_matter=_sections(matter, BookSection.Placement.FRONT),
        back_matter=_sections(matter, BookSection.Placement.BACK),
    )


def _meta(
    book: Book,
    chapters: Sequence[Chapter],
    matter: Sequence[BookSection],
    cover: Illustration | None,
    disclosure: str,
) -> BookMeta:
    said = metadata_of(book)
    people = list(book.contributors.all())
    return BookMeta(
        title=book.display_title,
        subtitle=book.subtitle,
        language=str(book.language),
        kind=cast(Kind, str(book.kind)),
        identifier=book.pk,
        modified=_modified(book, chapters, matter, said),
        authors=authors_of(book, people),
        contributors=tuple(
            Contributor(each.name, cast(Role, each.role))
            for each in people
            if each.role != Person.Role.AUTHOR
        ),
        dedication=book.dedication,
        description=said.description or book.premise,
        publisher=said.publisher,
        published=said.published_on or book.created_at.date(),
        rights=said.rights,
        ai_disclosure=said.ai_disclosure or disclosure,
        cover=COVER if cover else None,
        cover_alt=cover.alt if cover else "",
        isbn_print=said.isbn_print,
        isbn_ebook=said.isbn_ebook,
        edition=said.edition,
        series=said.series,
        series_number=said.series_number,
        subjects=subjects_of(said),
        keywords=tuple(said.keywords),
        back_text=said.back_text,
        contents_depth=said.contents_depth,
    )


def metadata_of(book: Book) -> BookMetadata:
    """What is said of the book; where nothing was said yet, a row with the defaults that is not kept."""
    return BookMetadata.objects.filter(book_id=book.pk).first() or BookMetadata(book=book)


def authors_of(book: Book, people: Sequence[Person]) -> tuple[str, ...]:
    """The authors among the people named, in order; where there are none, the book's byline."""
    named = tuple(each.name for each in people if each.role == Person.Role.AUTHOR)
    return named or ((book.author_name,) if book.author_name else ())


def subjects_of(metadata: BookMetadata) -> tuple[Subject, ...]:
    return tuple(
        Subject(cast(SubjectScheme, each["scheme"]), str(each["code"])) for each in metadata.subjects
    )


def _sections(matter: Sequence[BookSection], placement: str) -> tuple[SectionSource, ...]:
    return tuple(
        SectionSource(role=cast(SectionRole, each.role), title=each.title, markdown=each.text)
        for each in matter
        if each.placement == placement
    )


def _chapter(chapter: Chapter, picture: Illustration | None, numbered: dict[UUID, str]) -> ChapterSource:
    return ChapterSource(
        title=chapter.title,
        markdown=chapter.text,
        part=chapter.part,
        picture=numbered.get(chapter.pk),
        picture_alt=picture.alt if picture else "",
        picture_caption=picture.caption if picture else "",
    )


def _named(
    cover: Illustration | None, pictures: dict[UUID | None, Illustration], numbered: dict[UUID, str]
) -> list[tuple[str, Illustration]]:
    scenes = [(name, pictures[chapter_id]) for chapter_id, name in numbered.items()]
    return [(COVER, cover), *scenes] if cover else scenes


def _asset(name: str, picture: Illustration, *, read: bool) -> Asset:
    """The picture's file where it lies on this machine's disk, else its bytes if they are to be read."""
    file = picture.file
    assert isinstance(file, StoredFile)
    path = files.local_path(file)
    if not file.width or not file.height or (read and path is None):
        return Asset.from_bytes(name, files.read(file))
    return Asset(name, file.content_type, file.width, file.height, file.sha256, path=path)


def _modified(
    book: Book, chapters: Sequence[Chapter], matter: Sequence[BookSection], said: BookMetadata
) -> datetime:
    """When what the files show last changed: the same book gives the same files, whenever they are built.

    The row of the metadata is touched with every change beside the text, also where something is taken away.
    """
    moments = [each.updated_at for each in chapters] + [each.updated_at for each in matter]
    moments += BookDesign.objects.filter(book_id=book.pk).values_list("updated_at", flat=True)
    moments += [said.updated_at] if said.updated_at else []
    return max(moments, default=book.created_at)
