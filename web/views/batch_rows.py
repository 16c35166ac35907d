"""The rows of a batch: put right, left out, taken in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from generation.batches import overview, preparing
from generation.batches.models import Batch, BatchRow
from generation.errors import NotPossibleNow
from web import batches
from web.access import MemberRequest, member_required
from web.batches import changeable_batch, warned
from web.forms.batches import RowForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def row(request: MemberRequest, batch_id: UUID, number: int) -> HttpResponse:
    """One row, to be put right."""
    one = changeable_batch(request, batch_id)
    found = get_object_or_404(one.rows, number=number)
    posted = request.method == "POST"
    form = RowForm(request.POST if posted else None, given=found.given)
    if posted and form.is_valid():
        try:
            found = preparing.correct_row(by=request.membership, batch=one, number=number, cells=form.cells())
        except NotPossibleNow as refusal:
            messages.warning(request, str(refusal))
            return redirect("web:batch", batch_id=one.pk)
        if found.status != BatchRow.Status.WRONG:
            messages.success(request, _("Row %(number)d is right now.") % {"number": number})
            return redirect("web:batch", batch_id=one.pk)
        form.take_faults(found.errors)
    context = {
        "here": "books",
        "batch": one,
        "row": found,
        "form": form,
        "line": batches.Line(found),
        "posted": posted,
    }
    return render(request, "web/batches/row.html", context, status=422 if posted else 200)


@require_POST
@member_required
def leave_out(request: MemberRequest, batch_id: UUID, number: int) -> HttpResponse:
    """Make no book of a row; or with `in` make one after all."""
    one = changeable_batch(request, batch_id)
    get_object_or_404(one.rows, number=number)
    act = preparing.take_in if "in" in request.POST else preparing.leave_out
    with warned(request):
        act(by=request.membership, batch=one, number=number)
    return _back(request, one)


@require_POST
@member_required
def leave_out_doubles(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    one = changeable_batch(request, batch_id)
    number = preparing.leave_out_doubles(by=request.membership, batch=one)
    told = ngettext("%(number)d row is left out.", "%(number)d rows are left out.", number)
    messages.success(request, told % {"number": number})
    return redirect("web:batch", batch_id=one.pk)


def _back(request: MemberRequest, one: Batch) -> HttpResponse:
    """To the rows as they were shown."""
    show = request.POST.get("show", "")
    query = f"?show={show}" if show in overview.SHOWN else ""
    return redirect(reverse("web:batch", args=[one.pk]) + query)
