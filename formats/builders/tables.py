"""How a table is laid out on paper, one that is printed whole and one that a reader fills in by hand."""

from __future__ import annotations

from collections.abc import Sequence

from formats.blocks import Cell, Table, plain_text

_MOST_COLUMNS, _SHORT = 6, 160  # columns, characters
_ONLY_ROW, _BLANK_ROW, _PART_BLANK_ROW = 50, 22, 18  # points, without the space around them


def column_weights(table: Table) -> list[int]:
    """How wide the columns are, one against the other, by their longest cells; those to write in by their heads."""
    columns = [
        (len(plain_text(head.children)), cells)
        for head, *cells in zip(table.header, *table.rows, strict=True)
    ]
    if any(_is_blank(cell) for row in table.rows for cell in row):
        least = max(10, 60 // len(columns))
        return [_weight_to_fill_in(head, cells, least) for head, cells in columns]
    return [max(7, min(40, max(head, _longest(cells)))) for head, cells in columns]


def least_height(row: Sequence[Cell], table: Table) -> int:
    """How high a row must be, in points: room to write where something is left blank, else 0."""
    if all(map(_is_blank, row)):
        return _ONLY_ROW if len(table.rows) == 1 else _BLANK_ROW
    return _PART_BLANK_ROW if any(map(_is_blank, row)) else 0


def has_short_rows(table: Table) -> bool:
    """Whether each row is sure to fit on a page, however narrow its columns."""
    return len(table.header) <= _MOST_COLUMNS and all(_longest(row) <= _SHORT for row in table.rows)


def _weight_to_fill_in(head: int, cells: Sequence[Cell], least: int) -> int:
    if 2 * sum(map(_is_blank, cells)) > len(cells):
        return max(least, min(20, max(head * 5 // 4, _longest(cells))))
    return max(7, min(32, max(head, _longest(cells))))


def _is_blank(cell: Cell) -> bool:
    return not plain_text(cell.children).strip()


def _longest(cells: Sequence[Cell]) -> int:
    return max((len(plain_text(cell.children)) for cell in cells), default=0)
