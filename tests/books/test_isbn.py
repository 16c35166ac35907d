"""ISBNs as people type them."""

from __future__ import annotations

import pytest

from books.isbn import BadIsbn, has_ten_digits, read_isbn, shown


@pytest.mark.parametrize(
    "typed",
    ["9780306406157", "978-0-306-40615-7", " ISBN 978 0 306 40615 7 ", "isbn-13: 978–0–306–40615–7"],
)
def test_thirteen_digits_are_read_however_they_are_typed(typed: str) -> None:
    assert read_isbn(typed) == "9780306406157"
    assert not has_ten_digits(typed)


def test_ten_digits_become_thirteen() -> None:
    assert read_isbn("0-8044-2957-X") == "9780804429573"
    assert has_ten_digits("0-8044-2957-x")


@pytest.mark.parametrize("nothing", ["", "  ", "ISBN", "-"])
def test_nothing_is_no_isbn(nothing: str) -> None:
    assert read_isbn(nothing) == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9780306406158", "The last digit should be 7, not 8. Look for a mistyped digit."),
        ("0-8044-2957-1", "The last digit should be X, not 1. Look for a mistyped digit."),
        ("97803064061", "An ISBN has 13 digits (older ones 10); this has 11."),
        ("978030640615A", "An ISBN is made of digits; only the last of an older one may be an X."),
        ("4006381333931", "An ISBN of 13 digits begins with 978 or 979."),
        ("9790060115615", "Numbers that begin with 979-0 belong to printed music, not to books."),
        ("٩٧٨٠٣٠٦٤٠٦١٥٧", "An ISBN is made of digits; only the last of an older one may be an X."),
        ("9" * 5000, "An ISBN has 13 digits (older ones 10); this has 5000."),
    ],
)
def test_message_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(BadIsbn) as wrong:
        read_isbn(typed)
    assert str(wrong.value) == sentence


def test_hyphens_stand_where_the_publisher_has_them() -> None:
    assert shown("9782070360024") == "978-2-07-036002-4"
    assert shown("9781861972712") == "978-1-86197-271-2"
    assert shown("") == ""
