"""From the cells of a row to a hero, or to sentences that say what is wrong in which column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from generation.batches.columns import COLUMN, COLUMNS, YES, Column
from generation.batches.models import BatchRow
from generation.batches.sheet import LONGEST_CELL, GivenRow
from generation.batches.template import Template, brief_for
from generation.briefs import AGES, LONGEST, InvalidBrief, checked_brief, clean
from generation.contract import HeroBrief

LONGEST_REFERENCE: Final = 80
_OWN = ("dedication", "reference")  # of the row, not of the hero
_WHETHER = ("glasses", "freckles")


@dataclass
class Checked:
    """A row as it was understood; `hero` is None where `errors` (sentences by column) says why not."""

    hero: HeroBrief | None = None
    dedication: str = ""
    reference: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def said(self) -> tuple[Any, ...]:
        """What makes two rows the same book."""
        return (self.hero, self.dedication)


def check_row(template: Template, cells: Mapping[str, str]) -> Checked:
    """What the cells of one row (texts by column's key) come to."""
    found = Checked(errors={name: [_too_long()] for name, text in cells.items() if len(text) > LONGEST_CELL})
    found.reference = _short(cells, "reference", LONGEST_REFERENCE, found)
    found.dedication = _short(cells, "dedication", LONGEST["dedication"], found)
    looks = _looks(cells, found)
    if found.errors:
        return found
    hero = HeroBrief(**looks)
    if template.speaks_of("companion") and not hero.companion_name:
        found.errors["companion_name"] = [_("The texts speak of the companion: give it a name.")]
    try:
        brief = checked_brief(brief_for(template, hero, dedication=found.dedication))
    except InvalidBrief as invalid:
        for name, sentences in invalid.errors.items():
            found.errors.setdefault(name.removeprefix("hero."), []).extend(sentences)
    if not found.errors:
        found.hero = brief.hero
    return found


def checked_rows(template: Template, given: Iterable[GivenRow]) -> list[BatchRow]:
    """The rows of a batch, not saved yet; one that says the same as an earlier one points to it."""
    earlier: dict[tuple[Any, ...], int] = {}
    rows = []
    for one in given:
        found = check_row(template, one.cells)
        row = BatchRow(number=one.number, given=dict(one.cells))
        take_over(row, found)
        if found.hero is not None:
            first = earlier.setdefault(found.said, one.number)
            row.same_as = first if first != one.number else None
        rows.append(row)
    return rows


def take_over(row: BatchRow, found: Checked) -> None:
    """Put what was understood into the row."""
    row.hero = asdict(found.hero) if found.hero else None
    row.dedication, row.reference, row.errors = found.dedication, found.reference, found.errors
    row.status = BatchRow.Status.WRONG if found.errors else BatchRow.Status.WAITING


def _looks(cells: Mapping[str, str], found: Checked) -> dict[str, Any]:
    looks: dict[str, Any] = {}
    for column in COLUMNS:
        text = cells.get(column.key, "")
        if column.key in _OWN or column.key in found.errors:
            continue
        if column.key == "name" or text:
            try:
                looks[column.key] = _value(column, text)
            except ValueError as error:
                found.errors[column.key] = [str(error)]
    return looks


def _value(column: Column, text: str) -> Any:
    """What a cell means. Raises `ValueError` with the sentence for the member."""
    if column.key == "age":
        return _age(text)
    if not column.words:
        if column.key == "name" and not clean(text):
            raise ValueError(_("Give the hero a name."))
        return clean(text)
    if column.key == "colour" and text.startswith("#"):
        return text.lower()  # the brief's own check says whether it is one
    meant = column.meant(text)
    if meant is None:
        raise ValueError(_unknown(column, text))
    return meant == YES if column.key in _WHETHER else meant


def _age(text: str) -> int:
    number = text.strip().removesuffix(".0").removesuffix(",0")
    if not number.isdecimal() or len(number) > 3 or int(number) not in AGES:
        raise ValueError(_("“%(value)s” is not an age between 1 and 120.") % {"value": text[:40]})
    return int(number)


def _unknown(column: Column, text: str) -> str:
    told = _("“%(value)s” is not among: %(choices)s.")
    return told % {"value": text[:40], "choices": ", ".join(column.allowed(reader_language()))}


def _short(cells: Mapping[str, str], name: str, most: int, found: Checked) -> str:
    text = clean(cells.get(name, ""))
    if len(text) > most:
        told = _("This is %(length)d characters long. Shorten it to %(limit)d at most.")
        found.errors.setdefault(name, []).append(told % {"length": len(text), "limit": most})
    return text


def _too_long() -> str:
    return _("This is too long for a cell.")


def column_name(key: str) -> str:
    """How a column is called in the reader's language; anything else by its own name."""
    return COLUMN[key].name(reader_language()) if key in COLUMN else key


def reader_language() -> str:
    """The language of whoever reads, as far as columns know it."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"
