"""Bringing a book along."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from billing.limits import LimitReached, allowance
from billing.models import Metric
from collaboration import permissions
from formats.importing import BadImport
from generation.importing import import_book
from web.access import MemberRequest, member_required
from web.forms.importing import ImportForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def bring_book(request: MemberRequest) -> HttpResponse:
    if not permissions.can_commission(request.membership):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    refusal = ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            book, _job = import_book(
                membership=request.membership,
                data=file.read(),
                name=file.name or "",
                kind=form.cleaned_data["kind"],
            )
        except BadImport as fault:
            form.add_error("file", str(fault))
        except LimitReached as reached:
            refusal = str(reached)
        else:
            return redirect("web:book", book_id=book.pk)
    context = {
        "here": "new",
        "form": form,
        "refusal": refusal,
        "usage": allowance(request.membership.organisation_id, Metric.BOOKS_CREATED),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/commission/import_book.html", context, status=status)
