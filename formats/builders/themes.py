"""How a book looks: trim, margins, faces and sizes. A theme is plain data; builders hold the designs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from formats.manuscript import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Lengths are in points (1/72 inch).

    `design` is the template that sets the pages: "prose" for running text, "picture" for a picture book.
    `opens_right` starts every chapter on a right-hand page; `lead_in` begins its first paragraph with a
    raised initial and small capitals.
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
    opens_right: bool = False
    lead_in: bool = False
    old_style_figures: bool = False


_INCH = 72.0

NOVEL = Theme(
    name="novel",
    design="prose",
    width=6 * _INCH,
    height=9 * _INCH,
    inside=0.875 * _INCH,
    outside=0.6875 * _INCH,
    top=0.875 * _INCH,
    bottom=0.875 * _INCH,
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

GUIDE = Theme(
    name="guide",
    design="prose",
    width=6 * _INCH,
    height=9 * _INCH,
    inside=0.85 * _INCH,
    outside=0.75 * _INCH,
    top=0.9 * _INCH,
    bottom=0.85 * _INCH,
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
    width=7 * _INCH,
    height=10 * _INCH,
    inside=0.85 * _INCH,
    outside=0.8 * _INCH,
    top=0.85 * _INCH,
    bottom=0.75 * _INCH,
    body_font="Literata",
    body_size=14,
    leading=20.5,
    title_font="Fraunces",
    label_font="Figtree",
    title_size=42,
    accent="#8a3324",
    paper="#fdf9f1",
)

THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (NOVEL, GUIDE, PICTURE_BOOK)}
_BY_KIND: Mapping[Kind, Theme] = {"novel": NOVEL, "guide": GUIDE, "story": PICTURE_BOOK}


def theme_for(kind: Kind) -> Theme:
    """The theme that a book of this kind wears unless another is chosen."""
    return _BY_KIND[kind]
