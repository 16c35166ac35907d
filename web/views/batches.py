"""Batches: many books from a table of heroes, looked over before they are begun."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collaboration import permissions as books
from generation.batches import overview, permissions, preparing, progress, results
from generation.batches.models import Batch
from generation.batches.template import Template
from generation.briefs import InvalidBrief
from generation.downloads import ORDER
from generation.errors import NotPossibleNow
from tenants.models import Membership
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from web import batches
from web.access import MemberRequest, member_required
from web.batches import attached, changeable_batch, visible_batch
from web.forms.batches import BatchForm
from web.fragments import page_or_part

BATCHES_PAGE = 25


@require_safe
@member_required
def all_batches(request: MemberRequest) -> HttpResponse:
    found = permissions.visible_batches(_maker(request)).prefetch_related("created_by")
    page = Paginator(found, BATCHES_PAGE).get_page(request.GET.get("page"))
    counts = progress.counts_of_all(batch.pk for batch in page)
    context = {
        "here": "books",
        "page": page,
        "batches": [(batch, counts[batch.pk], batches.tone(batch)) for batch in page],
        "missing": _missing(request),
    }
    return render(request, "web/batches/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new(request: MemberRequest) -> HttpResponse:
    by, missing = _maker(request), _missing(request)
    posted = request.method == "POST" and not missing
    form = BatchForm(request.POST, request.FILES) if posted else BatchForm(initial=_initial(request))
    if posted and form.is_valid():
        data = form.cleaned_data
        try:
            batch = preparing.create_batch(
                by=by, name=data["name"], template=form.template(), sheet=data["file"]
            )
        except InvalidBrief as invalid:
            form.take_faults(invalid.errors)
        else:
            return redirect("web:batch", batch_id=batch.pk)
    context = {"here": "new", "form": form, "missing": missing}
    return render(request, "web/batches/new.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@member_required
def example(request: MemberRequest) -> HttpResponse:
    """A file to fill in, in English or French."""
    language = request.GET.get("language", "en")
    if language not in ("en", "fr"):
        raise Http404
    name = "heros.csv" if language == "fr" else "heroes.csv"
    return attached(HttpResponse(results.example_file(language), content_type=batches.CSV), name)


@require_safe
@member_required
def batch(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """The batch and its rows; asked for by htmx it answers with its changing part alone."""
    one = visible_batch(request, batch_id)
    found = overview.overview(one, request.membership.organisation_id)
    show = request.GET.get("show", "")
    show = show if show in overview.SHOWN else ""
    page = Paginator(overview.rows_of(one, show), batches.PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "books",
        "batch": one,
        "template": one.template,
        "found": found,
        "counts": found.counts,
        "tone": batches.tone(one),
        "page": page,
        "lines": batches.lines(page),
        "tabs": batches.tabs(found, reverse("web:batch", args=[one.pk]), show),
        "show": show,
        "query": f"show={show}&" if show else "",
        "address": request.get_full_path(),
        "can_change": permissions.can_change(request.membership, one),
        "going": one.status in (Batch.Status.RUNNING, Batch.Status.PAUSED) or found.counts.making,
        "formats": [(format_.value.lower(), format_.label) for format_ in ORDER],
    }
    return page_or_part(
        request, context, page="web/batches/batch.html", part="web/batches/_batch.html", target="batch"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def edit(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """What all books have in common, and another file, as long as nothing is begun."""
    one = changeable_batch(request, batch_id)
    if one.status != Batch.Status.DRAFT:
        messages.warning(request, _("This batch has begun: what its books are about stays as it is."))
        return redirect("web:batch", batch_id=one.pk)
    posted = request.method == "POST"
    initial = {"name": one.name, **one.template}
    form = (
        BatchForm(request.POST, request.FILES, has_rows=True)
        if posted
        else BatchForm(initial=initial, has_rows=True)
    )
    if posted and form.is_valid():
        try:
            preparing.change_batch(
                by=request.membership,
                batch=one,
                name=form.cleaned_data["name"],
                template=form.template(Template.from_json(one.template)),
                sheet=form.cleaned_data["file"],
            )
        except InvalidBrief as invalid:
            form.take_faults(invalid.errors)
        except NotPossibleNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("web:batch", batch_id=one.pk)
    context = {"here": "books", "batch": one, "form": form}
    return render(request, "web/batches/edit.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    one = changeable_batch(request, batch_id)
    if request.method != "POST":
        counts = progress.counts_of(one.pk)
        return render(request, "web/batches/delete.html", {"here": "books", "batch": one, "counts": counts})
    try:
        preparing.delete_batch(by=request.membership, batch=one)
    except NotPossibleNow as refusal:
        messages.warning(request, str(refusal))
        return redirect("web:batch", batch_id=one.pk)
    messages.success(request, _("The batch “%(name)s” is deleted.") % {"name": one.name})
    return redirect("web:batches")


def _maker(request: MemberRequest) -> Membership:
    """The member who asks; 403 for those who make no books."""
    if not books.can_commission(request.membership):
        raise PermissionDenied
    return request.membership


def _missing(request: MemberRequest) -> NotInPlan | None:
    return features.missing_from(request.membership.organisation_id, features.BATCHES)


def _initial(request: MemberRequest) -> dict[str, Any]:
    language = (get_language() or "en").split("-")[0]
    return {"language": language if language == "fr" else "en", "author_name": request.user.name}
