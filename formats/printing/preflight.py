"""Reads finished print files and says, rule by rule, whether the printer would take them.

It knows nothing of how they were made: what it says is what stands in the file. Each finding is a rule's
code, an outcome and its figures; `sentences` makes words of it. Lengths in figures are millimetres, pages
count from 1.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Name
from pypdfium2 import raw as pdfium

from formats.builders.themes import INCH, MILLIMETRE
from formats.printing.content import Family, colours_in, most_ink, placed_pictures
from formats.printing.isbn import is_isbn, read_modules
from formats.printing.order import Order, Wrap
from formats.printing.printers import BLEED, Space

Outcome = Literal["pass", "warn", "fail"]
FileName = Literal["interior", "cover"]
Box = tuple[float, float, float, float]

_SLACK = 0.75  # points by which a length may be off
_SPINE_SLACK_MM = 0.5
_POOR_SHARE = 2 / 3  # of the wanted resolution: less than this is seen by anybody
_MOST_NAMED = 12  # pages that a finding names
_BLANK_RUN = 4
_INK_SLACK = 12  # per cent by which JPEG may stray
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found in one file."""

    rule: str
    outcome: Outcome
    file: FileName
    figures: dict[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """As it is kept: the shape of `BookFormat.checks`."""
        return {"rule": self.rule, "outcome": self.outcome, "detail": {"file": self.file, **self.figures}}


class Unreadable(ValueError):
    """The bytes are not a PDF that can be read."""


def check_interior(data: bytes, order: Order) -> list[Finding]:
    """Everything about the pages."""
    with _Opened(data, "interior") as opened:
        if opened.locked:
            return [Finding("readable", "fail", "interior")]
        return [*_of_any_file(opened, order, order.interior_space), *_Pages(opened, order).findings()]


def check_cover(data: bytes, order: Order, *, pages: int, isbn: str = "") -> list[Finding]:
    """Everything about the cover of a book of so many pages. `isbn` is the printed book's, "" without one."""
    with _Opened(data, "cover") as opened:
        if opened.locked:
            return [Finding("readable", "fail", "cover")]
        return [*_of_any_file(opened, order, order.space), *_Cover(opened, order, pages, isbn).findings()]


class _Opened:
    """A file, open with both libraries: one that reads its structure, one that sees its pages."""

    def __init__(self, data: bytes, name: FileName) -> None:
        self.data, self.name = data, name
        try:
            self.pdf = pikepdf.open(io.BytesIO(data))
        except pikepdf.PasswordError:
            self.locked = True
            return
        except pikepdf.PdfError as error:
            raise Unreadable(str(error)) from error
        self.locked = self.pdf.is_encrypted
        self.seen = pypdfium2.PdfDocument(data)

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *_error: object) -> None:
        if hasattr(self, "seen"):
            self.seen.close()
        if hasattr(self, "pdf"):
            self.pdf.close()

    def sheet(self, number: int) -> Box:
        return _box(self.pdf.pages[number - 1].mediabox)

    def trim(self, number: int) -> Box:
        return _box(self.pdf.pages[number - 1].trimbox)


# Rules for both files


def _of_any_file(opened: _Opened, order: Order, space: Space) -> Iterator[Finding]:
    yield Finding("readable", "pass", opened.name, {"version": opened.pdf.pdf_version})
    yield _active_content(opened)
    yield _fonts(opened)
    yield _resolution(opened, order)
    yield from _colours(opened, order, space)
    yield _standard(opened, order)
    yield _screen_only(opened, order)
    yield _file_size(opened, order)


def _active_content(opened: _Opened) -> Finding:
    root = opened.pdf.Root
    names = root.get(Name.Names, pikepdf.Dictionary())
    found = [
        word
        for word, there in (
            ("JavaScript", Name.JavaScript in names or _has_script(root)),
            ("attachments", Name.EmbeddedFiles in names),
            ("forms", Name.AcroForm in root),
        )
        if there
    ]
    return Finding(
        "active", "fail" if found else "pass", opened.name, {"found": ", ".join(found)} if found else {}
    )


def _has_script(root: Any) -> bool:
    action = root.get(Name.OpenAction)
    return Name.AA in root or (isinstance(action, pikepdf.Dictionary) and Name.JS in action)


def _fonts(opened: _Opened) -> Finding:
    missing = sorted({_font_name(font) for font in _all_fonts(opened.pdf) if not _is_embedded(font)})
    if missing:
        return Finding("fonts", "fail", opened.name, {"fonts": ", ".join(missing[:6]), "count": len(missing)})
    return Finding("fonts", "pass", opened.name)


def _all_fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for each in pdf.objects:
        if (
            isinstance(each, pikepdf.Dictionary)
            and each.get(Name.Type) == Name.Font
            and each.get(Name.Subtype) not in (Name.Type3, Name.CIDFontType0, Name.CIDFontType2)
        ):
            yield each


def _is_embedded(font: Any) -> bool:
    if Name.DescendantFonts in font:
        font = font.DescendantFonts[0]
    described = font.get(Name.FontDescriptor, {})
    return any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _font_name(font: Any) -> str:
    return str(font.get(Name.BaseFont, "/?"))[1:].split("+")[-1]


def _resolution(opened: _Opened, order: Order) -> Finding:
    wanted = order.printer.dpi
    placed = [each for each in placed_pictures(opened.pdf) if each.width > 1 and each.height > 1]
    poor = sorted((each for each in placed if each.dpi < wanted - 1), key=lambda each: each.dpi)
    if not poor:
        return Finding("resolution", "pass", opened.name, {"wanted": wanted, "pictures": len(placed)})
    worst = poor[0].dpi
    return Finding(
        "resolution",
        "fail" if worst < wanted * _POOR_SHARE else "warn",
        opened.name,
        {"wanted": wanted, "dpi": int(worst), **_named(each.page for each in poor)},
    )


def _colours(opened: _Opened, order: Order, space: Space) -> Iterator[Finding]:
    colours = colours_in(opened.pdf)
    allowed: dict[Space, frozenset[Family]] = {
        "grey": frozenset({"grey"}),
        "srgb": frozenset({"rgb", "grey"}),
        "cmyk": frozenset({"cmyk", "grey"}),
    }
    wrong = sorted(colours.families - allowed[space])
    yield Finding(
        "colours",
        "fail" if wrong else "pass",
        opened.name,
        {"space": space, **({"found": ", ".join(wrong)} if wrong else {})},
    )
    yield Finding("black-type", "warn" if colours.rich_black else "pass", opened.name)
    if space == "cmyk":
        ink, most = most_ink(opened.pdf), order.printer.most_ink
        figures = {"ink": ink, "most": most}
        yield Finding("ink", "warn" if ink > most + _INK_SLACK else "pass", opened.name, figures)
    strict = order.standard == "pdf/x-1a"
    outcome: Outcome = ("fail" if strict else "warn") if colours.transparent else "pass"
    yield Finding("transparency", outcome, opened.name)


def _standard(opened: _Opened, order: Order) -> Finding:
    if not order.standard:
        return Finding("standard", "pass", opened.name, {"standard": ""})
    info = opened.pdf.docinfo
    said = str(info.get("/GTS_PDFXConformance", ""))
    metadata = opened.pdf.Root.get(Name.Metadata)
    if not said and metadata is not None and b"PDF/X-4" in metadata.read_bytes():
        said = "PDF/X-4"
    intended = any(
        each.get(Name.S) == Name("/GTS_PDFX") for each in opened.pdf.Root.get(Name.OutputIntents, [])
    )
    asked = {"pdf/x-1a": "PDF/X-1a:2001", "pdf/x-4": "PDF/X-4"}[order.standard]
    right = said == asked and intended
    return Finding(
        "standard", "pass" if right else "fail", opened.name, {"standard": asked, "found": said or "–"}
    )


def _screen_only(opened: _Opened, order: Order) -> Finding:
    links = [number for number, page in enumerate(opened.pdf.pages, 1) if Name.Annots in page.obj]
    if order.printer.keeps_links or (not links and Name.Outlines not in opened.pdf.Root):
        return Finding("screen", "pass", opened.name)
    return Finding("screen", "warn", opened.name, _named(links))


def _file_size(opened: _Opened, order: Order) -> Finding:
    megabytes = len(opened.data) / _MEGABYTE
    most = order.printer.most_megabytes
    figures = {"megabytes": round(megabytes, 1), "most": most}
    return Finding("file-size", "fail" if megabytes > most else "pass", opened.name, figures)


# The pages


@dataclass
class _Pages:
    opened: _Opened
    order: Order

    def findings(self) -> Iterator[Finding]:
        yield self.trim()
        yield self.boxes()
        yield self.page_count()
        looked = [self.look(number) for number in range(1, self.count + 1)]
        yield self.bleed(looked)
        yield from self.margins(looked)
        yield from self.blank_pages(looked)

    @property
    def count(self) -> int:
        return len(self.opened.pdf.pages)

    @property
    def bleeds(self) -> bool:
        """Whether the sheet is made larger than the page."""
        sheet, trim = self.opened.sheet(1), self.opened.trim(1)
        return _height(sheet) > _height(trim) + 1

    def trim(self) -> Finding:
        wanted = (self.order.trim.width, self.order.trim.height)
        wrong = [
            number for number in range(1, self.count + 1) if not _is_size(self.opened.trim(number), *wanted)
        ]
        figures = {"width": _mm(wanted[0]), "height": _mm(wanted[1])}
        if not wrong:
            return Finding("trim", "pass", "interior", figures)
        found = self.opened.trim(wrong[0])
        figures |= {"found_width": _mm(_width(found)), "found_height": _mm(_height(found))}
        return Finding("trim", "fail", "interior", {**figures, **_named(wrong)})

    def boxes(self) -> Finding:
        """The sheet is the trimmed page with the bleed that the printer takes, or without any."""
        wrong = [number for number in range(1, self.count + 1) if not self.is_boxed(number)]
        return Finding(
            "boxes", "fail" if wrong else "pass", "interior", {"bleed": _mm(BLEED * INCH), **_named(wrong)}
        )

    def is_boxed(self, number: int) -> bool:
        sheet, trim = self.opened.sheet(number), self.opened.trim(number)
        if not self.bleeds:
            return _is_size(sheet, _width(trim), _height(trim))
        sides = 2 if self.order.printer.bleeds == "all" else 1
        amount = BLEED * INCH
        return _is_size(sheet, _width(trim) + sides * amount, _height(trim) + 2 * amount)

    def page_count(self) -> Finding:
        paper, multiple = self.order.paper, self.order.binding.multiple
        figures = {
            "pages": self.count, "least": paper.least_pages, "most": paper.most_pages, "multiple": multiple,
        }  # fmt: skip
        right = paper.least_pages <= self.count <= paper.most_pages
        if right and self.count % multiple:
            return Finding("page-multiple", "fail", "interior", figures)
        return Finding("page-count", "pass" if right else "fail", "interior", figures)

    def look(self, number: int) -> _Looked:
        page = self.opened.seen[number - 1]
        try:
            return _looked(
                page, number, self.opened.sheet(number), self.opened.trim(number), self.inner(number)
            )
        finally:
            page.close()

    def inner(self, number: int) -> Side:
        return "left" if number % 2 else "right"

    def bleed(self, looked: Sequence[_Looked]) -> Finding:
        wrong = [page.number for page in looked if page.short_of_edge]
        touching = any(page.touches_edge for page in looked)
        figures = {"bleed": _mm(BLEED * INCH), "bleeds": touching}
        return Finding("bleed", "fail" if wrong else "pass", "interior", {**figures, **_named(wrong)})

    def margins(self, looked: Sequence[_Looked]) -> Iterator[Finding]:
        printer = self.order.printer
        safe = (printer.safe_beside_bleed if self.bleeds else printer.safe) * INCH
        wrong = [page.number for page in looked if page.outer_space < safe - _SLACK]
        least = min((page.outer_space for page in looked if page.number in wrong), default=0)
        figures = {"safe": _mm(safe), **({"found": _mm(least)} if wrong else {})}
        yield Finding("safe-area", "fail" if wrong else "pass", "interior", {**figures, **_named(wrong)})
        gutter = printer.gutter(self.count) * INCH
        narrow = [page.number for page in looked if page.inner_space < gutter - _SLACK]
        tight = min((page.inner_space for page in looked if page.number in narrow), default=0)
        outcome: Outcome = ("fail" if printer.gutter_is_law else "warn") if narrow else "pass"
        figures = {"gutter": _mm(gutter), "pages": self.count, **({"found": _mm(tight)} if narrow else {})}
        yield Finding("gutter", outcome, "interior", {**figures, **_named(narrow)})

    def blank_pages(self, looked: Sequence[_Looked]) -> Iterator[Finding]:
        run = longest = 0
        for page in looked:
            run = run + 1 if page.is_blank else 0
            longest = max(longest, run)
        blank = [page.number for page in looked if page.is_blank]
        yield Finding(
            "blank-pages",
            "warn" if longest > _BLANK_RUN else "pass",
            "interior",
            {"run": longest, "blank": len(blank)},
        )
        if self.order.printer.last_page_blank:
            last = bool(looked) and looked[-1].is_blank
            yield Finding("last-page", "pass" if last else "warn", "interior")


Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class _Looked:
    """One page as it is seen. Spaces are from type to the trimmed edge, in points."""

    number: int
    is_blank: bool
    outer_space: float
    inner_space: float
    touches_edge: bool
    short_of_edge: bool


def _looked(page: Any, number: int, sheet: Box, trim: Box, inner: Side) -> _Looked:
    type_boxes, has_more, is_blank = _objects(page)
    outer, within = _spaces(type_boxes, trim, inner)
    touches, short = _edges(page, sheet, trim, inner) if has_more else (False, False)
    return _Looked(number, is_blank, outer, within, touches, short)


def _objects(page: Any) -> tuple[list[Box], bool, bool]:
    """Where type stands, whether there is more than type, and whether there is nothing at all."""
    boxes: list[Box] = []
    more = any_type = False
    for each in page.get_objects(max_depth=6):
        if each.type == pdfium.FPDF_PAGEOBJ_TEXT:
            any_type = True
            left, bottom, right, top = each.get_bounds()
            if right - left > 0.01 and top - bottom > 0.01:
                boxes.append((left, bottom, right, top))
        elif each.type != pdfium.FPDF_PAGEOBJ_FORM:
            more = True
    return boxes, more, not any_type and not more


def _spaces(boxes: Iterable[Box], trim: Box, inner: Side) -> tuple[float, float]:
    outer = within = 1e6
    for left, bottom, right, top in boxes:
        to_left, to_right = left - trim[0], trim[2] - right
        beside, binding = (to_right, to_left) if inner == "left" else (to_left, to_right)
        outer = min(outer, beside, trim[3] - top, bottom - trim[1])
        within = min(within, binding)
    return outer, within


def _edges(page: Any, sheet: Box, trim: Box, inner: Side | None) -> tuple[bool, bool]:
    """Whether ink stands at a trimmed edge, and whether it stops there instead of bleeding."""
    seen = _rendered(page, 1.0)
    inked: NDArray[np.bool_] = np.asarray((seen < 250).any(axis=2))
    touches = short = False
    for strip, beyond in _strips(inked, sheet, trim, inner):
        at_edge = strip.all(axis=1)
        if at_edge.mean() > 0.02:
            touches = True
            missing = at_edge & ~beyond.all(axis=1) if beyond.size else at_edge
            short = short or missing.mean() > 0.02
    return touches, short


def _strips(
    inked: NDArray[np.bool_], sheet: Box, trim: Box, inner: Side | None
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """At each edge that is trimmed: what lies just inside it, and what lies in the bleed; a row a point."""
    down, across = inked.shape
    left, right = round(trim[0] - sheet[0]), round(sheet[2] - trim[2])
    bottom, top = round(trim[1] - sheet[1]), round(sheet[3] - trim[3])
    rows, columns = slice(top + 1, down - bottom - 1), slice(left + 1, across - right - 1)
    if inner != "left":
        yield inked[rows, left + 1 : left + 3], inked[rows, 1 : left - 1]
    if inner != "right":
        yield (
            inked[rows, across - right - 3 : across - right - 1],
            inked[rows, across - right + 1 : across - 1],
        )
    yield inked[top + 1 : top + 3, columns].T, inked[1 : max(top - 1, 1), columns].T
    yield (
        inked[down - bottom - 3 : down - bottom - 1, columns].T,
        inked[down - bottom + 1 : down - 1, columns].T,
    )


def _rendered(page: Any, scale: float, *, grey: bool = False) -> NDArray[np.uint8]:
    bitmap = page.render(scale=scale, grayscale=grey)
    array: NDArray[np.uint8] = bitmap.to_numpy().copy()
    bitmap.close()
    return array if array.ndim == 3 else array[:, :, None]


# The cover


@dataclass
class _Cover:
    opened: _Opened
    order: Order
    pages: int
    isbn: str

    def findings(self) -> Iterator[Finding]:
        if len(self.opened.pdf.pages) != 1:
            yield Finding("cover-pages", "fail", "cover", {"pages": len(self.opened.pdf.pages)})
            return
        yield from self.sizes()
        page = self.opened.seen[0]
        boxes, _more, _blank = _objects(page)
        touches, short = _edges(page, self.sheet, self.trim, None)
        yield Finding(
            "bleed",
            "fail" if short else "pass",
            "cover",
            {"bleed": _mm(self.wrap.turn_in), "bleeds": touches},
        )
        yield from self.type_in_place(boxes)
        yield from self.barcode(page, boxes)

    @property
    def wrap(self) -> Wrap:
        return self.order.wrap(self.pages)

    @property
    def sheet(self) -> Box:
        return self.opened.sheet(1)

    @property
    def trim(self) -> Box:
        return self.opened.trim(1)

    def sizes(self) -> Iterator[Finding]:
        wrap = self.wrap
        found = _width(self.trim) - 2 * wrap.panel_width
        spine = {"spine": _mm(wrap.spine), "found": _mm(found), "pages": self.pages}
        off = abs(found - wrap.spine) / MILLIMETRE > _SPINE_SLACK_MM
        yield Finding("spine", "fail" if off else "pass", "cover", spine)
        if not self.order.paper.published and self.order.spine_mm is None:
            yield Finding("spine-figure", "warn", "cover", {"spine": _mm(wrap.spine)})
        right = _is_size(self.sheet, *wrap.sheet)
        sizes = {
            "width": _mm(wrap.sheet[0]), "height": _mm(wrap.sheet[1]),
            "found_width": _mm(_width(self.sheet)), "found_height": _mm(_height(self.sheet)),
        }  # fmt: skip
        yield Finding("cover-size", "pass" if right else "fail", "cover", sizes)

    def type_in_place(self, boxes: Sequence[Box]) -> Iterator[Finding]:
        wrap, trim = self.wrap, self.trim
        outside = (trim[0] + wrap.safe, trim[1] + wrap.safe, trim[2] - wrap.safe, trim[3] - wrap.safe)
        least = min((_room_in(box, outside) for box in boxes), default=0.0)
        crossing = [box for box in boxes if self.crosses_fold(box)]
        wrong = least < -_SLACK or bool(crossing)
        yield Finding("cover-safe", "fail" if wrong else "pass", "cover", {"safe": _mm(wrap.safe)})
        on_spine = [box for box in boxes if self.spine_left < (box[0] + box[2]) / 2 < self.spine_right]
        figures = {"pages": self.pages, "least": self.order.printer.spine_text_from, "type": len(on_spine)}
        too_thin = bool(on_spine) and self.pages < self.order.printer.spine_text_from
        beside = self.order.printer.spine_beside_text * INCH
        tight = any(
            box[0] < self.spine_left + beside - _SLACK or box[2] > self.spine_right - beside + _SLACK
            for box in on_spine
        )
        outcome: Outcome = "fail" if too_thin or tight else "pass"
        yield Finding("spine-type", outcome, "cover", figures)

    @property
    def spine_left(self) -> float:
        return (self.trim[0] + self.trim[2] - self.wrap.spine) / 2

    @property
    def spine_right(self) -> float:
        return (self.trim[0] + self.trim[2] + self.wrap.spine) / 2

    def crosses_fold(self, box: Box) -> bool:
        return any(box[0] + _SLACK < fold < box[2] - _SLACK for fold in (self.spine_left, self.spine_right))

    def barcode(self, page: Any, boxes: Sequence[Box]) -> Iterator[Finding]:
        if self.isbn and not is_isbn(self.isbn):
            yield Finding("isbn", "fail", "cover", {"isbn": self.isbn})
            return
        if self.isbn:
            read = _barcode(page, self.trim, self.wrap)
            outcome: Outcome = "pass" if read == self.isbn else "fail"
            yield Finding("barcode", outcome, "cover", {"isbn": self.isbn, "found": read or "–"})
            return
        yield Finding(
            "isbn-missing", "pass" if self.order.printer.leaves_room_for_barcode else "warn", "cover"
        )
        if self.order.printer.leaves_room_for_barcode:
            wrap = self.wrap
            right = self.spine_left - wrap.barcode_from_edge
            room = (
                right - wrap.barcode_width,
                self.trim[1] + wrap.barcode_from_edge,
                right,
                self.trim[1] + wrap.barcode_from_edge + wrap.barcode_height,
            )
            taken = any(_overlap(box, room) for box in boxes)
            size = {"width": _mm(wrap.barcode_width), "height": _mm(wrap.barcode_height)}
            yield Finding("barcode-room", "fail" if taken else "pass", "cover", size)


def _barcode(page: Any, trim: Box, wrap: Wrap) -> str:
    """The digits of a barcode on the back, read from its bars as a scanner would; "" where there is none."""
    grey = _rendered(page, 4.0, grey=True)[:, :, 0]
    back = grey[:, : int((trim[0] + wrap.panel_width) * 4)]
    for row in back[back.shape[0] // 3 :: 12]:
        if read := _scanned(row):
            return read
    return ""


def _scanned(row: NDArray[np.uint8]) -> str:
    dark = row < 110
    changes = np.flatnonzero(np.diff(dark)) + 1
    edges = np.concatenate([[0], changes, [len(row)]])
    runs = np.diff(edges)
    first_dark = 0 if dark[0] else 1
    for start in range(first_dark, len(runs) - 58, 2):
        part = runs[start : start + 59]
        module = part.sum() / 95
        if module < 1.5 or part.max() > 4.6 * module:
            continue
        widths = np.rint(part / module).astype(int)
        bars = "".join(("1" if place % 2 == 0 else "0") * width for place, width in enumerate(widths))
        if read := read_modules(bars):
            return read
    return ""


# Lengths


def _box(box: Any) -> Box:
    left, bottom, right, top = (float(side) for side in box)
    return left, bottom, right, top


def _width(box: Box) -> float:
    return box[2] - box[0]


def _height(box: Box) -> float:
    return box[3] - box[1]


def _is_size(box: Box, width: float, height: float) -> bool:
    return abs(_width(box) - width) <= _SLACK and abs(_height(box) - height) <= _SLACK


def _room_in(box: Box, around: Box) -> float:
    return min(box[0] - around[0], box[1] - around[1], around[2] - box[2], around[3] - box[3])


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _mm(points: float) -> float:
    return round(points / MILLIMETRE + 1e-6, 2)


def _named(pages: Iterable[int]) -> dict[str, Any]:
    """The pages that a finding is about: the first of them, and how many there are."""
    numbers = sorted(set(pages))
    return {"on": numbers[:_MOST_NAMED], "on_count": len(numbers)} if numbers else {}
