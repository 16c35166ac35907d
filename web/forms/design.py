"""Choosing the look of a book's pages: a theme, and a size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from books.models import Book
from formats import designs
from formats.builders.themes import INCH, MILLIMETRE, TRIMS, Theme, Trim
from generation import designing
from generation.designing import Choice, InvalidDesign

MILLIMETRES_PER_INCH = Decimal("25.4")
MM, INCHES = "mm", "in"
_DRAWN = 50  # units

# Each theme's name and, in a line, what it is for.
THEME_WORDS = {
    "classic-novel": (
        gettext_lazy("Classic novel"),
        gettext_lazy("Garamond, small capitals, room to breathe"),
    ),
    "modern-novel": (gettext_lazy("Modern novel"), gettext_lazy("Clear and quiet, for today’s stories")),
    "non-fiction": (gettext_lazy("Non-fiction"), gettext_lazy("Headings that guide, tables that are read")),
    "workbook": (gettext_lazy("Workbook"), gettext_lazy("Large pages with lines to write on")),
    "large-print": (gettext_lazy("Large print"), gettext_lazy("Big letters, wide lines, nothing slanted")),
    "early-reader": (gettext_lazy("Early reader"), gettext_lazy("Letters as children learn to write them")),
    "picture-book": (gettext_lazy("Picture book"), gettext_lazy("Pictures that fill the page")),
}
TRIM_WORDS = {
    "5x8": gettext_lazy("Small novel"),
    "5.5x8.5": gettext_lazy("Novel"),
    "6x9": gettext_lazy("The usual book"),
    "7x10": gettext_lazy("Large book"),
    "8.5x8.5": gettext_lazy("Square"),
    "8.5x11": gettext_lazy("US letter"),
    "A5": gettext_lazy("Half of A4"),
    "A4": gettext_lazy("Office paper"),
}


@dataclass(frozen=True, slots=True)
class ThemeCard:
    name: str
    label: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TrimCard:
    """A size with its drawing, whose units are those of the page: the tallest trim is 50 high."""

    name: str
    label: str
    measures: str
    width: float
    height: float
    top: float
    chosen: bool


class DesignForm(forms.Form):
    theme = forms.CharField(max_length=40)
    trim = forms.CharField(max_length=10)
    width = forms.DecimalField(label=gettext_lazy("Width"), required=False, localize=True)
    height = forms.DecimalField(label=gettext_lazy("Height"), required=False, localize=True)
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        choices=[(MM, gettext_lazy("mm")), (INCHES, gettext_lazy("inches"))],
        required=False,
    )

    def __init__(self, book: Book, data: Mapping[str, Any] | None = None) -> None:
        self.book = book
        initial = _initial(book)
        sent = None if data is None else {**initial, "unit": MM, **dict(data.items())}
        super().__init__(sent, initial=initial)
        for name in ("width", "height"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": 6}
            self.fields[name].error_messages["invalid"] = _("Give a number.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        choice = Choice(
            cleaned.get("theme", ""),
            cleaned.get("trim", ""),
            *(_millimetres(cleaned.get(name), cleaned.get("unit")) for name in ("width", "height")),
        )
        try:
            cleaned["choice"] = designing.checked(self.book, choice)
        except InvalidDesign as invalid:
            for name, sentences in invalid.errors.items():
                if name not in self.errors:
                    self.add_error(name, sentences)
        return cleaned

    @property
    def chosen(self) -> Choice:
        """The choice of a valid form, or of one that was not sent: what the book wears."""
        choice: Choice = self.cleaned_data["choice"] if self.is_bound else designing.chosen(self.book)
        return choice

    def themes(self) -> Iterator[ThemeCard]:
        chosen = self["theme"].value()
        for theme in designs.themes_for(self.book):
            label, text = THEME_WORDS.get(theme.name, (theme.name.replace("-", " ").capitalize(), ""))
            yield ThemeCard(theme.name, str(label), str(text), theme.name == chosen)

    def trims(self) -> Iterator[TrimCard]:
        chosen = self["trim"].value()
        tallest = max(trim.height for trim in TRIMS.values())
        for trim in TRIMS.values():
            yield TrimCard(
                trim.name,
                trim_label(trim),
                measures(trim),
                round(trim.width / tallest * _DRAWN, 1),
                round(trim.height / tallest * _DRAWN, 1),
                round(_DRAWN - trim.height / tallest * _DRAWN + 1, 1),
                trim.name == chosen,
            )

    @property
    def carried(self) -> list[tuple[str, Any]]:
        """The choice as it was sent, for forms beside this one."""
        return [(name, self[name].value()) for name in self.fields] if self.is_bound else []

    @property
    def is_custom(self) -> bool:
        return bool(self["trim"].value() == designs.CUSTOM)


def trim_label(trim: Trim) -> str:
    if trim.name.startswith("A"):
        return trim.name
    across, down = (number_format(side / INCH, use_l10n=True) for side in (trim.width, trim.height))
    return _("%(width)s × %(height)s in") % {"width": _short(across), "height": _short(down)}


def measures(trim: Trim | Theme) -> str:
    across, down = round(trim.width / MILLIMETRE), round(trim.height / MILLIMETRE)
    return _("%(width)d × %(height)d mm") % {"width": across, "height": down}


def _initial(book: Book) -> dict[str, Any]:
    """What the book wears, also where nothing was chosen yet."""
    choice, theme = designing.chosen(book), designs.design_of(book)
    return {
        "theme": theme.name,
        "trim": choice.trim or _name_of(theme),
        "width": choice.width or _tenths(theme.width),
        "height": choice.height or _tenths(theme.height),
        "unit": MM,
    }


def _name_of(theme: Theme) -> str:
    same = (trim.name for trim in TRIMS.values() if (trim.width, trim.height) == (theme.width, theme.height))
    return next(same, designs.CUSTOM)


def _tenths(points: float) -> Decimal:
    return Decimal(points / MILLIMETRE).quantize(Decimal("0.1"))


def _millimetres(side: Decimal | None, unit: str | None) -> Decimal | None:
    return side * MILLIMETRES_PER_INCH if side is not None and unit == INCHES else side


def _short(number: str) -> str:
    """Without a decimal part of nothing: 6, 8.5."""
    return number.rstrip("0").rstrip(".,") if any(mark in number for mark in ".,") else number
