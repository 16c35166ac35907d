"""A book's record for the book trade, gathered from its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from books.models import Book, Chapter, Illustration
from formats import designs, onix, sources
from formats.builders.themes import MILLIMETRE
from formats.manuscript import Contributor, Kind, Role
from formats.models import PrintPackage

_UNDESCRIBED = re.compile(r"!\[\s*\]")  # a picture in Markdown without alternative text


def record_of(book: Book) -> onix.Record:
    """Everything that ONIX can say of the book, in as many queries for a long book as for a short one."""
    said = sources.metadata_of(book)
    made = {row.format: row for row in book.formats.filter(file__isnull=False)}
    package = book.print_packages.filter(status=PrintPackage.Status.READY).first()
    theme = designs.design_of(book)
    pictures = list(_pictures(book))
    pdf = made.get("PDF")
    return onix.Record(
        book=book.pk,
        title=book.display_title,
        subtitle=book.subtitle,
        language=book.language,
        kind=cast(Kind, book.kind),
        people=_people(book),
        publisher=said.publisher,
        published_on=said.published_on,
        isbn_print=said.isbn_print,
        isbn_ebook=said.isbn_ebook,
        edition=said.edition,
        series=said.series,
        series_number=said.series_number,
        subjects=sources.subjects_of(said),
        keywords=tuple(said.keywords),
        description=said.description,
        back_text=said.back_text,
        made=frozenset(made),
        words=book.words,
        pages=pdf.pages if pdf else None,
        print_pages=package.pages if package else None,
        trim=(round(theme.width / MILLIMETRE), round(theme.height / MILLIMETRE)),
        pictures=len(pictures),
        described=_described(book, pictures),
        reflowable=book.kind != "story",  # a picture book's pages may be fixed
    )


def export(book: Book, *, sender: str, sent: datetime | None = None) -> bytes:
    """The book's ONIX message. Raises `onix.Incomplete`; `sentences` says what is to be filled in."""
    return onix.message(record_of(book), sender=sender, sent=sent or timezone.now())


def file_name(book: Book) -> str:
    return f"{slugify(book.display_title) or 'book'}.onix.xml"


def sentences(missing: Sequence[onix.Missing]) -> list[str]:
    """What the member is to do, a sentence each."""
    told: dict[onix.Missing, str] = {
        "people": _("Name the author."),
        "publisher": _("Give the publisher or imprint."),
        "published_on": _("Give the date of publication."),
        "product": _("Give an ISBN for the printed book, or wait until the e-books are made."),
    }
    return [told[name] for name in missing]


def _people(book: Book) -> tuple[Contributor, ...]:
    """Everybody in order; where no author is named, the byline goes first."""
    named = [Contributor(each.name, cast(Role, each.role)) for each in book.contributors.all()]
    if book.author_name and not any(each.role == "aut" for each in named):
        named.insert(0, Contributor(book.author_name, "aut"))
    return tuple(named)


def _pictures(book: Book) -> QuerySet[Illustration]:
    shown = book.illustrations.filter(kind=Illustration.Kind.SCENE, file__isnull=False)
    return shown.exclude(chapter__status=Chapter.Status.SKIPPED)


def _described(book: Book, pictures: Sequence[Illustration]) -> bool:
    if not all(each.alt for each in pictures):
        return False
    texts = (*book.chapters.values_list("text", flat=True), *book.matter.values_list("text", flat=True))
    return not any(_UNDESCRIBED.search(text) for text in texts)
