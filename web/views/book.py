"""A book's own pages: its contents, pictures, files, what happened to it, and what it was made from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from books.models import Book
from collaboration import permissions
from generation import states
from generation.models import BookJob
from insights.models import ActivityLog
from web import journeys, shelves
from web.access import MemberRequest, member_required

LATEST = 60  # lines of the activity that are shown


@require_safe
@member_required
def contents(request: MemberRequest, book_id: UUID) -> HttpResponse:
    context = frame(request, book_id, "contents")
    book: Book = context["book"]
    if book.status == Book.Status.GENERATING:
        return redirect("web:progress", book_id=book.pk)
    context["chapters"] = book.chapters.defer("text", "plan", "scene")
    context["rewriting"] = _being_rewritten(book)
    return render(request, "web/book/contents.html", context)


@require_safe
@member_required
def pictures(request: MemberRequest, book_id: UUID) -> HttpResponse:
    context = frame(request, book_id, "pictures")
    rows = context["book"].illustrations.filter(file__isnull=False).select_related("chapter", "file")
    context["pictures"] = rows.order_by("kind", "chapter__number")
    return render(request, "web/book/pictures.html", context)


@require_safe
@member_required
def activity(request: MemberRequest, book_id: UUID) -> HttpResponse:
    context = frame(request, book_id, "activity")
    book: Book = context["book"]
    context["activity"] = ActivityLog.objects.filter(
        organisation_id=request.membership.organisation_id,
        resource_type=book._meta.label_lower,
        resource_id=str(book.pk),
    ).order_by("-created_at")[:LATEST]
    return render(request, "web/book/activity.html", context)


@require_safe
@member_required
def details(request: MemberRequest, book_id: UUID) -> HttpResponse:
    context = frame(request, book_id, "details")
    book: Book = context["book"]
    context["characters"] = book.characters.order_by("id")
    context["places"] = book.places.order_by("id")
    context["facts"] = book.facts.order_by("id")
    return render(request, "web/book/details.html", context)


def frame(request: MemberRequest, book_id: UUID, here: str) -> dict[str, Any]:
    """What every page of a book shows around its own part."""
    books = shelves.with_covers(permissions.visible_books(request.membership)).select_related("hero")
    book = get_object_or_404(books, pk=book_id)
    return {
        "here": "books",
        "book": book,
        "cover": next(iter(book.covers), None),  # type: ignore[attr-defined]
        "job": journeys.latest_journey(book),
        "tabs": _tabs(book, here),
        "can_edit": permissions.can_edit(request.membership, book),
        "may_see_costs": permissions.may_see_costs(request.membership, book),
    }


def _tabs(book: Book, here: str) -> list[tuple[str, str, bool]]:
    names = {
        "contents": ("web:book", _("Contents")),
        "pictures": ("web:pictures", _("Pictures")),
        "formats": ("web:formats", _("Files")),
        "design": ("web:design", _("Design")),
        "publishing": ("web:publishing", _("Publishing")),
        "printing": ("web:printing", _("Print")),
        "activity": ("web:activity", _("Activity")),
        "details": ("web:details", _("Details")),
    }
    return [(reverse(route, args=[book.pk]), name, key == here) for key, (route, name) in names.items()]


def _being_rewritten(book: Book) -> list[int]:
    """The numbers of the chapters that are being written anew just now."""
    jobs = book.jobs.filter(purpose=BookJob.Purpose.CHAPTER).exclude(status__in=states.OVER)
    return [int(number) for number in jobs.values_list("options__number", flat=True) if number]
