"""A member's own book, brought along as Markdown: read, checked, and written into rows at once.

Chapters go through `collaboration.revisions` as any text does, pictures through `storage.files`, and the
book's files are then built as those of any other book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing import limits
from books import isbn, states, subjects
from books.models import (
    Book,
    BookLanguage,
    BookMetadata,
    BookSection,
    Chapter,
    Contributor,
    Illustration,
)
from collaboration import permissions, revisions
from collaboration.models import Revision
from formats.assets import Asset
from formats.importing import BadImport, read_book
from formats.manuscript import BookMeta, BookSource, ChapterSource, SectionSource
from generation import commission, telling
from generation.models import BookJob
from insights import recording
from insights.actions import Action
from storage import files
from storage.files import Placed
from storage.models import StoredFile
from tenants import context
from tenants.models import Membership

MOST_CHAPTERS = 500
MOST_SECTIONS = 60
MOST_PICTURES = 500


def import_book(
    *, membership: Membership, data: bytes, name: str = "book.md", kind: str = ""
) -> tuple[Book, BookJob]:
    """Make a book of a zip file of Markdown and pictures, or of one Markdown file called `name`.

    `kind` is for a book whose front matter names none. The book is there, and takes one of the plan's books,
    when this returns; its files are being made. Raises `formats.importing.BadImport` with a sentence that
    names the place, `billing.limits.LimitReached`, `PermissionDenied`.
    """
    if not permissions.can_commission(membership):
        raise PermissionDenied
    language = membership.user.language or BookLanguage.ENGLISH
    source = read_book(data, modified=timezone.now(), name=name, language=language, kind=kind)
    source = _fitting(source)
    with _placed(_shown(source)) as pictures, transaction.atomic():
        limits.reserve_book(context.current().organisation_id, membership=membership)
        book = _write(source, membership, pictures)
        details = {"chapters": len(source.chapters), "pictures": len(pictures)}
        recording.record(Action.BOOK_IMPORTED, actor=membership.user, resource=book, details=details)
        job = commission.rebuild_formats(book=book, actor=membership.user)
        telling.tell("book.created", job, status=book.status)
    return book, job


# What the product has room for


def _fitting(source: BookSource) -> BookSource:
    """The book as it is kept. Raises `BadImport` for what has no room in it."""
    matter = (*source.front_matter, *source.back_matter)
    counts = (
        (_("chapters"), source.chapters, MOST_CHAPTERS),
        (_("pieces of front and back matter"), matter, MOST_SECTIONS),
        (_("pictures"), source.assets, MOST_PICTURES),
    )
    for what, found, most in counts:
        if len(found) > most:
            raise BadImport("too-many-of", what=what, found=len(found), most=most)
    language = source.meta.language.lower().split("-")[0]
    if language not in BookLanguage.values:
        raise BadImport("language", language=source.meta.language)
    source = replace(source, meta=replace(source.meta, language=language))
    _check_codes(source.meta)
    _check_lengths(source)
    return _renamed(source)


def _check_codes(meta: BookMeta) -> None:
    try:
        for number in filter(None, (meta.isbn_print, meta.isbn_ebook)):
            isbn.read_isbn(number)
        for subject in meta.subjects:
            subjects.checked_code(subject.scheme, subject.code)
    except (isbn.BadIsbn, subjects.BadSubject) as error:
        raise BadImport("refused", words=str(error)) from error


def _check_lengths(source: BookSource) -> None:
    meta = source.meta
    _check_length(Book, "title", meta.title)
    _check_length(Book, "subtitle", meta.subtitle)
    _check_length(Book, "dedication", meta.dedication)
    for field in ("publisher", "edition", "rights", "series", "series_number", "description", "back_text"):
        _check_length(BookMetadata, field, getattr(meta, field))
    _check_length(BookMetadata, "ai_disclosure", meta.ai_disclosure)
    for name in (*meta.authors, *(person.name for person in meta.contributors)):
        _check_length(Contributor, "name", name)
    for chapter in source.chapters:
        _check_length(Chapter, "title", chapter.title)
        _check_length(Chapter, "part", chapter.part)
        _check_length(Illustration, "alt", chapter.picture_alt)
        _check_length(Illustration, "caption", chapter.picture_caption)
        if len(chapter.markdown) > revisions.LONGEST_TEXT:
            raise BadImport("refused", words=f"“{chapter.title[:80]}”: {revisions.TextTooLong()}")
    for section in (*source.front_matter, *source.back_matter):
        _check_length(BookSection, "title", section.title)
        _check_length(BookSection, "text", section.markdown)


def _check_length(model: type, field: str, text: str) -> None:
    most = model._meta.get_field(field).max_length  # type: ignore[attr-defined]
    if len(text) > most:
        raise BadImport("too-long", beginning=text[:60], found=len(text), most=most)


# Pictures

_OWN_NAME = re.compile(r"cover|picture-\d+")  # as `formats.sources` names them
_IN_TEXT = re.compile(r"(!\[(?:[^\]\\]|\\.){0,2000}\]\()<?([^\s()<>]+)")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture that the book shows: as its cover, before a chapter (by number), or in a text by its name."""

    asset: Asset
    alt: str
    caption: str = ""
    chapter: int | None = None
    name: str = ""


def _renamed(source: BookSource) -> BookSource:
    """The book with names for its texts' pictures that no cover or chapter's picture will have."""
    named = {asset.id: asset for asset in source.assets}
    clashing = {name for name in _in_text(source) if name in named and _OWN_NAME.fullmatch(name)}
    if not clashing:
        return source

    def words(markdown: str) -> str:
        def address(found: re.Match[str]) -> str:
            name = PurePosixPath(found[2]).stem
            return f"{found[1]}images/in-text-{named[name].file_name}" if name in clashing else found[0]

        return _IN_TEXT.sub(address, markdown)

    copies = tuple(replace(named[name], id=f"in-text-{name}") for name in sorted(clashing))
    return replace(
        source,
        assets=(*source.assets, *copies),
        chapters=tuple(replace(each, markdown=words(each.markdown)) for each in source.chapters),
        front_matter=tuple(replace(each, markdown=words(each.markdown)) for each in source.front_matter),
        back_matter=tuple(replace(each, markdown=words(each.markdown)) for each in source.back_matter),
    )


def _in_text(source: BookSource) -> dict[str, None]:
    """The names of the pictures that the texts show, in order."""
    matter = (*source.front_matter, *source.back_matter)
    texts = [each.markdown for each in source.chapters] + [each.markdown for each in matter]
    found = (address[2] for text in texts for address in _IN_TEXT.finditer(text))
    return {PurePosixPath(address).stem: None for address in found}


def _shown(source: BookSource) -> list[_Shown]:
    """Every picture that the book shows; what lies in a zip file and is shown nowhere is left out."""
    named = {asset.id: asset for asset in source.assets}
    shown = [_Shown(named[source.meta.cover], source.meta.cover_alt)] if source.meta.cover else []
    for number, chapter in enumerate(source.chapters, 1):
        if chapter.picture in named:
            asset = named[chapter.picture]
            shown.append(_Shown(asset, chapter.picture_alt, chapter.picture_caption, chapter=number))
    shown += [_Shown(named[name], "", name=name) for name in _in_text(source) if name in named]
    return shown


@contextmanager
def _placed(shown: Sequence[_Shown]) -> Iterator[list[tuple[_Shown, Placed]]]:
    """The pictures' bytes put into their store, and taken out again where the book does not come about."""
    placed: list[tuple[_Shown, Placed]] = []
    announced: list[UUID] = []
    try:
        for picture in shown:
            file = files.announce(
                name=picture.asset.file_name,
                content_type=picture.asset.media_type,
                kind=StoredFile.Kind.PICTURE,
            )
            announced.append(file.pk)
            placed.append((picture, files.place(file, picture.asset.read())))
        yield placed
    except BaseException:
        for file_id in announced:
            files.abandon(file_id)
        raise


# The rows


def _write(source: BookSource, membership: Membership, pictures: Sequence[tuple[_Shown, Placed]]) -> Book:
    meta = source.meta
    book = Book.objects.create(
        kind=meta.kind,
        language=meta.language,
        title=meta.title,
        subtitle=meta.subtitle,
        topic=meta.description or meta.title,
        dedication=meta.dedication,
        author_name=", ".join(meta.authors)[:120],
        author=membership.user,
    )
    _write_metadata(book, meta)
    chapters = _write_chapters(book, source.chapters, membership.user_id)
    _write_sections(book, BookSection.Placement.FRONT, source.front_matter)
    _write_sections(book, BookSection.Placement.BACK, source.back_matter)
    _write_pictures(book, chapters, pictures)
    Book.objects.filter(pk=book.pk).update(words=sum(book.chapters.values_list("words", flat=True)))
    states.move(book.pk, to=Book.Status.READY)
    book.refresh_from_db()
    return book


def _write_metadata(book: Book, meta: BookMeta) -> None:
    BookMetadata.objects.create(
        book=book,
        isbn_print=meta.isbn_print,
        isbn_ebook=meta.isbn_ebook,
        publisher=meta.publisher,
        published_on=meta.published,
        edition=meta.edition,
        rights=meta.rights,
        series=meta.series,
        series_number=meta.series_number,
        ai_disclosure=meta.ai_disclosure,
        description=meta.description,
        back_text=meta.back_text,
        subjects=[{"scheme": each.scheme, "code": each.code} for each in meta.subjects],
        keywords=list(meta.keywords),
        contents_depth=meta.contents_depth,
    )
    people = [(name, Contributor.Role.AUTHOR.value) for name in meta.authors]
    people += [(each.name, each.role) for each in meta.contributors]
    Contributor.objects.bulk_create(
        Contributor(book=book, position=position, name=name, role=role)
        for position, (name, role) in enumerate(people, 1)
    )


def _write_chapters(book: Book, chapters: Sequence[ChapterSource], author_id: UUID) -> Mapping[int, Chapter]:
    rows = Chapter.objects.bulk_create(
        Chapter(book=book, number=number, title=chapter.title, part=chapter.part)
        for number, chapter in enumerate(chapters, 1)
    )
    for row, chapter in zip(rows, chapters, strict=True):
        revisions.write_chapter(
            chapter_id=row.pk, text=chapter.markdown, origin=Revision.Origin.IMPORTED, author_id=author_id
        )
    return {row.number: row for row in rows}


def _write_sections(book: Book, placement: str, sections: Sequence[SectionSource]) -> None:
    BookSection.objects.bulk_create(
        BookSection(
            book=book,
            placement=placement,
            position=position,
            role=section.role,
            title=section.title,
            text=section.markdown,
        )
        for position, section in enumerate(sections, 1)
    )


def _write_pictures(
    book: Book, chapters: Mapping[int, Chapter], pictures: Sequence[tuple[_Shown, Placed]]
) -> None:
    for shown, placed in pictures:
        file = files.adopt(placed, width=shown.asset.width, height=shown.asset.height)
        is_cover = shown.chapter is None and not shown.name
        Illustration.objects.create(
            book=book,
            kind=Illustration.Kind.COVER if is_cover else Illustration.Kind.SCENE,
            chapter=chapters[shown.chapter] if shown.chapter else None,
            name=shown.name,
            alt=shown.alt,
            caption=shown.caption,
            file=file,
        )
