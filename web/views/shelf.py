"""The shelf: every book of the organisation, those in the making first."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from books.models import BookKind
from collaboration import permissions
from web import shelves
from web.access import MemberRequest, member_required
from web.fragments import asks_for, page_or_part

LONGEST_SEARCH = 100


@require_safe
@member_required
def shelf(request: MemberRequest) -> HttpResponse:
    search = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    kind = request.GET.get("kind", "")
    books = shelves.books_on_shelf(request.membership, search=search, kind=kind)
    page = Paginator(books, shelves.PAGE).get_page(request.GET.get("page"))
    filtered = bool(search or kind)
    context = {
        "here": "books",
        "page": page,
        "search": search,
        "kind": kind,
        "kinds": BookKind.choices,
        "filtered": filtered,
        "query": urlencode({key: value for key, value in (("q", search), ("kind", kind)) if value}),
    }
    if not asks_for(request, "shelf"):
        first = page.number == 1 and not filtered
        context["making"] = list(shelves.books_in_the_making(request.membership)[:12]) if first else []
        context["can_commission"] = permissions.can_commission(request.membership)
    return page_or_part(
        request, context, page="web/shelf/shelf.html", part="web/shelf/_books.html", target="shelf"
    )


@require_safe
@member_required
def in_the_making(request: MemberRequest) -> HttpResponse:
    """The cards of the books in the making, anew; the whole page anew once one of them has ended."""
    making = list(shelves.books_in_the_making(request.membership)[:12])
    if _ids(request.GET.getlist("book")) - {book.pk for book in making}:
        return HttpResponseClientRefresh()
    return render(request, "web/shelf/_making.html", {"making": making})


def _ids(texts: list[str]) -> set[UUID]:
    ids = set()
    for text in texts:
        try:
            ids.add(UUID(text))
        except ValueError:
            continue
    return ids
