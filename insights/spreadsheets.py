"""Rows for people who open them in a spreadsheet (CSV, RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"  # tells Excel that it is UTF-8


def as_csv(rows: Iterable[Sequence[str]], *, separator: str = ",") -> Iterator[str]:
    """Line by line. A cell that a spreadsheet would run as a formula begins with an apostrophe."""
    out = csv.writer(_Echo(), delimiter=separator)
    start = MARK
    for row in rows:
        yield start + out.writerow([harmless(cell) for cell in row])
        start = ""


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class _Echo:
    """A file for the csv module that hands each row back instead of keeping it."""

    def write(self, row: str) -> str:
        return row
