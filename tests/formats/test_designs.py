"""What a book wears: the chosen theme on the chosen trim, and what suits its kind where none was chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from books.models import Book
from formats.builders.themes import MILLIMETRE, THEMES, TRIMS, theme_for
from formats.designs import design_of
from formats.models import BookDesign
from tenants.context import Current


@pytest.fixture
def book(inside: Current) -> Book:
    return Book.objects.create(kind="guide", language="en", title="Beans", topic="Beans")


def test_book_without_a_design_wears_what_suits_its_kind(book: Book) -> None:
    assert design_of(book) == theme_for("guide")


def test_design_sets_the_theme_on_its_trim(book: Book) -> None:
    BookDesign.objects.create(book=book, theme="classic-novel", trim="A5")
    assert design_of(book) == THEMES["classic-novel"].on(TRIMS["A5"])


def test_trim_alone_leaves_the_kinds_theme(book: Book) -> None:
    BookDesign.objects.create(book=book, trim="8.5x11")
    assert design_of(book) == theme_for("guide").on(TRIMS["8.5x11"])


def test_custom_trim_is_in_millimetres(book: Book) -> None:
    BookDesign.objects.create(book=book, trim="custom", width=Decimal("120.5"), height=Decimal("190"))
    theme = design_of(book)
    assert (theme.width, theme.height) == pytest.approx((120.5 * MILLIMETRE, 190 * MILLIMETRE))


@pytest.mark.parametrize(
    "gone",
    [
        {"theme": "of-old"},
        {"trim": "1x1"},
        {"trim": "custom"},
        {"trim": "custom", "width": Decimal("1"), "height": Decimal("1")},
    ],
)
def test_design_that_is_no_more_falls_back_to_the_kinds_own(book: Book, gone: dict[str, object]) -> None:
    BookDesign.objects.create(book=book, **gone)
    assert design_of(book) == theme_for("guide")
