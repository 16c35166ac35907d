"""Widths and heights of tables, printed and to be filled in."""

from __future__ import annotations

import pytest

from formats.blocks import Cell, Table, Text
from formats.builders.tables import column_weights, has_short_rows, least_height


def table(*rows: tuple[str, ...]) -> Table:
    head, *body = [tuple(Cell((Text(text),) if text else ()) for text in row) for row in rows]
    return Table(alignments=("left",) * len(head), header=head, rows=tuple(body))


def heights(*rows: tuple[str, ...]) -> list[int]:
    it = table(*rows)
    return [least_height(row, it) for row in it.rows]


def test_printed_columns_are_as_wide_as_their_longest_cells() -> None:
    assert column_weights(table(("Month", "Work"), ("May", "Sow the first beans"))) == [7, 19]
    assert column_weights(table(("Month", "Work"), ("May", "x" * 900))) == [7, 40]


def test_columns_to_write_in_are_wide_though_nothing_stands_in_them() -> None:
    assert column_weights(table(("Question", "Who"), ("Why this, and why now?", ""))) == [22, 30]
    wide = ("What", "Once", "Each month", "Where the figure comes from", "Who pays")
    assert column_weights(table(wide, ("Tools", "", "", "", ""))) == [7, 12, 12, 20, 12]


def test_rows_with_blanks_have_room_to_write() -> None:
    assert heights(("a", "b"), ("c", "d")) == [0]
    assert heights(("a", "b"), ("c", ""), ("", ""), ("c", "d")) == [18, 22, 0]


def test_only_row_of_a_table_has_the_most_room() -> None:
    assert heights(("a", "b"), ("", " ")) == [50]


@pytest.mark.parametrize(
    ("cells", "short"), [(("a", "b"), True), (("a", "b" * 161), False), (("a",) * 7, False)]
)
def test_rows_stay_whole_only_where_they_are_sure_to_fit(cells: tuple[str, ...], short: bool) -> None:
    assert has_short_rows(table(cells, cells)) is short
