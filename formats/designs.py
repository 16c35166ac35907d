"""How a book's pages look: from the chosen theme and trim to what the builders are given."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from books.models import Book, BookKind
from formats.builders.themes import MILLIMETRE, THEMES, TRIMS, BadTrim, Theme, Trim, theme_for
from formats.manuscript import Kind
from formats.models import BookDesign

CUSTOM = "custom"


def design_of(book: Book) -> Theme:
    """The theme that the book wears, on its trim. One query.

    What suits the book's kind where nothing was chosen, and where a theme or trim that was is no more.
    """
    design = BookDesign.objects.filter(book_id=book.pk).first()
    return dressed(book, design) if design is not None else theme_for(cast(Kind, book.kind))


def dressed(book: Book, design: BookDesign) -> Theme:
    """The theme that the book would wear in this design, which need not be saved."""
    theme = THEMES.get(design.theme) or theme_for(cast(Kind, book.kind))
    theme = replace(theme, stylesheet=design.stylesheet)
    trim = _trim(design)
    return theme.on(trim) if trim else theme


def themes_for(book: Book) -> list[Theme]:
    """The themes that suit the book: those for pages made of pictures are for picture books alone."""
    return [theme for theme in THEMES.values() if theme.design == "prose" or book.kind == BookKind.STORY]


def _trim(design: BookDesign) -> Trim | None:
    if design.trim != CUSTOM:
        return TRIMS.get(design.trim)
    if design.width is None or design.height is None:
        return None
    try:
        return Trim.custom(float(design.width) * MILLIMETRE, float(design.height) * MILLIMETRE)
    except BadTrim:
        return None
