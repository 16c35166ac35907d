"""What a member asks of a printer, checked against what it offers, and the lengths that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from formats.builders.themes import INCH, MILLIMETRE, TRIMS, BadTrim, Trim
from formats.printing.printers import (
    PRINTERS,
    Binding,
    Paper,
    Printer,
    Space,
    Standard,
    paper_of,
    spine_width,
)

LEAST_SPINE_MM, MOST_SPINE_MM = 1.0, 100.0


class BadOrder(ValueError):
    """The printer does not make this. `field` is what to change, `code` one of `sentences.ORDERS`."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One printing. `space` is the cover's and, printed in colour, the interior's; black ink is grey.

    `spine_mm` is what the printer's own template says, and goes before what we work out.
    """

    printer: Printer
    binding: Binding
    paper: Paper
    trim: Trim
    space: Space
    standard: Standard
    spine_mm: float | None = None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Order:
        """The order of a specification as it is kept. Raises `BadOrder`."""
        try:
            printer = PRINTERS[str(asked.get("printer"))]
        except KeyError:
            raise BadOrder("printer", "choice") from None
        try:
            binding = printer.binding(str(asked.get("binding")))
        except LookupError:
            raise BadOrder("binding", "choice") from None
        try:
            paper = paper_of(binding, str(asked.get("paper")))
        except LookupError:
            raise BadOrder("paper", "choice") from None
        space = asked.get("space") or printer.spaces[0]
        standard = asked.get("standard", printer.standard if space == "cmyk" else "")
        if space not in printer.spaces:
            raise BadOrder("space", "space")
        if standard not in printer.standards or (standard and space != "cmyk"):
            raise BadOrder("standard", "standard")
        return cls(
            printer=printer,
            binding=binding,
            paper=paper,
            trim=_trim(asked, printer),
            space=cast(Space, space),
            standard=cast(Standard, standard),
            spine_mm=_spine(asked.get("spine_mm")),
        )

    def specification(self) -> dict[str, Any]:
        """What is kept of it; `of` reads it again."""
        return {
            "printer": self.printer.name,
            "binding": self.binding.name,
            "paper": self.paper.name,
            "trim": self.trim.name,
            "width_mm": round(self.trim.width / MILLIMETRE, 2),
            "height_mm": round(self.trim.height / MILLIMETRE, 2),
            "space": self.space,
            "standard": self.standard,
            "spine_mm": self.spine_mm,
        }

    @property
    def interior_space(self) -> Space:
        return "grey" if self.paper.ink == "black" else self.space

    def spine(self, pages: int) -> float:
        """Points."""
        if self.spine_mm is not None:
            return self.spine_mm * MILLIMETRE
        return spine_width(self.binding, self.paper, pages) * INCH

    def wrap(self, pages: int) -> Wrap:
        """The cover's sheet for a book of so many pages."""
        over = self.binding.overhang * INCH
        spine = self.spine(pages)
        spine_type = spine - 2 * self.printer.spine_beside_text * INCH
        return Wrap(
            panel_width=self.trim.width + over,
            panel_height=self.trim.height + 2 * over,
            spine=spine,
            turn_in=self.binding.wrap * INCH,
            safe=self.printer.cover_safe * INCH,
            hinge=self.binding.hinge * INCH,
            spine_type=spine_type if pages >= self.printer.spine_text_from and spine_type >= 6 else 0,
            barcode_width=self.printer.barcode[0] * INCH,
            barcode_height=self.printer.barcode[1] * INCH,
            barcode_from_edge=max(self.printer.barcode_from_edge, self.printer.cover_safe) * INCH,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """A cover's one sheet, in points: back, spine and front side by side, `turn_in` (bleed or a case's
    wrap) around them. `spine_type` is how high type on the spine may be; 0 where none may stand there."""

    panel_width: float
    panel_height: float
    spine: float
    turn_in: float
    safe: float
    hinge: float
    spine_type: float
    barcode_width: float
    barcode_height: float
    barcode_from_edge: float

    @property
    def width(self) -> float:
        """Of the finished cover, laid flat."""
        return 2 * self.panel_width + self.spine

    @property
    def height(self) -> float:
        return self.panel_height

    @property
    def sheet(self) -> tuple[float, float]:
        return self.width + 2 * self.turn_in, self.height + 2 * self.turn_in


def _trim(asked: Mapping[str, Any], printer: Printer) -> Trim:
    name = str(asked.get("trim"))
    try:
        trim = TRIMS.get(name) or Trim.custom(
            float(asked["width_mm"]) * MILLIMETRE, float(asked["height_mm"]) * MILLIMETRE
        )
    except (BadTrim, KeyError, TypeError, ValueError):
        raise BadOrder("trim", "trim") from None
    least_width, least_height, most_width, most_height = (side * INCH for side in printer.sizes)
    slack = 0.02 * INCH  # A4 is 11.693 in high
    if not (
        least_width - slack <= trim.width <= most_width + slack
        and least_height - slack <= trim.height <= most_height + slack
    ):
        raise BadOrder("trim", "trim")
    return trim


def _spine(millimetres: Any) -> float | None:
    if millimetres in (None, ""):
        return None
    try:
        width = float(millimetres)
    except (TypeError, ValueError):
        raise BadOrder("spine_mm", "spine") from None
    if not LEAST_SPINE_MM <= width <= MOST_SPINE_MM:
        raise BadOrder("spine_mm", "spine")
    return width
