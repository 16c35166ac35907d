"""Webhooks, for owners and admins: endpoints, how they do, and what each was told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.webhooks import catalogue, endpoints, queries, replaying
from notifications.webhooks.endpoints import CannotSave
from notifications.webhooks.models import Delivery, DeliveryStatus, Endpoint
from notifications.webhooks.queries import Health
from notifications.webhooks.signing import body_of
from tenants.models import Membership
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from tenants.people.members import may_run
from web.access import MemberRequest, member_required
from web.forms.webhooks import DeliveriesForm, EndpointForm, ReplayForm

PAGE = 30
TONES = {
    Health.GOOD: "good",
    Health.FAILING: "bad",
    Health.PAUSED: "",
    Health.UNTRIED: "info",
    DeliveryStatus.DELIVERED: "good",
    DeliveryStatus.FAILED: "bad",
    DeliveryStatus.WAITING: "busy",
}
P = ParamSpec("P")


def runs_organisation(
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For owners and admins; what goes while it is asked for is not there."""

    @wraps(view)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_run(request.membership):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except (Endpoint.DoesNotExist, Delivery.DoesNotExist) as gone:
            raise Http404 from gone

    return member_required(guarded)


@require_safe
@runs_organisation
def webhooks(request: MemberRequest) -> HttpResponse:
    """All endpoints, and how they do."""
    organisation_id = request.membership.organisation_id
    found = list(queries.endpoints_of(organisation_id))
    shown = [(one, health, TONES[health]) for one in found for health in (queries.health_of(one),)]
    context = {"endpoints": shown, "missing": features.missing_from(organisation_id, features.WEBHOOKS)}
    return _page(request, "webhooks", context)


@require_http_methods(["GET", "HEAD", "POST"])
@runs_organisation
def new(request: MemberRequest) -> HttpResponse:
    """Add an endpoint."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    made = _saved(form, lambda: endpoints.add(wanted=form.wanted(), by=request.membership))
    if made:
        messages.success(request, _("Added. Check signatures with its secret, and send a test."))
        return redirect("web:webhook", endpoint_id=made.pk)
    return _page(request, "form", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@runs_organisation
def edit(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """Change where it leads and what it hears of."""
    one = _endpoint(request, endpoint_id)
    form = EndpointForm(request.POST if request.method == "POST" else None, initial=EndpointForm.of(one))
    changed = _saved(
        form, lambda: endpoints.change(endpoint_id=one.pk, wanted=form.wanted(), by=request.membership)
    )
    if changed:
        messages.success(request, _("Saved."))
        return redirect("web:webhook", endpoint_id=one.pk)
    return _page(request, "form", {"form": form, "one": one}, status=422 if form.errors else 200)


@require_safe
@runs_organisation
def webhook(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint, and what it was told."""
    return _shown(request, _endpoint(request, endpoint_id))


@never_cache
@require_POST
@runs_organisation
def secret(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """The same page, with the secret in it."""
    one = _endpoint(request, endpoint_id)
    try:
        told = endpoints.secret_of(endpoint_id=one.pk, by=request.membership)
    except CannotSave as error:
        messages.error(request, str(error))
        return redirect("web:webhook", endpoint_id=one.pk)
    return _shown(request, one, secret=told)


@require_http_methods(["GET", "HEAD", "POST"])
@runs_organisation
def rotate(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """A new secret, after a page that says what follows."""
    one = _endpoint(request, endpoint_id)
    if request.method == "POST":
        endpoints.rotate_secret(endpoint_id=one.pk, by=request.membership)
        messages.success(request, _("There is a new secret. For a day both sign."))
        return redirect("web:webhook", endpoint_id=one.pk)
    return _page(request, "rotate", {"one": one})


@require_http_methods(["GET", "HEAD", "POST"])
@runs_organisation
def remove(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """After a page that says what follows."""
    one = _endpoint(request, endpoint_id)
    if request.method == "POST":
        endpoints.remove(endpoint_id=one.pk, by=request.membership)
        messages.success(request, _("The webhook is removed."))
        return redirect("web:webhooks")
    return _page(request, "remove", {"one": one})


@require_POST
@runs_organisation
def test(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """Send a test, and show how it goes."""
    made = endpoints.test(endpoint_id=endpoint_id, by=request.membership)
    return redirect("web:webhook_delivery", delivery_id=made.pk)


@require_POST
@runs_organisation
def pause(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    endpoints.pause(endpoint_id=endpoint_id, by=request.membership)
    messages.success(request, _("Paused. What happens meanwhile is kept for 30 days."))
    return redirect("web:webhook", endpoint_id=endpoint_id)


@require_POST
@runs_organisation
def resume(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    endpoints.resume(endpoint_id=endpoint_id, by=request.membership)
    messages.success(request, _("It goes on, with what was kept meanwhile."))
    return redirect("web:webhook", endpoint_id=endpoint_id)


@require_POST
@runs_organisation
def replay_failed(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """All that failed in the hours chosen."""
    one = _endpoint(request, endpoint_id)
    form = ReplayForm(request.POST)
    if not form.is_valid():
        return _shown(request, one, replay_form=form)
    since = timezone.now() - timedelta(hours=form.cleaned_data["hours"])
    number = replaying.replay_failed(endpoint_id=one.pk, since=since, by=request.membership)
    told = ngettext("%(number)d delivery begins again.", "%(number)d deliveries begin again.", number)
    messages.success(request, told % {"number": number} if number else _("Nothing failed in that time."))
    return redirect("web:webhook", endpoint_id=one.pk)


@require_safe
@runs_organisation
def delivery(request: MemberRequest, delivery_id: UUID) -> HttpResponse:
    """What was sent, and what came back each time."""
    known = Delivery.objects.filter(organisation_id=request.membership.organisation_id)
    one = get_object_or_404(known.select_related("event", "endpoint"), pk=delivery_id)
    context = {
        "one": one,
        "tone": TONES[DeliveryStatus(one.status)],
        "when": catalogue.when(one.event.type),
        "body": json.dumps(json.loads(body_of(one.event)), indent=2, ensure_ascii=False),
        "log": one.log.all(),
        "moving": one.status == DeliveryStatus.WAITING and not one.is_held and one.attempts == 0,
    }
    return _page(request, "delivery", context)


@require_POST
@runs_organisation
def replay(request: MemberRequest, delivery_id: UUID) -> HttpResponse:
    replaying.replay(delivery_id=delivery_id, by=request.membership)
    messages.success(request, _("It is delivered again, under the same id."))
    return redirect("web:webhook_delivery", delivery_id=delivery_id)


def _saved(form: EndpointForm, save: Callable[[], Endpoint]) -> Endpoint | None:
    """None where nothing was sent, or something of it is wrong, which the form says then."""
    if not form.is_valid():
        return None
    try:
        return save()
    except CannotSave as error:
        form.add_error(error.field or None, str(error))
    except NotInPlan as error:
        form.add_error(None, str(error))
    return None


def _shown(
    request: MemberRequest, one: Endpoint, *, secret: str = "", replay_form: ReplayForm | None = None
) -> HttpResponse:
    form = DeliveriesForm(request.GET if request.method == "GET" else None)
    rows = queries.deliveries_of(one.organisation_id, endpoint_id=one.pk, **form.wanted())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    health = queries.health_of(one)
    context = {
        "one": one,
        "health": health,
        "tone": TONES[health],
        "secret": secret,
        "both_sign": bool(one.former_secret_until and one.former_secret_until > timezone.now()),
        "events": [(name, catalogue.when(name)) for name in one.events],
        "form": form,
        "page": page,
        "rows": [(row, TONES[DeliveryStatus(row.status)]) for row in page],
        "filtered": any(form.wanted().values()),
        "query": f"{query.urlencode()}&" if query else "",
        "replay_form": replay_form or ReplayForm(),
    }
    wrong = replay_form is not None and bool(replay_form.errors)
    return _page(request, "webhook", context, status=422 if wrong else 200)


def _page(request: MemberRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"web/webhooks/{name}.html", {"here": "organisation", **context}, status=status)


def _endpoint(request: MemberRequest, endpoint_id: UUID) -> Endpoint:
    by: Membership = request.membership
    return get_object_or_404(Endpoint, pk=endpoint_id, organisation_id=by.organisation_id)
