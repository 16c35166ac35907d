"""Bars and digits of EAN-13."""

from __future__ import annotations

import pytest

from formats.printing.isbn import BadIsbn, is_isbn, modules, read_modules


def test_bars_of_a_known_number() -> None:
    # 978-0-306-40615-7: begins with guard 101 and the digits 7 8 0 3 0 6 in the parities of 9 (LGGLGL)
    bars = modules("9780306406157")
    assert bars == (
        "101" "0111011" "0001001" "0100111" "0111101" "0100111" "0101111" "01010"
        "1011100" "1110010" "1010000" "1100110" "1001110" "1000100" "101"
    )  # fmt: skip


@pytest.mark.parametrize("isbn", ["9780306406157", "9782070612758", "9791032305690"])
def test_bars_are_read_back(isbn: str) -> None:
    assert is_isbn(isbn)
    assert len(modules(isbn)) == 95
    assert read_modules(modules(isbn)) == isbn


@pytest.mark.parametrize("isbn", ["9780306406158", "978030640615", "0306406152", "5901234123457", ""])
def test_bad_numbers_have_no_bars(isbn: str) -> None:
    with pytest.raises(BadIsbn):
        modules(isbn)


def test_damaged_bars_say_nothing() -> None:
    bars = modules("9780306406157")
    assert read_modules(bars[:20] + "1111111" + bars[27:]) == ""
    assert read_modules("10" * 48) == ""
