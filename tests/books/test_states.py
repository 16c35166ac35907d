from __future__ import annotations

import pytest

from books.models import Book
from books.states import MOVES, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(inside: object) -> Book:
    return Book.objects.create(kind="guide", language="en", topic="Bees")


@pytest.mark.parametrize(("here", "there"), [(a, b) for a in Book.Status.values for b in Book.Status.values])
def test_book_moves_only_where_the_table_says(book: Book, here: str, there: str) -> None:
    Book.objects.filter(pk=book.pk).update(status=here)
    allowed = there in MOVES[here]
    assert move(book.pk, to=there) is allowed
    book.refresh_from_db()
    assert book.status == (there if allowed else here)


def test_book_that_is_ready_says_when(book: Book) -> None:
    move(book.pk, to=Book.Status.GENERATING)
    move(book.pk, to=Book.Status.READY)
    book.refresh_from_db()
    assert book.finished_at is not None
