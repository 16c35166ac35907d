"""How a book looks: faces, sizes, margins and designs on a trim. Themes and trims are plain data.

A theme is made for a page of 6 by 9 inches or its own natural trim; `Theme.on` sets it on another, with margins
that keep their proportion, and `Theme.printed` gives it what a printer asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from formats.manuscript import Kind

INCH = 72.0
MILLIMETRE = INCH / 25.4
LEAST_SIDE, MOST_SIDE = 4 * INCH, 14 * INCH  # of a trim


class BadTrim(ValueError):
    """A page of this size cannot be typeset; the message gives the sizes that can."""


@dataclass(frozen=True, slots=True)
class Trim:
    """A finished page's size in points. `name` is what it is kept and asked for by, such as "6x9"."""

    name: str
    width: float
    height: float

    @classmethod
    def custom(cls, width: float, height: float) -> Trim:
        """A trim of any size in points. Raises `BadTrim` beyond 4 to 14 inches."""
        if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
            raise BadTrim("A page measures between 4 and 14 inches (102 and 355 mm) on each side.")
        return cls("custom", width, height)


TRIMS: Mapping[str, Trim] = {
    trim.name: trim
    for trim in (
        Trim("5x8", 5 * INCH, 8 * INCH),
        Trim("5.5x8.5", 5.5 * INCH, 8.5 * INCH),
        Trim("6x9", 6 * INCH, 9 * INCH),
        Trim("7x10", 7 * INCH, 10 * INCH),
        Trim("8.5x8.5", 8.5 * INCH, 8.5 * INCH),
        Trim("8.5x11", 8.5 * INCH, 11 * INCH),
        Trim("A5", 148 * MILLIMETRE, 210 * MILLIMETRE),
        Trim("A4", 210 * MILLIMETRE, 297 * MILLIMETRE),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Lengths are in points (1/72 inch).

    `design` is the template that sets the pages: "prose" for running text, "picture" for a picture book.
    `opens_right` starts every chapter on a right-hand page; `lead_in` begins its first paragraph with a
    raised initial and small capitals. `bleed` is what lies around the trimmed page, for print alone; `ink` is
    the colour of the text.
    """

    name: str
    design: Literal["prose", "picture"]
    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    body_font: str
    body_size: float
    leading: float  # from baseline to baseline
    title_font: str
    label_font: str
    title_size: float
    accent: str  # "#rrggbb"
    paper: str = "#ffffff"
    ink: str = "#1f1a17"
    opens_right: bool = False
    lead_in: bool = False
    old_style_figures: bool = False
    bleed: float = 0

    def on(self, trim: Trim) -> Theme:
        """The theme on pages of another size. Margins keep their share of the page; the type keeps its size."""
        across, down = trim.width / self.width, trim.height / self.height
        return replace(
            self,
            width=trim.width,
            height=trim.height,
            inside=round(self.inside * across, 2),
            outside=round(self.outside * across, 2),
            top=round(self.top * down, 2),
            bottom=round(self.bottom * down, 2),
        )

    def printed(self, *, bleed: float, least_inside: float, least_outside: float) -> Theme:
        """The theme for a printer: with bleed, and margins no smaller than it allows. In points."""
        return replace(
            self,
            bleed=bleed,
            inside=max(self.inside, least_inside),
            outside=max(self.outside, least_outside),
            top=max(self.top, least_outside),
            bottom=max(self.bottom, least_outside),
        )


CLASSIC_NOVEL = Theme(
    name="classic-novel",
    design="prose",
    width=6 * INCH,
    height=9 * INCH,
    inside=0.875 * INCH,
    outside=0.6875 * INCH,
    top=0.875 * INCH,
    bottom=0.875 * INCH,
    body_font="EB Garamond",
    body_size=11.5,
    leading=15,
    title_font="EB Garamond",
    label_font="EB Garamond",
    title_size=25,
    accent="#5c1f1b",
    opens_right=True,
    lead_in=True,
    old_style_figures=True,
)

NON_FICTION = Theme(
    name="non-fiction",
    design="prose",
    width=6 * INCH,
    height=9 * INCH,
    inside=0.85 * INCH,
    outside=0.75 * INCH,
    top=0.9 * INCH,
    bottom=0.85 * INCH,
    body_font="Literata",
    body_size=9.8,
    leading=14.5,
    title_font="Fraunces",
    label_font="Figtree",
    title_size=27,
    accent="#7a2e26",
)

PICTURE_BOOK = Theme(
    name="picture-book",
    design="picture",
    width=7 * INCH,
    height=10 * INCH,
    inside=0.85 * INCH,
    outside=0.8 * INCH,
    top=0.85 * INCH,
    bottom=0.75 * INCH,
    body_font="Literata",
    body_size=14,
    leading=20.5,
    title_font="Fraunces",
    label_font="Figtree",
    title_size=42,
    accent="#8a3324",
    paper="#fdf9f1",
)

THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (CLASSIC_NOVEL, NON_FICTION, PICTURE_BOOK)}
_BY_KIND: Mapping[Kind, Theme] = {"novel": CLASSIC_NOVEL, "guide": NON_FICTION, "story": PICTURE_BOOK}


def theme_for(kind: Kind) -> Theme:
    """The theme that a book of this kind wears unless another is chosen."""
    return _BY_KIND[kind]
