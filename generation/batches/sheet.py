"""Reading a file of rows: as spreadsheets write them, in whatever encoding and with whatever separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generation.batches.columns import Column, column_called
from generation.briefs import clean

MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 500
MOST_LINES: Final = 10_000  # with those that are empty
LONGEST_CELL: Final = 1_000  # characters
_SEPARATORS: Final = (",", ";", "\t", "|")


class BadSheet(Exception):
    """The file as a whole cannot be used; the message is for the member."""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """`number` counts as a spreadsheet does, with the header as row 1; `cells` are texts by column's key."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `remarks` are sentences on it as a whole, such as columns that are not used."""

    rows: Sequence[GivenRow]
    remarks: Sequence[str]


def read_sheet(data: bytes) -> Sheet:
    """The rows of a CSV file, without those that are empty. Raises `BadSheet`."""
    if len(data) > MOST_BYTES:
        raise BadSheet(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 2**20})
    text, remarks = _text(data)
    lines = _lines(text)
    header = next((n for n, cells in enumerate(lines) if any(cells)), None)
    if header is None:
        raise BadSheet(_("The file is empty."))
    columns, told = _columns(lines[header])
    rows = _rows(lines[header + 1 :], columns, first=header + 2)
    if not rows:
        raise BadSheet(_("The file has a header, and no row below it."))
    return Sheet(rows, [*remarks, *told])


def check_count(number: int) -> None:
    """Raises `BadSheet` for more rows than a batch has room for."""
    if number > MOST_ROWS:
        told = ngettext(
            "This is %(number)d row; a batch has room for %(most)d. Part it into several batches.",
            "These are %(number)d rows; a batch has room for %(most)d. Part them into several batches.",
            number,
        )
        raise BadSheet(told % {"number": number, "most": MOST_ROWS})


def _text(data: bytes) -> tuple[str, list[str]]:
    """The file as text: UTF-8 or what its first bytes say, else what Excel writes on Windows."""
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadSheet(_("This is a workbook. Save it as CSV first: “CSV UTF-8” in the list of kinds."))
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16"), []
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise BadSheet(_("This is not a CSV file."))
    remark = _(
        "The file is not in UTF-8 and was read as Windows-1252. Look whether the accents are right; "
        "if they are not, save it as “CSV UTF-8”."
    )
    return data.decode("cp1252", errors="replace"), [remark]


def _lines(text: str) -> list[list[str]]:
    text, separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[list[str]] = []
    try:
        for cells in reader:
            lines.append([clean(cell.replace("\0", "")) for cell in cells])
            if len(lines) > MOST_LINES:
                raise BadSheet(_("The file has more than %(most)d lines.") % {"most": MOST_LINES})
    except csv.Error as error:
        told = _("The file cannot be read as CSV from line %(line)d on: is a quotation mark not closed?")
        raise BadSheet(told % {"line": reader.line_num}) from error
    return lines


def _separator(text: str) -> tuple[str, str]:
    """The text, and what parts its cells: Excel's `sep=` line says it, else its first line has most of it."""
    first, _end, rest = text.partition("\n")
    said = first.strip()
    if said[:4].casefold() == "sep=" and len(said) == 5:
        return "\n" + rest, said[4]
    heading = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = "".join(heading.split('"')[::2])
    return text, max(_SEPARATORS, key=unquoted.count)


def _columns(names: Sequence[str]) -> tuple[list[Column | None], list[str]]:
    found: list[Column | None] = []
    unused: list[str] = []
    for name in names:
        column = column_called(name)
        if column is not None and column in found:
            raise BadSheet(_("Two columns of the file mean the same: “%(name)s”.") % {"name": name[:60]})
        found.append(column)
        if column is None and name:
            unused.append(name[:40])
    if not any(column and column.key == "name" for column in found):
        raise BadSheet(
            _("No column of the file is the hero’s name. The first row must name the columns, one “Name”.")
        )
    return found, [_unused(unused)] if unused else []


def _unused(names: Sequence[str]) -> str:
    told = ngettext(
        "One column is not used: %(names)s.", "%(count)d columns are not used: %(names)s.", len(names)
    )
    return told % {"count": len(names), "names": ", ".join(f"“{name}”" for name in names[:10])}


def _rows(lines: Sequence[Sequence[str]], columns: Sequence[Column | None], *, first: int) -> list[GivenRow]:
    rows = []
    for number, cells in enumerate(lines, first):
        given = {
            column.key: cell
            for column, cell in zip(columns, cells, strict=False)
            if column is not None and cell
        }
        if given:
            rows.append(GivenRow(number, given))
    check_count(len(rows))
    return rows
