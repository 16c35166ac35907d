"""Whether a book's files are those of its text: compared by what each would be built from now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from books.models import Book
from formats.models import BookFormat, FormatType

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
    """What a format is built from now, by which builder, and the hash that such a file has."""

    source: BookSource
    theme: Theme
    builder: FormatName
    content_hash: str


def builder_of(format_: str, theme: Theme, *, pictures: bool = False) -> FormatName:
    """Pages designed in a member's own style sheet are made by the engine that reads it; Markdown of a book
    with `pictures` is a zip file that holds them, too, and can be imported again."""
    if format_ == FormatType.PDF and theme.stylesheet:
        return "pdf-css"
    if format_ == FormatType.MARKDOWN and pictures:
        return "markdown-zip"
    return BUILDER_OF[format_]


def wanted(book: Book, format_: str, *, disclosure: str) -> Wanted:
    """Reads the whole book. Raises `formats.assets.BadPicture`."""
    from formats import designs, sources

    return _wanted(sources.book_source(book, disclosure=disclosure), designs.design_of(book), format_)


def behind(book: Book, rows: Sequence[BookFormat], *, disclosure: str) -> set[str]:
    """The formats of these rows whose file was made from another text or design, or is not there."""
    from formats import designs, sources
    from formats.assets import BadPicture

    try:
        source = sources.book_source(book, disclosure=disclosure, pictures_read=False)
    except BadPicture:  # it will be told by the build
        return {row.format for row in rows}
    theme = designs.design_of(book)
    return {
        row.format
        for row in rows
        if row.file_id is None or row.content_hash != _wanted(source, theme, row.format).content_hash
    }


def _wanted(source: BookSource, theme: Theme, format_: str) -> Wanted:
    from formats.builders import content_hash

    if format_ != FormatType.PDF:
        theme = replace(theme, stylesheet="")
    builder = builder_of(format_, theme, pictures=bool(source.assets))
    return Wanted(source, theme, builder, content_hash(source, format=builder, theme=theme))
