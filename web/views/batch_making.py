"""A batch in the making: begun, gone on with, cancelled, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collaboration import permissions as books
from formats.models import FormatType
from generation.batches import making, progress, results
from web import batches
from web.access import MemberRequest, member_required
from web.batches import attached, changeable_batch, file_name, visible_batch, warned


def _button(do: Callable[..., object]) -> Callable[..., HttpResponseBase]:
    """What a button of the batch's page does, for those who may change the batch, and back to the page."""

    @require_POST
    @member_required
    def pressed(request: MemberRequest, batch_id: UUID) -> HttpResponse:
        one = changeable_batch(request, batch_id)
        with warned(request):
            do(by=request.membership, batch=one)
        return redirect("web:batch", batch_id=one.pk)

    return pressed


begin = _button(making.begin_batch)
go_on = _button(making.go_on)
retry = _button(making.retry_failed)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def cancel(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    one = changeable_batch(request, batch_id)
    if request.method != "POST":
        counts = progress.counts_of(one.pk)
        return render(request, "web/batches/cancel.html", {"here": "books", "batch": one, "counts": counts})
    with warned(request):
        making.cancel_batch(
            by=request.membership, batch=one, stop_making=request.POST.get("making") == "stop"
        )
        messages.info(request, _("Cancelled. The books that are finished stay."))
    return redirect("web:batch", batch_id=one.pk)


@require_safe
@member_required
def table(request: MemberRequest, batch_id: UUID) -> HttpResponseBase:
    """The rows with their books, states and errors, as CSV."""
    one = visible_batch(request, batch_id)

    def address(book_id: UUID) -> str:
        return request.build_absolute_uri(reverse("web:book", args=[book_id]))

    rows = list(results.as_table(one, address=address))  # at most 500 lines, in the reader's language
    return attached(HttpResponse(rows, content_type=batches.CSV), f"{file_name(one)}.csv")


@require_safe
@member_required
def archive(request: MemberRequest, batch_id: UUID) -> HttpResponseBase:
    """All finished files of one format in a zip file."""
    one = visible_batch(request, batch_id)
    try:
        format_ = results.as_format(request.GET.get("format", FormatType.PDF))
    except LookupError as error:
        raise Http404 from error
    found = results.files_of(one, format_, books.visible_books(request.membership))
    if not found:
        messages.warning(request, _("No file of this kind is finished yet."))
        return redirect("web:batch", batch_id=one.pk)
    pieces = results.archive(found, batch=one, by=request.user)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    return attached(response, f"{file_name(one)}-{format_.lower()}.zip")
