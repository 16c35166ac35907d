"""AI services of the organisation's own, for its owners."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from generation import own_providers, trying
from generation.models import OwnProvider
from generation.own_providers import InvalidProvider, Purpose, Service
from generation.providers import choice
from generation.trying import Trial
from tenants.models import Membership
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from web.access import MemberRequest, member_required, member_who_owns
from web.forms.own_providers import FORMS, ServiceForm


@require_safe
@member_required
def overview(request: MemberRequest) -> HttpResponse:
    """What makes new books' texts and pictures."""
    by = member_who_owns(request)
    known = own_providers.all_in_use()
    context = {
        "here": "organisation",
        "text": known.get(Purpose.TEXT),
        "pictures": known.get(Purpose.PICTURES),
        "platform_text": choice.platform_text(),
        "platform_pictures": choice.platform_pictures(),
        "missing": features.missing_from(by.organisation_id, features.OWN_PROVIDERS),
    }
    return render(request, "web/own_providers/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def service(request: MemberRequest, purpose: str, service: str) -> HttpResponse:
    """Set one up, or (`try`) only see whether it would work."""
    by = member_who_owns(request)
    if service not in own_providers.SERVICES.get(purpose, ()):
        raise Http404
    known = own_providers.in_use(purpose)
    sent = request.POST if request.method == "POST" else None
    form = FORMS[Service(service)](sent, known=known, purpose=purpose)
    if sent is not None and "try" in sent:
        return _tried(request, form, purpose, known)
    if form.is_valid() and _set_up(by, purpose, form):
        messages.success(request, _("Saved. New books use it from now on."))
        return redirect("web:providers")
    context = _context(by, form, purpose, known)
    return render(request, "web/own_providers/service.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def remove(request: MemberRequest, purpose: str) -> HttpResponse:
    """Go back to the platform's default, after a page that says what follows."""
    by = member_who_owns(request)
    known = own_providers.in_use(purpose)
    if known is None:
        raise Http404
    if request.method == "POST":
        try:
            own_providers.remove(by=by, purpose=purpose)
        except OwnProvider.DoesNotExist:
            raise Http404 from None
        messages.success(request, _("Removed. Its key is forgotten."))
        return redirect("web:providers")
    return render(request, "web/own_providers/remove.html", {"here": "organisation", "known": known})


def _set_up(by: Membership, purpose: str, form: ServiceForm) -> bool:
    try:
        own_providers.set_up(by=by, purpose=purpose, wishes=form.wishes())
    except InvalidProvider as invalid:
        form.take_faults(invalid.faults)
    except NotInPlan as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


def _tried(
    request: MemberRequest, form: ServiceForm, purpose: str, known: OwnProvider | None
) -> HttpResponse:
    """The page as it was, with what was found; only that, where it is put into the page."""
    by = member_who_owns(request)
    if refusal := ratelimit.consume_or_429(request, action="try_provider", user=request.user):
        return refusal  # type: ignore[no-any-return]
    trial = _trial(form, purpose, known)
    if request.htmx:
        shown = trial or Trial(False, _what_is_wrong(form))
        return render(request, "web/own_providers/_trial.html", {"trial": shown})
    context = {**_context(by, form, purpose, known), "trial": trial}
    return render(request, "web/own_providers/service.html", context, status=422 if form.errors else 200)


def _trial(form: ServiceForm, purpose: str, known: OwnProvider | None) -> Trial | None:
    """None where what was typed cannot be asked: the form says why."""
    if not form.is_valid():
        return None
    try:
        return trying.try_out(purpose=purpose, wishes=form.wishes(), known=known)
    except InvalidProvider as invalid:
        form.take_faults(invalid.faults)
        return None


def _what_is_wrong(form: ServiceForm) -> str:
    return " ".join(
        f"{form.fields[name].label}: {told}" if name in form.fields else str(told)
        for name, faults in form.errors.items()
        for told in faults
    )


def _context(by: Membership, form: ServiceForm, purpose: str, known: OwnProvider | None) -> dict[str, Any]:
    return {
        "here": "organisation",
        "form": form,
        "purpose": Purpose(purpose),
        "service": form.service,
        "known": known,
        "missing": features.missing_from(by.organisation_id, features.OWN_PROVIDERS),
    }
