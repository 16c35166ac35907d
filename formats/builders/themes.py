"""How a book looks: faces, sizes, margins and designs on a trim. Themes and trims are plain data.

A theme is made for its own natural trim; `Theme.on` sets it on another, with margins that keep their
proportion and lines that stay readable, and `Theme.printed` gives it what a printer asks for.
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


Opening = Literal["centred", "numeral", "ruled", "banner", "plain", "medallion"]
Ornament = Literal["asterisks", "rule", "diamonds", "dots", "bold-asterisks", "stars"]
Heads = Literal["classic", "foot", "ruled", "tab", "plain", "bubble"]
Contents = Literal["leaders", "figures-first", "roomy"]
Paragraphs = Literal["indented", "spaced"]
Tables = Literal["rules", "bands", "grid"]

LEAST_MEASURE, MOST_MEASURE = 45, 75  # letters and spaces in a line of prose
_LEAST_INSIDE, _LEAST_OUTSIDE = 0.6 * INCH, 0.5 * INCH  # that a line too short for its type may claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Lengths are in points (1/72 inch).

    `design` is the template that sets the pages: "prose" for running text, "picture" for a picture book.
    `opens_right` starts every chapter on a right-hand page; `lead_in` begins its first paragraph with small
    capitals, and `drop_lines` (2 or 3) with an initial that is as many lines high. `bleed` is what lies around
    the trimmed page, for print alone; `ink` is the colour of the text. `stylesheet` is CSS of the member's own,
    for `css_pdf` alone.

    `letter` is the width of an average letter of the body's face in ems, by which measures are reckoned;
    `least_size` is what the type may step down to on a small page. `opening` is how a chapter opens,
    `ornament` what parts two scenes, `heads` where running titles and folios stand. `half_title` adds a page
    with the title alone before the title page. `schoolbook` takes the forms of letters that children are
    taught to write. `writing_line` is the distance between lines that a reader writes on;
    `exercise_boxes` frames what stands below a heading that begins with "Exercise".
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
    stylesheet: str = ""
    letter: float = 0.43
    least_size: float = 9
    title_weight: int = 400
    drop_lines: int = 0
    opening: Opening = "centred"
    ornament: Ornament = "asterisks"
    heads: Heads = "classic"
    contents: Contents = "leaders"
    paragraphs: Paragraphs = "indented"
    tables: Tables = "rules"
    justified: bool = True
    hyphenated: bool = True
    half_title: bool = False
    schoolbook: bool = False
    writing_line: float = 24
    exercise_boxes: bool = False

    @property
    def measure(self) -> float:
        """How many letters and spaces a line of prose holds, on average."""
        return (self.width - self.inside - self.outside) / (self.letter * self.body_size)

    def on(self, trim: Trim) -> Theme:
        """The theme on pages of another size.

        Margins keep their share of the page and the type follows it a little; then margins give or take until
        a line holds between 45 and 75 letters, as far as type no smaller than `least_size` allows.
        """
        across, down = trim.width / self.width, trim.height / self.height
        step = min(max(1 + (across - 1) * 0.25, self.least_size / self.body_size), 1.12)
        scaled = replace(
            self,
            width=trim.width,
            height=trim.height,
            inside=round(self.inside * across, 2),
            outside=round(self.outside * across, 2),
            top=round(self.top * down, 2),
            bottom=round(self.bottom * down, 2),
            body_size=round(self.body_size * step, 1),
            leading=round(self.leading * step, 1),
            title_size=round(self.title_size * (1 + (across - 1) * 0.5), 1),
        )
        return scaled if self.design == "picture" else _in_whole_lines(_in_measure(scaled))

    def printed(self, *, bleed: float, least_inside: float, least_outside: float) -> Theme:
        """The theme for a printer: with bleed, and margins no smaller than it allows. In points."""
        printed = replace(
            self,
            bleed=bleed,
            inside=max(self.inside, least_inside),
            outside=max(self.outside, least_outside),
            top=max(self.top, least_outside),
            bottom=max(self.bottom, least_outside),
        )
        return printed if self.design == "picture" else _in_whole_lines(printed)


def _in_measure(theme: Theme) -> Theme:
    """Wider margins around lines too long, narrower ones around lines too short, and then smaller type."""
    letter = theme.letter * theme.body_size
    if theme.measure > MOST_MEASURE:
        share = (theme.width - MOST_MEASURE * letter) / (theme.inside + theme.outside)
        return replace(theme, inside=round(theme.inside * share, 2), outside=round(theme.outside * share, 2))
    if theme.measure < LEAST_MEASURE:
        wanted = theme.width - LEAST_MEASURE * letter
        share = max(0, wanted) / (theme.inside + theme.outside)
        theme = replace(
            theme,
            inside=round(max(theme.inside * share, min(_LEAST_INSIDE, theme.inside)), 2),
            outside=round(max(theme.outside * share, min(_LEAST_OUTSIDE, theme.outside)), 2),
        )
    if theme.measure < LEAST_MEASURE - 0.1:
        size = max(theme.body_size * theme.measure / LEAST_MEASURE, theme.least_size)
        leading = theme.leading * size / theme.body_size
        return replace(theme, body_size=round(size, 1), leading=round(leading, 1))
    return theme


def _in_whole_lines(theme: Theme) -> Theme:
    """The foot of the page where a last line ends, so that facing pages end on one height."""
    lines = int((theme.height - theme.top - theme.bottom - theme.body_size) / theme.leading + 0.01)
    return replace(theme, bottom=round(theme.height - theme.top - lines * theme.leading - theme.body_size, 2))


CLASSIC_NOVEL = Theme(
    name="classic-novel",
    design="prose",
    width=6 * INCH,
    height=9 * INCH,
    inside=1 * INCH,
    outside=57,
    top=66,
    bottom=78,
    body_font="EB Garamond",
    body_size=11,
    leading=14.5,
    letter=0.3675,
    title_font="EB Garamond",
    label_font="EB Garamond",
    title_size=26,
    accent="#5c1f1b",
    opens_right=True,
    lead_in=True,
    drop_lines=2,
    old_style_figures=True,
    half_title=True,
)

MODERN_NOVEL = Theme(
    name="modern-novel",
    design="prose",
    width=5.5 * INCH,
    height=8.5 * INCH,
    inside=62,
    outside=52,
    top=58,
    bottom=83.3,
    body_font="Source Serif 4",
    body_size=9.9,
    leading=14.4,
    letter=0.455,
    title_font="Jost",
    label_font="Jost",
    title_size=21,
    title_weight=300,
    accent="#1d4e5f",
    ink="#191b1d",
    opening="numeral",
    ornament="rule",
    heads="foot",
    contents="figures-first",
    half_title=True,
)

NON_FICTION = Theme(
    name="non-fiction",
    design="prose",
    width=6 * INCH,
    height=9 * INCH,
    inside=61.2,
    outside=54,
    top=68,
    bottom=77.2,
    body_font="Literata",
    body_size=9.8,
    leading=14.5,
    letter=0.45,
    title_font="Fraunces",
    label_font="Figtree",
    title_size=27,
    title_weight=480,
    accent="#7a2e26",
    opening="ruled",
    ornament="diamonds",
    heads="ruled",
)

WORKBOOK = Theme(
    name="workbook",
    design="prose",
    width=8.5 * INCH,
    height=11 * INCH,
    inside=84,
    outside=150,
    top=76,
    bottom=93,
    body_font="Source Sans 3",
    body_size=12.5,
    leading=18.5,
    letter=0.4044,
    least_size=10.5,
    title_font="Figtree",
    label_font="Figtree",
    title_size=32,
    title_weight=700,
    accent="#0f5f63",
    ink="#1b2224",
    opening="banner",
    ornament="dots",
    heads="tab",
    contents="roomy",
    paragraphs="spaced",
    tables="grid",
    justified=False,
    hyphenated=False,
    writing_line=28,
    exercise_boxes=True,
)

LARGE_PRINT = Theme(
    name="large-print",
    design="prose",
    width=7 * INCH,
    height=10 * INCH,
    inside=60,
    outside=50,
    top=56,
    bottom=86,
    body_font="Atkinson Hyperlegible",
    body_size=17,
    leading=25.5,
    letter=0.429,
    least_size=16,
    title_font="Atkinson Hyperlegible",
    label_font="Atkinson Hyperlegible",
    title_size=30,
    title_weight=700,
    accent="#111111",
    ink="#000000",
    opening="plain",
    ornament="bold-asterisks",
    heads="plain",
    contents="roomy",
    paragraphs="spaced",
    tables="grid",
    justified=False,
    hyphenated=False,
    writing_line=34,
)

EARLY_READER = Theme(
    name="early-reader",
    design="prose",
    width=7 * INCH,
    height=10 * INCH,
    inside=72,
    outside=66,
    top=64,
    bottom=87,
    body_font="Source Sans 3",
    body_size=18,
    leading=29,
    letter=0.415,
    least_size=16,
    title_font="Jost",
    label_font="Jost",
    title_size=34,
    title_weight=600,
    accent="#b4451f",
    ink="#20222b",
    opening="medallion",
    ornament="stars",
    heads="bubble",
    contents="roomy",
    paragraphs="spaced",
    tables="bands",
    justified=False,
    hyphenated=False,
    schoolbook=True,
    writing_line=36,
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
    letter=0.45,
    title_font="Fraunces",
    label_font="Figtree",
    title_size=42,
    title_weight=560,
    accent="#8a3324",
    paper="#fdf9f1",
    ornament="diamonds",
    paragraphs="spaced",
    justified=False,
    hyphenated=False,
)

THEMES: Mapping[str, Theme] = {
    theme.name: theme
    for theme in (
        CLASSIC_NOVEL,
        MODERN_NOVEL,
        NON_FICTION,
        WORKBOOK,
        LARGE_PRINT,
        EARLY_READER,
        PICTURE_BOOK,
    )
}
_BY_KIND: Mapping[Kind, Theme] = {"novel": CLASSIC_NOVEL, "guide": NON_FICTION, "story": PICTURE_BOOK}


def theme_for(kind: Kind) -> Theme:
    """The theme that a book of this kind wears unless another is chosen."""
    return _BY_KIND[kind]
