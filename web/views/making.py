"""A book in the making: its contents page as it fills in, stopping it, going on with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.limits import LimitReached
from books.models import Book
from collaboration import permissions
from generation import commission
from generation.errors import NotPossibleNow
from generation.models import BookJob
from web import journeys, shelves
from web.access import MemberRequest, editable_book, member_required
from web.fragments import page_or_part


@require_safe
@member_required
def progress(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """The live page; asked for by htmx it answers with its changing part alone."""
    books = shelves.with_covers(permissions.visible_books(request.membership))
    book = get_object_or_404(books, pk=book_id)
    context = {
        "here": "books",
        "journey": journeys.journey_of(book, _journey(book)),
        "book": book,
        "can_edit": permissions.can_edit(request.membership, book),
        "may_see_costs": permissions.may_see_costs(request.membership, book),
    }
    return page_or_part(
        request,
        context,
        page="web/making/progress.html",
        part="web/making/_journey.html",
        target="journey",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def cancel(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    if request.method != "POST":
        return render(request, "web/making/cancel.html", {"here": "books", "book": book})
    try:
        commission.cancel_book(job=_journey(book), actor=request.user)
    except NotPossibleNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, _("Stopped. What was written is kept."))
    return redirect("web:book", book_id=book.pk)


@require_http_methods(["POST"])
@member_required
def retry(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    try:
        commission.retry_book(job=_journey(book), actor=request.user)
    except (NotPossibleNow, LimitReached) as refusal:
        messages.warning(request, str(refusal))
        return redirect("web:book", book_id=book.pk)
    return redirect("web:progress", book_id=book.pk)


def _journey(book: Book) -> BookJob:
    job = journeys.latest_journey(book)
    if job is None:
        raise Http404
    return job
