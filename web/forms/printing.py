"""Having a book made ready for a printer: what one printer offers, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from formats.builders.themes import MILLIMETRE, TRIMS, Theme
from formats.printing.order import LEAST_SPINE_MM, MOST_SPINE_MM, BadOrder, Order
from formats.printing.printers import PRINTERS, Printer
from formats.printing.sentences import ORDERS

PRINTER_NAMES: Mapping[str, str | Promise] = {
    "kdp": "Amazon KDP",
    "lulu": "Lulu",
    "ingramspark": "IngramSpark",
    "custom": _("Another printer"),
}
BINDINGS: Mapping[str, Promise] = {"paperback": _("Paperback"), "hardcover": _("Hardcover (case)")}
PAPERS: Mapping[str, Promise] = {
    "white": _("White, black ink"),
    "cream": _("Cream, black ink"),
    "white-50": _("White 50 lb, black ink"),
    "cream-50": _("Cream 50 lb, black ink"),
    "white-70": _("White 70 lb, colour"),
    "standard-colour": _("White, standard colour"),
    "premium-colour": _("White, premium colour"),
    "coated": _("Coated, colour"),
}
SPACES: Mapping[str, str | Promise] = {
    "srgb": _("sRGB, as the pictures are"),
    "cmyk": _("CMYK, the four inks of the press"),
}
STANDARDS: Mapping[str, str | Promise] = {
    "": _("None"),
    "pdf/x-1a": "PDF/X-1a:2001",
    "pdf/x-4": "PDF/X-4",
}
CUSTOM = "custom"


class PrintForm(forms.Form):
    """Fields that leave no choice are hidden and have their one value."""

    binding = forms.ChoiceField(label=_("Binding"))
    paper = forms.ChoiceField(label=_("Paper and ink"))
    trim = forms.ChoiceField(label=_("Page size"))
    width_mm = forms.FloatField(label=_("Width in mm"), required=False, min_value=50, max_value=400)
    height_mm = forms.FloatField(label=_("Height in mm"), required=False, min_value=50, max_value=400)
    space = forms.ChoiceField(label=_("Colours"), required=False)
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    spine_mm = forms.FloatField(
        label=_("Spine in mm"),
        required=False,
        min_value=LEAST_SPINE_MM,
        max_value=MOST_SPINE_MM,
        help_text=_("From the printer’s own cover template. Without it we work it out."),
    )

    def __init__(self, printer: Printer, *, theme: Theme, in_colour: bool, data: Any = None) -> None:
        self.printer = printer
        super().__init__(data, initial=_first_choices(printer, theme, in_colour))
        papers = {paper.name: PAPERS[paper.name] for one in printer.bindings for paper in one.papers}
        self._offer("binding", ((one.name, BINDINGS[one.name]) for one in printer.bindings))
        self._offer("paper", papers.items())
        self._offer("trim", _trims(printer, theme))
        self._offer("space", ((name, SPACES[name]) for name in printer.spaces))
        self._offer("standard", ((name, STANDARDS[name]) for name in printer.standards))
        if all(paper.published for one in printer.bindings for paper in one.papers):
            self.fields["spine_mm"].widget = forms.HiddenInput()
        for name in ("width_mm", "height_mm"):
            self.fields[name].widget.attrs["step"] = "0.1"

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        if len(field.choices) == 1:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        asked = dict(super().clean() or {})
        if self.errors:
            return asked
        if not asked.get("space"):
            asked["space"] = self.printer.spaces[0]
        try:
            self.order = Order.of({**asked, "printer": self.printer.name})
        except BadOrder as fault:
            self.add_error(fault.field if fault.field in self.fields else None, str(ORDERS[fault.code]))
        return asked


def printer_named(name: str) -> Printer:
    """The printer that an address names; the first one where it names none that we know."""
    return PRINTERS.get(name) or next(iter(PRINTERS.values()))


def trim_label(specification: Mapping[str, Any]) -> str:
    return f"{specification.get('width_mm', '')} × {specification.get('height_mm', '')} mm"


def _first_choices(printer: Printer, theme: Theme, in_colour: bool) -> dict[str, Any]:
    binding = printer.bindings[0]
    ink = "colour" if in_colour else "black"
    suiting = [paper for paper in binding.papers if paper.ink == ink]
    cream = next((paper for paper in suiting if paper.name.startswith("cream")), None)
    premium = next((paper for paper in suiting if paper.name.startswith("premium")), None)
    return {
        "binding": binding.name,
        "paper": (cream or premium or suiting[0]).name,
        "trim": _own_trim(theme),
        "width_mm": round(theme.width / MILLIMETRE, 1),
        "height_mm": round(theme.height / MILLIMETRE, 1),
        "space": printer.spaces[0],
        "standard": printer.standard if "srgb" not in printer.spaces or printer.spaces[0] == "cmyk" else "",
    }


def _own_trim(theme: Theme) -> str:
    """The name of the size that the book's design has."""
    return next(
        (
            trim.name
            for trim in TRIMS.values()
            if abs(trim.width - theme.width) < 1 and abs(trim.height - theme.height) < 1
        ),
        CUSTOM,
    )


def _trims(printer: Printer, theme: Theme) -> list[tuple[str, Any]]:
    own = _own_trim(theme)
    found: list[tuple[str, Any]] = []
    for name in printer.trims:
        size = name if name.startswith("A") else f"{name.replace('x', ' × ')} in"
        found.append((name, _("%(size)s, as the book is") % {"size": size} if name == own else size))
    return [*found, (CUSTOM, _("Another size"))]
