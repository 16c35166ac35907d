"""What printers ask for: sizes, margins, paper, pages and file formats. Plain data; lengths in inches.

Sources, as read in 2026. Where a printer publishes a figure, its page is named beside it:

- KDP (Amazon): help topics G201857950 (submission guidelines: 650 MB, fonts embedded, nothing transparent, no
  marks, bookmarks or annotations, 300 dpi), GVBQ3CMEQW3W2VL6 (trim, bleed and margins), G201953020 (paperback
  covers: spine by paper, no spine text below 79 pages, 0.0625 in beside it, 2 by 1.2 in for the barcode),
  G201834180 (paper and page counts).
- Lulu: help.api.lulu.com 64000254616 (spine: pages / 444 + 0.06 in; the hardcover's table), 64000254615
  (gutter), help.lulu.com 64000255583 (0.5 in margins), 64000255590 (sRGB, grey for black and white, 300 ppi),
  64000308572 (case wrap of 0.75 in and overhang).
- IngramSpark: help.lightningsource.com 5294186277261 (bleed on the three trimmed edges alone, 0.5 in margins,
  0.25 in on covers, PDF/X-1a:2001, at most 240% of ink), help.ingramspark.com 5338619119245 (CMYK) and its
  blog on file requirements (last page blank, no marks). How much its papers bulk is not published: see
  `Paper.published`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Ink = Literal["black", "colour"]
Space = Literal["grey", "srgb", "cmyk"]
Standard = Literal["", "pdf/x-1a", "pdf/x-4"]
Edge = Literal["all", "trimmed"]

BLEED = 0.125  # 3.175 mm, with every printer here


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper and the ink that it is printed in. `bulk` is the thickness of one page (half a leaf).

    `published` says whether the printer itself gives the figure; else its own template decides.
    """

    name: str
    ink: Ink
    bulk: float
    least_pages: int
    most_pages: int
    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """How the book is bound.

    `cover_adds` is what the cover itself adds to the spine. A case has its boards `overhang` beyond the
    pages and the printed sheet `wrap` around their edges; its spine follows `spines`, pairs of (most pages,
    inches).
    """

    name: Literal["paperback", "hardcover"]
    papers: tuple[Paper, ...]
    multiple: int = 2
    cover_adds: float = 0
    overhang: float = 0
    wrap: float = BLEED
    hinge: float = 0
    spines: tuple[tuple[int, float], ...] = ()
    trims: tuple[str, ...] = ()  # where the binding takes fewer than the printer


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """One printer's rules.

    `sizes` are least width, least height, most width and most height of a page. `gutters` are pairs of (most
    pages, inside margin); where `gutter_is_law` is False they are its advice. `safe` is kept free of text at
    the trimmed edges, `safe_beside_bleed` where the page bleeds.
    """

    name: str
    label: str
    trims: tuple[str, ...]
    sizes: tuple[float, float, float, float]
    bindings: tuple[Binding, ...]
    gutters: tuple[tuple[int, float], ...]
    gutter_is_law: bool
    safe: float
    safe_beside_bleed: float
    cover_safe: float
    bleeds: Edge
    spaces: tuple[Space, ...]
    standard: Standard
    standards: tuple[Standard, ...]
    spine_text_from: int  # pages
    spine_beside_text: float
    barcode: tuple[float, float] = (2.0, 1.2)
    barcode_from_edge: float = 0.25
    leaves_room_for_barcode: bool = False
    last_page_blank: bool = False
    keeps_links: bool = False
    dpi: int = 300
    most_ink: int = 300  # per cent of the four inks together
    most_megabytes: int = 650

    def binding(self, name: str) -> Binding:
        """Raises `LookupError` for a binding that the printer does not offer."""
        return next((each for each in self.bindings if each.name == name), None) or _missing(name)

    def gutter(self, pages: int) -> float:
        """The inside margin of a book of so many pages."""
        return next((inches for most, inches in self.gutters if pages <= most), self.gutters[-1][1])


def paper_of(binding: Binding, name: str) -> Paper:
    """Raises `LookupError` for a paper that does not come with the binding."""
    return next((each for each in binding.papers if each.name == name), None) or _missing(name)


def spine_width(binding: Binding, paper: Paper, pages: int) -> float:
    """Inches, by the printer's own rule for so many pages."""
    if binding.spines:
        return next((inches for most, inches in binding.spines if pages <= most), binding.spines[-1][1])
    return pages * paper.bulk + binding.cover_adds


def pages_to_print(printer: Printer, binding: Binding, written: int) -> int:
    """How many pages a book of so many written ones is printed on, with the blank ones that the rules add."""
    pages = written + (1 if printer.last_page_blank else 0)
    return -(-pages // binding.multiple) * binding.multiple


def _missing(name: str):  # type: ignore[no-untyped-def]
    raise LookupError(name)


_EVERY_TRIM = ("5x8", "5.5x8.5", "6x9", "7x10", "8.5x8.5", "8.5x11", "A5", "A4")

KDP = Printer(
    name="kdp",
    label="Amazon KDP",
    trims=_EVERY_TRIM,
    sizes=(4, 6, 8.5, 11.69),
    bindings=(
        Binding(
            name="paperback",
            papers=(
                Paper(name="white", ink="black", bulk=0.002252, least_pages=24, most_pages=828),
                Paper(name="cream", ink="black", bulk=0.0025, least_pages=24, most_pages=776),
                Paper(name="standard-colour", ink="colour", bulk=0.002252, least_pages=72, most_pages=600),
                Paper(name="premium-colour", ink="colour", bulk=0.002347, least_pages=24, most_pages=828),
            ),
        ),
    ),
    gutters=((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875)),
    gutter_is_law=True,
    safe=0.25,
    safe_beside_bleed=0.375,
    cover_safe=0.125,
    bleeds="trimmed",
    spaces=("srgb", "cmyk"),
    standard="",
    standards=("", "pdf/x-1a", "pdf/x-4"),
    spine_text_from=79,
    spine_beside_text=0.0625,
    leaves_room_for_barcode=True,
)

_CASE_SPINES = (
    (84, 0.25), (140, 0.5), (168, 0.625), (194, 0.6875), (222, 0.75), (250, 0.8125), (278, 0.875),
    (306, 0.9375), (334, 1.0), (360, 1.0625), (388, 1.125), (416, 1.1875), (444, 1.25),
    (472, 1.3125), (500, 1.375), (528, 1.4375), (556, 1.5),
    (582, 1.5625), (610, 1.625), (638, 1.6875), (666, 1.75), (694, 1.8125),
    (722, 1.875), (750, 1.9375), (778, 2.0), (799, 2.0625), (800, 2.125),
)  # fmt: skip

_LULU_INKS: tuple[tuple[str, Ink], ...] = (
    ("white", "black"),
    ("cream", "black"),
    ("standard-colour", "colour"),
    ("premium-colour", "colour"),
)
_LULU_PAPERS = tuple(
    Paper(name=name, ink=ink, bulk=1 / 444, least_pages=32, most_pages=800) for name, ink in _LULU_INKS
)

LULU = Printer(
    name="lulu",
    label="Lulu",
    trims=_EVERY_TRIM,
    sizes=(4, 6, 8.5, 11.69),
    bindings=(
        Binding(name="paperback", papers=_LULU_PAPERS, cover_adds=0.06),
        Binding(
            name="hardcover",
            papers=tuple(
                Paper(name=each.name, ink=each.ink, bulk=each.bulk, least_pages=24, most_pages=800)
                for each in _LULU_PAPERS
            ),
            overhang=0.125,
            wrap=0.75,
            hinge=0.5,
            spines=_CASE_SPINES,
        ),
    ),
    gutters=((60, 0.5), (150, 0.625), (400, 1.0), (600, 1.125), (800, 1.25)),
    gutter_is_law=False,
    safe=0.5,
    safe_beside_bleed=0.5,
    cover_safe=0.25,
    bleeds="all",
    spaces=("srgb",),
    standard="",
    standards=("",),
    spine_text_from=80,
    spine_beside_text=0.0625,
    barcode=(1.833, 1.0),
    most_megabytes=1024,
)

_INGRAM_PAPERS = (
    Paper(name="white-50", ink="black", bulk=1 / 512, least_pages=18, most_pages=1200, published=False),
    Paper(name="cream-50", ink="black", bulk=1 / 444, least_pages=18, most_pages=1200, published=False),
    Paper(name="white-70", ink="colour", bulk=1 / 444, least_pages=18, most_pages=900, published=False),
)

INGRAM = Printer(
    name="ingramspark",
    label="IngramSpark",
    trims=_EVERY_TRIM,
    sizes=(4, 6, 8.5, 11.69),
    bindings=(Binding(name="paperback", papers=_INGRAM_PAPERS),),
    gutters=((1200, 0.5),),
    gutter_is_law=True,
    safe=0.5,
    safe_beside_bleed=0.5,
    cover_safe=0.25,
    bleeds="trimmed",
    spaces=("cmyk",),
    standard="pdf/x-1a",
    standards=("pdf/x-1a", "pdf/x-4", ""),
    spine_text_from=48,
    spine_beside_text=0.0625,
    barcode=(1.75, 1.0),
    last_page_blank=True,
    most_ink=240,
    most_megabytes=2048,
)

# A press of the member's own choice: what most of them ask for, with the spine that the printer has told.
CUSTOM = Printer(
    name="custom",
    label="",
    trims=_EVERY_TRIM,
    sizes=(4, 4, 14, 14),
    bindings=(
        Binding(
            name="paperback",
            papers=(
                Paper(
                    name="white", ink="black", bulk=1 / 500, least_pages=4, most_pages=1200, published=False
                ),
                Paper(
                    name="cream", ink="black", bulk=1 / 440, least_pages=4, most_pages=1200, published=False
                ),
                Paper(
                    name="coated", ink="colour", bulk=1 / 560, least_pages=4, most_pages=1200, published=False
                ),
            ),
            multiple=4,
        ),
    ),
    gutters=((150, 0.5), (300, 0.625), (500, 0.75), (1200, 0.875)),
    gutter_is_law=False,
    safe=0.25,
    safe_beside_bleed=0.25,
    cover_safe=0.25,
    bleeds="all",
    spaces=("srgb", "cmyk"),
    standard="pdf/x-4",
    standards=("pdf/x-4", "pdf/x-1a", ""),
    spine_text_from=48,
    spine_beside_text=0.0625,
    most_megabytes=2048,
)

PRINTERS: Mapping[str, Printer] = {each.name: each for each in (KDP, LULU, INGRAM, CUSTOM)}
