"""What endpoints of the organisation hear of a book's journey: see `notifications.webhooks.catalogue`."""

from __future__ import annotations

from typing import Any

from books.models import Book
from generation.models import BookJob
from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit


def tell(kind: str, job: BookJob, *, status: str, **more: Any) -> None:
    """Within the transaction of what it tells of. `status` is what the book has by now."""
    emit(kind, lambda: {"book": _book(job.book, status), "job": _job(job), **more})


def _book(book: Book, status: str) -> dict[str, Any]:
    return {
        "id": str(book.pk),
        "title": book.display_title,
        "kind": str(book.kind),
        "language": str(book.language),
        "status": str(status),
        "words": book.words,
        "url": api_url(f"books/{book.pk}/"),
    }


def _job(job: BookJob) -> dict[str, Any]:
    return {"id": str(job.pk), "url": api_url(f"jobs/{job.pk}/")}
