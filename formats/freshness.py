"""Whether a book's files are those of its text: compared by what each would be built from now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from books.models import Book
from formats.models import BookFormat

if TYPE_CHECKING:  # only what builds or compares carries the typesetting
    from formats.builders import FormatName, Theme
    from formats.manuscript import BookSource

BUILDER_OF: dict[str, FormatName] = {
    "PDF": "pdf",
    "EPUB": "epub",
    "DOCX": "docx",
    "HTML": "html",
    "MARKDOWN": "markdown",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a format is built from now, and the hash that such a file has."""

    source: BookSource
    theme: Theme
    content_hash: str


def wanted(book: Book, format_: str, *, disclosure: str) -> Wanted:
    """Reads the whole book once: about 10 ms for 100,000 words."""
    from formats import designs, sources
    from formats.builders import content_hash

    source, theme = sources.book_source(book, disclosure=disclosure), designs.design_of(book)
    return Wanted(source, theme, content_hash(source, format=BUILDER_OF[format_], theme=theme))


def behind(book: Book, rows: Sequence[BookFormat], *, disclosure: str) -> set[str]:
    """The formats of these rows whose file was made from another text or design, or is not there."""
    from formats import designs, sources
    from formats.builders import content_hash

    source, theme = sources.book_source(book, disclosure=disclosure), designs.design_of(book)
    return {
        row.format
        for row in rows
        if row.file_id is None
        or row.content_hash != content_hash(source, format=BUILDER_OF[row.format], theme=theme)
    }
