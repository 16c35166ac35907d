"""Makes the two files of a printing and reads them again: interior, cover, and what preflight finds in both.

Pure: the same manuscript, theme and order give the same bytes. It runs in the sandbox's child, since it
typesets a member's text and decodes pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from formats.builders.themes import MILLIMETRE, Theme
from formats.manuscript import Manuscript
from formats.printing import cover, interior, preflight
from formats.printing.finish import Enlarged, Finish, finished
from formats.printing.order import Order
from formats.printing.preflight import FileName, Finding
from formats.printing.printers import Space, pages_to_print
from formats.printing.separation import PROFILE, separation

_MOST_ADDED = 4  # blank pages at the end, to reach the printer's least


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a printing. `spine_mm` is the spine's width, `report` what preflight found."""

    interior: bytes = field(repr=False)
    cover: bytes = field(repr=False)
    pages: int
    spine_mm: float
    report: tuple[dict[str, Any], ...]


def make(manuscript: Manuscript, theme: Theme, order: Order, *, profile: bytes | None = None) -> Made:
    """Interior and cover. `profile` is the operator's ICC profile of the press, ours where it is None.

    Raises `BuildFailed` where a file cannot be set, `BadProfile` where the profile is of no use.
    """
    typeset = interior.build(manuscript, theme, order)
    pages = _pages(order, typeset.written)
    bleeds = order.printer.bleeds if typeset.bleeds else None
    inside, few_inside = finished(
        typeset.data, _finish(manuscript, order, order.interior_space, profile, bleeds), pages=pages
    )
    wrap = order.wrap(pages)
    room = order.printer.leaves_room_for_barcode
    sheet = cover.build(manuscript, theme, wrap, leaves_room=room)
    outside, few_outside = finished(sheet, _finish(manuscript, order, order.space, profile, "all"))
    findings = [
        *preflight.check_interior(inside, order),
        *_enlarged(few_inside, "interior", order),
        *preflight.check_cover(outside, order, pages=pages, isbn=manuscript.isbn_print),
        *_enlarged(few_outside, "cover", order),
    ]
    return Made(
        interior=inside,
        cover=outside,
        pages=pages,
        spine_mm=round(wrap.spine / MILLIMETRE, 2),
        report=tuple(finding.row() for finding in findings),
    )


def _pages(order: Order, written: int) -> int:
    pages = pages_to_print(order.printer, order.binding, written)
    least = order.paper.least_pages
    return least if pages < least <= written + _MOST_ADDED else pages


def _finish(manuscript: Manuscript, order: Order, space: Space, profile: bytes | None, bleeds: Any) -> Finish:
    inks = profile or PROFILE.read_bytes()
    return Finish(
        space=space,
        standard=order.standard,
        separation=separation(inks, order.printer.most_ink) if space == "cmyk" or order.standard else None,
        profile_is_ours=profile is None,
        dpi=order.printer.dpi,
        bleeds=bleeds,
        title=manuscript.title,
        author=manuscript.byline,
        identifier=manuscript.identifier,
        modified=manuscript.modified,
    )


def _enlarged(pictures: list[Enlarged], file: FileName, order: Order) -> list[Finding]:
    """What the pictures had before they were given more pixels: paper shows it all the same."""
    if not pictures:
        return []
    worst = min(each.dpi for each in pictures)
    pages = sorted({each.page for each in pictures})
    figures = {"dpi": worst, "wanted": order.printer.dpi, "on": pages[:12], "on_count": len(pages)}
    return [Finding("enlarged", "warn", file, figures)]
