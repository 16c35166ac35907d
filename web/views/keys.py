"""Keys of the API: making, seeing, rotating and revoking them, and what was asked with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.api_keys import issuing, revoking, rotating
from tenants.api_keys.issuing import CannotIssue, Issued
from tenants.api_keys.models import ApiKey, LoggedRequest, State
from tenants.api_keys.queries import keys_of, older_than, requests_of
from tenants.api_keys.scopes import SCOPES, Resource
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from tenants.people.members import NotAllowed
from web.access import MemberRequest, member_required, member_who_runs
from web.forms.keys import KeyForm, RequestsForm, RotateForm

TONES = {State.ACTIVE: "good", State.ENDING: "busy", State.EXPIRED: "", State.REVOKED: "bad"}
PAGE, REQUESTS = 50, 100


@require_safe
@member_required
def keys(request: MemberRequest) -> HttpResponse:
    """All that there ever were, the newest first."""
    by = member_who_runs(request)
    page = Paginator(keys_of(by.organisation_id), PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "organisation",
        "page": page,
        "rows": [(one, TONES[one.state], _in_words(one)) for one in page],
        "missing": features.missing_from(by.organisation_id, features.API),
    }
    return render(request, "web/keys/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new_key(request: MemberRequest) -> HttpResponse:
    """Make a key that acts for oneself; its secret is on the page that answers, and nowhere else."""
    by = member_who_runs(request)
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _made(request, issuing.issue(wanted=form.wanted(), by=by))
        except CannotIssue as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except NotInPlan as error:
            form.add_error(None, str(error))
    missing = features.missing_from(by.organisation_id, features.API)
    context = {"here": "organisation", "form": form, "missing": missing}
    return render(request, "web/keys/new.html", context, status=422 if form.errors else 200)


@require_safe
@member_required
def key(request: MemberRequest, key_id: UUID) -> HttpResponse:
    """How one of them stands, and what it may do."""
    return _shown(request, _key(request, key_id), RotateForm())


@require_POST
@member_required
def rotate(request: MemberRequest, key_id: UUID) -> HttpResponse:
    """Give a key another secret; for whom it acts."""
    one, form = _key(request, key_id), RotateForm(request.POST)
    if form.is_valid():
        hours = form.cleaned_data["overlap_hours"]
        try:
            return _made(
                request,
                rotating.rotate(key_id=one.pk, overlap_hours=hours, by=member_who_runs(request)),
            )
        except NotAllowed as error:
            raise PermissionDenied from error
        except CannotIssue as error:
            form.add_error(None, str(error))
    return _shown(request, one, form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def revoke(request: MemberRequest, key_id: UUID) -> HttpResponse:
    """End a key, after a page that says what follows."""
    one = _key(request, key_id)
    if request.method == "POST":
        revoking.revoke(key_id=one.pk, by=member_who_runs(request))
        messages.success(request, _("“%(name)s” is revoked.") % {"name": one.name})
        return redirect("web:keys")
    return render(request, "web/keys/revoke.html", {"here": "organisation", "one": one})


@require_safe
@member_required
def requests(request: MemberRequest) -> HttpResponse:
    """The log of what was asked with keys."""
    by = member_who_runs(request)
    form = RequestsForm(request.GET or None, keys=keys_of(by.organisation_id))
    found = requests_of(by.organisation_id, form.wanted(ZoneInfo(timezone.get_current_timezone_name())))
    shown = list(older_than(found, _line(by.organisation_id, request.GET.get("before", "")))[: REQUESTS + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context: dict[str, Any] = {
        "here": "organisation",
        "form": form,
        "rows": [(one, _tone(one.status)) for one in shown[:REQUESTS]],
        "older": shown[REQUESTS - 1].pk if len(shown) > REQUESTS else None,
        "newest": "before" not in request.GET,
        "query": query.urlencode(),
        "filtered": bool(query),
    }
    return render(request, "web/keys/requests.html", context, status=422 if form.errors else 200)


def _made(request: MemberRequest, issued: Issued) -> HttpResponse:
    response = render(request, "web/keys/made.html", {"here": "organisation", "issued": issued})
    response["Cache-Control"] = "no-store"
    return response


def _shown(request: MemberRequest, one: ApiKey, form: RotateForm) -> HttpResponse:
    context = {
        "here": "organisation",
        "one": one,
        "form": form,
        "tone": TONES[one.state],
        "scopes": _in_words(one),
        "may_rotate": one.state == State.ACTIVE and one.membership_id == request.membership.pk,
    }
    return render(request, "web/keys/key.html", context, status=422 if form.errors else 200)


def _in_words(one: ApiKey) -> list[tuple[str, str]]:
    """What a key may do: each resource, and whether it may be read, changed or both; none is everything."""
    if set(one.scopes) >= set(SCOPES):
        return []
    words = {"r": _("read"), "w": _("change"), "rw": _("read and change")}
    found = []
    for resource in Resource:
        may = ("r" if f"{resource.value}:read" in one.scopes else "") + (
            "w" if f"{resource.value}:write" in one.scopes else ""
        )
        if may:
            found.append((resource.value, words[may]))
    return found


def _tone(status: int) -> str:
    if status < 400:
        return "good"
    return "bad" if status >= 500 else "busy"


def _line(organisation_id: UUID, mark: str) -> LoggedRequest | None:
    """The request that an address names."""
    try:
        return LoggedRequest.objects.filter(organisation=organisation_id, pk=UUID(mark)).first()
    except ValueError:
        return None


def _key(request: MemberRequest, key_id: UUID) -> ApiKey:
    return get_object_or_404(keys_of(member_who_runs(request).organisation_id), pk=key_id)
