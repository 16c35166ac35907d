"""Domains of an organisation's own: proving them, who joins by them, and which address links lead to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenants.domains import claiming, hosts, verifying
from tenants.domains.claiming import CannotClaim
from tenants.domains.names import BadDomain, is_apex, shown
from tenants.domains.records import LABEL, Problem, record_name, record_value
from tenants.domains.verifying import State
from tenants.models import ClaimedDomain, Membership, Organisation, Purpose, Role, host_of
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from tenants.people.handover import to_new_host
from tenants.resolution import platform_host
from web.access import MemberRequest, member_required
from web.forms.domains import ClaimForm, HostForm, JoiningForm

TONES = {State.PROVEN: "good", State.FAILING: "bad", State.WAITING: "busy", State.STOPPED: ""}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def domains(request: MemberRequest) -> HttpResponse:
    """All of them, and a form that claims another."""
    by = _owner(request)
    missing = _missing(by)
    form = ClaimForm(request.POST if request.method == "POST" else None, hosts=not missing)
    if form.is_valid():
        try:
            claimed = claiming.claim(
                typed=form.cleaned_data["domain"],
                purpose=Purpose(form.cleaned_data["purpose"]),
                joins_as=form.cleaned_data["joins_as"],
                by=by,
            )
        except (BadDomain, CannotClaim) as error:
            form.add_error("domain", str(error))
        except NotInPlan as error:
            form.add_error(None, str(error))
        else:
            return redirect("web:domain", domain_id=claimed.pk)
    return _list(request, by, missing, claim_form=form)


@require_POST
@member_required
def choose_host(request: MemberRequest) -> HttpResponse:
    """Let links lead to another of the organisation's hosts."""
    by = _owner(request)
    form = HostForm(request.POST, hosts=_choices(by.organisation))
    if form.is_valid():
        try:
            organisation = hosts.choose_host(host=form.cleaned_data["host"], by=by)
        except NotInPlan as error:
            form.add_error("host", str(error))
        else:
            messages.success(request, _("Links lead to %(host)s now.") % {"host": _host_shown(organisation)})
            return redirect("web:domains")
    return _list(request, by, _missing(by), host_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def domain(request: MemberRequest, domain_id: UUID) -> HttpResponse:
    """One of them: its record, how it stands, and who joins by it."""
    by = _owner(request)
    one = _domain(by, domain_id)
    form = JoiningForm(
        request.POST if request.method == "POST" and one.purpose == Purpose.EMAIL else None,
        initial={"joins_as": one.joins_as},
    )
    if form.is_valid():
        claiming.change_role(domain_id=one.pk, joins_as=form.cleaned_data["joins_as"], by=by)
        messages.success(request, _("Saved."))
        return redirect("web:domain", domain_id=one.pk)
    state = verifying.state_of(one)
    context = {
        "here": "organisation",
        "one": one,
        "form": form,
        "state": state,
        "tone": TONES[state],
        "problem": Problem(one.problem).label if one.problem else "",
        "ends_at": one.failing_since + verifying.LOST_AFTER if one.failing_since else None,
        "next_look": verifying.next_look(one),
        "record_name": record_name(one.name),
        "record_value": record_value(one.token),
        "record_label": LABEL,
        "missing": _missing(by) if one.purpose == Purpose.HOST else None,
        "target": platform_host(),
        "apex": is_apex(one.name),
        "address": by.organisation.url("/") if by.organisation.own_host == one.name else "",
    }
    return render(request, "web/domains/domain.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def check(request: MemberRequest, domain_id: UUID) -> HttpResponse:
    """Look at the DNS now."""
    one = _domain(_owner(request), domain_id)
    if refusal := ratelimit.consume_or_429(request, action="check_domain", user=request.user):
        return refusal  # type: ignore[no-any-return]
    try:
        one = verifying.check(domain_id=one.pk, actor=request.user)
    except ClaimedDomain.DoesNotExist:  # removed while we looked
        raise Http404 from None
    if one.verified_at and not one.failing_since:
        messages.success(request, _("The record is there: %(domain)s is yours here.") % {"domain": one.shown})
    else:
        messages.warning(request, Problem(one.problem).label if one.problem else _("Not yet."))
    return redirect("web:domain", domain_id=one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def remove(request: MemberRequest, domain_id: UUID) -> HttpResponse:
    """Give a domain up, after a page that says what follows."""
    by = _owner(request)
    one = _domain(by, domain_id)
    if request.method == "POST":
        claiming.remove(domain_id=one.pk, by=by)
        messages.success(request, _("%(domain)s is removed.") % {"domain": one.shown})
        if one.purpose == Purpose.HOST and one.name == request.get_host().partition(":")[0]:
            return _to_where_it_answers(request)
        return redirect("web:domains")
    return render(request, "web/domains/remove.html", {"here": "organisation", "one": one})


def _list(
    request: MemberRequest,
    by: Membership,
    missing: NotInPlan | None,
    *,
    claim_form: ClaimForm | None = None,
    host_form: HostForm | None = None,
) -> HttpResponse:
    found = ClaimedDomain.objects.filter(organisation=by.organisation).order_by("name", "purpose")
    states = [(one, verifying.state_of(one)) for one in found]
    choices = _choices(by.organisation, missing)
    context: dict[str, Any] = {
        "here": "organisation",
        "domains": [(one, state, TONES[state]) for one, state in states],
        "missing": missing,
        "has_host": any(one.purpose == Purpose.HOST for one, _state in states),
        "claim_form": claim_form or ClaimForm(hosts=not missing),
        "host_form": host_form
        or (
            HostForm(hosts=choices, initial={"host": by.organisation.own_host}) if len(choices) > 1 else None
        ),
    }
    failed = any(form is not None and form.errors for form in (claim_form, host_form))
    return render(request, "web/domains/domains.html", context, status=422 if failed else 200)


def _missing(by: Membership) -> NotInPlan | None:
    """What to say where the plan brings no web address of one's own."""
    return features.missing_from(by.organisation_id, features.ADVANCED)


def _choices(organisation: Organisation, missing: NotInPlan | None = None) -> list[tuple[str, str]]:
    """The host below the platform's, and those of its own: where the plan has none, the present one alone."""
    own = [host for host in hosts.hosts_of(organisation.pk) if not missing or host == organisation.own_host]
    return [("", host_of(organisation.slug)), *((host, shown(host)) for host in own)]


def _host_shown(organisation: Organisation) -> str:
    return shown(organisation.own_host) if organisation.own_host else organisation.host


def _to_where_it_answers(request: MemberRequest) -> HttpResponse:
    """Who was on the host that is closed now is taken along to one that is not."""
    organisation = Organisation.objects.get(pk=request.organisation.id)
    return redirect(to_new_host(request, organisation=organisation, path="/organisation/domains/"))


def _owner(request: MemberRequest) -> Membership:
    """The member who asks, with the organisation and person that doings need; 403 for all but owners."""
    if request.membership.role != Role.OWNER:
        raise PermissionDenied
    return Membership.objects.select_related("user", "organisation").get(pk=request.membership.pk)


def _domain(by: Membership, domain_id: UUID) -> ClaimedDomain:
    return get_object_or_404(ClaimedDomain, pk=domain_id, organisation_id=by.organisation_id)
