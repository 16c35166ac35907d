"""What the shelf shows: books with their covers and journeys, in a number of queries that never grows."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from books.models import Book, BookKind, Illustration
from collaboration import permissions
from generation.models import BookJob
from tenants.models import Membership

PAGE = 24


def with_covers(books: QuerySet[Book]) -> QuerySet[Book]:
    """Each book with `covers` (none or one, drawn) and `journeys` (newest first)."""
    covers = Illustration.objects.filter(kind=Illustration.Kind.COVER, file__isnull=False).select_related(
        "file"
    )
    journeys = BookJob.objects.filter(purpose=BookJob.Purpose.BOOK).defer("request", "outline", "options")
    return books.prefetch_related(
        Prefetch("illustrations", queryset=covers, to_attr="covers"),
        Prefetch("jobs", queryset=journeys, to_attr="journeys"),
    )


def books_on_shelf(membership: Membership, *, search: str = "", kind: str = "") -> QuerySet[Book]:
    """The books that are not in the making just now, newest first."""
    books = permissions.visible_books(membership).exclude(status=Book.Status.GENERATING)
    if search:
        books = books.filter(Q(title__icontains=search) | Q(topic__icontains=search))
    if kind in BookKind.values:
        books = books.filter(kind=kind)
    return with_covers(books.order_by("-created_at"))


def books_in_the_making(membership: Membership) -> QuerySet[Book]:
    books = permissions.visible_books(membership).filter(status=Book.Status.GENERATING)
    return with_covers(books.order_by("-created_at"))
