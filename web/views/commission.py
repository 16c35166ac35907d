"""Asking for a new book."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from billing.limits import LimitReached, allowance
from billing.models import Metric
from books.models import BookKind, BookLanguage
from collaboration import permissions
from generation import commission
from generation.briefs import InvalidBrief
from generation.providers import choice
from web import portraits
from web.access import MemberRequest, member_required
from web.forms.commission import NewBookForm, hero_brief


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new_book(request: MemberRequest) -> HttpResponse:
    if not permissions.can_commission(request.membership):
        raise PermissionDenied
    form = NewBookForm(request.POST or None, initial=_initial(request))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            book, _job = commission.commission_book(membership=request.membership, **form.wishes())
        except InvalidBrief as invalid:
            form.take_faults(invalid.errors)
        except LimitReached as reached:
            refusal = str(reached)
        else:
            return redirect("web:progress", book_id=book.pk)
    context = {
        "here": "new",
        "form": form,
        "refusal": refusal,
        "usage": allowance(request.membership.organisation_id, Metric.BOOKS_CREATED),
        "embedded": choice.text_provider_name() == choice.STORYTELLER,
    }
    return render(
        request, "web/commission/new_book.html", context, status=422 if form.errors or refusal else 200
    )


@require_safe
@cache_control(private=True, max_age=3600)
@member_required
def hero_preview(request: MemberRequest) -> HttpResponse:
    """The hero as the embedded illustrator draws them, by the form's own fields in the address."""
    form = NewBookForm(request.GET)
    form.is_valid()
    return HttpResponse(portraits.draw(hero_brief(form.cleaned_data)), content_type="image/svg+xml")


def _initial(request: MemberRequest) -> dict[str, Any]:
    language = (get_language() or "en").split("-")[0]
    kind = request.GET.get("kind", "")
    return {
        "language": language if language in BookLanguage.values else BookLanguage.ENGLISH,
        "kind": kind if kind in BookKind.values else BookKind.STORY,
        "author_name": request.user.name,
    }
