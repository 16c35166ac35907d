"""The organisation's own OpenID Connect provider, for an owner to set up and to require."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tenants.domains.queries import verified_email_domains
from tenants.models import SingleSignOn
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from tenants.single_sign_on import configuring
from tenants.single_sign_on.enforcing import sign_on_url
from tenants.single_sign_on.flow import callback_url
from tenants.single_sign_on.problems import Problem
from web.access import MemberRequest, member_required, member_who_owns
from web.forms.signing_in import SingleSignOnForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def single_sign_on(request: MemberRequest) -> HttpResponse:
    by = member_who_owns(request)
    known = SingleSignOn.objects.filter(organisation=by.organisation).first()
    form = SingleSignOnForm(request.POST if request.method == "POST" else None, known=known)
    if refusal := _asks_too_often(request):
        return refusal
    if form.is_valid():
        try:
            configuring.set_up(by=by, wishes=form.wishes())
        except Problem as problem:
            form.add_error("issuer", str(problem))
        except NotInPlan as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("web:single_sign_on")
    context: dict[str, Any] = {
        "here": "organisation",
        "known": known,
        "form": form,
        "missing": features.missing_from(by.organisation_id, features.SINGLE_SIGN_ON),
        "domains": verified_email_domains(by.organisation_id),
        "callback": callback_url(by.organisation_id),
        "try_it": sign_on_url(by.organisation, path=request.path),
    }
    return render(request, "web/signing_in/settings.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def require(request: MemberRequest) -> HttpResponse:
    """From now on it is required, or (`lift`) no longer."""
    by = member_who_owns(request)
    try:
        if "lift" in request.POST:
            configuring.lift(by=by)
            messages.success(request, _("People may sign in by other ways again."))
        else:
            ended = configuring.require(by=by, session_key=request.session.session_key)
            messages.success(request, _required(ended))
    except SingleSignOn.DoesNotExist:
        raise Http404 from None
    except (configuring.CannotRequire, NotInPlan) as error:
        messages.error(request, str(error))
    return redirect("web:single_sign_on")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def remove(request: MemberRequest) -> HttpResponse:
    """Forget the provider, after a page that says what follows."""
    by = member_who_owns(request)
    known = SingleSignOn.objects.filter(organisation=by.organisation).first()
    if known is None:
        raise Http404
    if request.method == "POST":
        configuring.remove(by=by)
        messages.success(request, _("%(name)s no longer signs people in here.") % {"name": known.name})
        return redirect("web:single_sign_on")
    return render(request, "web/signing_in/remove.html", {"here": "organisation", "known": known})


def _asks_too_often(request: MemberRequest) -> HttpResponse | None:
    """What is set up is asked at once, wherever it is."""
    if request.method != "POST":
        return None
    refusal: HttpResponse | None = ratelimit.consume_or_429(
        request, action="set_up_single_sign_on", user=request.user
    )
    return refusal


def _required(ended: int) -> str:
    told = ngettext(
        "It is required now. %d session was ended.", "It is required now. %d sessions were ended.", ended
    )
    return told % ended
