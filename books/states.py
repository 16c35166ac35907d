"""Which way a book's status may go, and the one function that moves it."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from books.models import Book

MOVES: dict[str, frozenset[str]] = {
    Book.Status.DRAFT: frozenset({Book.Status.GENERATING, Book.Status.READY}),  # written, or imported
    Book.Status.GENERATING: frozenset({Book.Status.READY, Book.Status.FAILED, Book.Status.CANCELLED}),
    Book.Status.FAILED: frozenset({Book.Status.GENERATING, Book.Status.CANCELLED}),
    Book.Status.CANCELLED: frozenset({Book.Status.GENERATING}),
    Book.Status.READY: frozenset({Book.Status.GENERATING}),
}


def move(book_id: UUID, *, to: str) -> bool:
    """Move a book's status if the table allows it from where it is. True if this call moved it."""
    allowed_from = [status for status, targets in MOVES.items() if to in targets]
    changes: dict[str, object] = {"status": to, "updated_at": timezone.now()}
    if to == Book.Status.READY:
        changes["finished_at"] = timezone.now()
    return bool(Book.objects.filter(pk=book_id, status__in=allowed_from).update(**changes))
