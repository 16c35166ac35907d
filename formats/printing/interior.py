"""A book's pages for a printer: no cover, margins for the binding, and bleed for its pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from formats.builders import pdf
from formats.builders.themes import INCH, Theme
from formats.manuscript import Manuscript
from formats.printing.finish import pages_of
from formats.printing.order import Order
from formats.printing.printers import BLEED, pages_to_print

_OVERHANG = 3  # points by which letters and hanging punctuation may stand out of the column
_HEADS = 44  # points that heads and page numbers take above and below it
_ROUNDS = 4  # of widening the gutter, which can add pages, which can widen it again


@dataclass(frozen=True, slots=True)
class Interior:
    """The typeset pages. `written` is how many, before blank ones are added."""

    data: bytes
    written: int
    bleeds: bool
    gutter: float  # the inside margin, in points


def build(manuscript: Manuscript, theme: Theme, order: Order) -> Interior:
    """Typeset until the inside margin suits the number of pages that it makes. Raises `BuildFailed`."""
    book = replace(manuscript, cover=None)
    bleeds = theme.design == "picture" and any(chapter.picture for chapter in book.chapters)
    pages = order.binding.papers[0].least_pages
    for _round in range(_ROUNDS):
        printed = printed_theme(theme, order, pages=pages, bleeds=bleeds)
        built = pdf.build(book, printed)
        written = pages_of(built.data)
        pages = max(pages, pages_to_print(order.printer, order.binding, written))
        if order.printer.gutter(pages) * INCH <= printed.inside + 0.01:
            break
    return Interior(built.data, written, bleeds, printed.inside)


def printed_theme(theme: Theme, order: Order, *, pages: int, bleeds: bool) -> Theme:
    """The theme on the ordered trim with the printer's margins. No tint of paper is printed."""
    printer = order.printer
    safe = printer.safe_beside_bleed if bleeds else printer.safe
    resized = (
        theme
        if (theme.width, theme.height) == (order.trim.width, order.trim.height)
        else theme.on(order.trim)
    )
    least_inside = max(printer.gutter(pages), printer.safe) * INCH
    printed = resized.printed(
        bleed=BLEED * INCH if bleeds else 0,
        least_inside=least_inside + _OVERHANG,
        least_outside=safe * INCH + _OVERHANG,
    )
    return replace(
        printed,
        paper="#ffffff",
        top=max(printed.top, safe * INCH + _HEADS),
        bottom=max(printed.bottom, safe * INCH + _HEADS),
    )
