"""Exports of the whole organisation, for its owners: asked for, followed, taken, deleted."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from storage import archives, lending
from storage.sending import handed_out
from tenants.portable.exports import asking, reasons
from tenants.portable.exports.making import KEPT
from tenants.portable.models import Export, ExportState
from web.access import MemberRequest, member_required, member_who_owns

A_PAGE: Final = 20
TONES: Final = {ExportState.READY: "good", ExportState.FAILED: "bad"}


@require_safe
@member_required
def exports(request: MemberRequest) -> HttpResponse:
    by = member_who_owns(request)
    page = Paginator(asking.exports_of(by.organisation_id), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, TONES.get(ExportState(one.state), ""), reasons.in_words(one.reason)) for one in page]
    context: dict[str, Any] = {
        "here": "organisation",
        "page": page,
        "rows": rows,
        "going": any(one.under_way for one in page),
        "days": KEPT.days,
        "most": asking.MOST_A_DAY,
    }
    return render(request, "web/exports/exports.html", context)


@require_POST
@member_required
def ask(request: MemberRequest) -> HttpResponse:
    try:
        asking.ask_for_export(by=member_who_owns(request))
    except asking.CannotExport as refusal:
        messages.warning(request, str(refusal))
    return redirect("web:exports")


@require_safe
@member_required
def download(request: MemberRequest, export_id: UUID) -> HttpResponseBase:
    """The archive; whoever goes on where a download broke off is not noted twice."""
    by = member_who_owns(request)
    export = _export(by.organisation_id, export_id)
    goes_on = request.method == "HEAD" or not request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    try:
        asking.take_export(by=by, export=export, again=goes_on)
    except asking.NotThere as refusal:
        messages.warning(request, str(refusal))
        return redirect("web:exports")
    return handed_out(request, archives.as_file(export))


@require_safe
def by_token(request: HttpRequest, token: str) -> HttpResponseBase:
    """An archive for whoever holds a link to it that is good still."""
    try:
        return handed_out(request, archives.file_by_token(token))
    except lending.LinkExpired as expired:
        raise Http404 from expired


@require_POST
@member_required
def delete(request: MemberRequest, export_id: UUID) -> HttpResponse:
    """Stop it, or remove its archive."""
    by = member_who_owns(request)
    asking.delete_export(by=by, export=_export(by.organisation_id, export_id))
    messages.success(request, _("The export is deleted."))
    return redirect("web:exports")


def _export(organisation_id: UUID, export_id: UUID) -> Export:
    found: Export = get_object_or_404(asking.exports_of(organisation_id), pk=export_id)
    return found
