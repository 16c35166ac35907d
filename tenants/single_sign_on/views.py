"""To an organisation's provider and back, and the way back in for owners; on the platform's host."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tenants.accounts.models import User
from tenants.models import SingleSignOn
from tenants.single_sign_on import enforcing
from tenants.single_sign_on.discovery import discover
from tenants.single_sign_on.flow import OrganisationOAuth2Adapter
from tenants.single_sign_on.problems import Problem
from tenants.single_sign_on.provider import single_sign_on_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: Any, organisation_id: UUID) -> HttpResponse:
    """Says through whom the organisation signs people in; its button leads there."""
    found = _found(organisation_id)
    if request.method != "POST":
        return _door(request, found)
    if refusal := ratelimit.consume_or_429(request, action="single_sign_on"):
        return refusal  # type: ignore[no-any-return]
    try:
        discover(found.issuer)
        view = OAuth2LoginView.adapter_view(OrganisationOAuth2Adapter(request, str(organisation_id)))
        return view(request)  # type: ignore[no-any-return]
    except Problem as problem:
        return _told(request, found, problem)


@never_cache
@require_safe
def callback(request: Any, organisation_id: UUID) -> HttpResponse:
    """Where the provider sends people back to."""
    found = _found(organisation_id)
    view = OAuth2CallbackView.adapter_view(OrganisationOAuth2Adapter(request, str(organisation_id)))
    try:
        return view(request)  # type: ignore[no-any-return]
    except Problem as problem:
        return _told(request, found, problem)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Any) -> HttpResponse:
    """To the provider of whatever organisation has the domain of one's address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found = enforcing.covering(form.cleaned_data["email"])
        if found is not None:
            onward = get_next_redirect_url(request) or ""
            return HttpResponseRedirect(enforcing.sign_on_url(found.organisation, onward=onward))
        form.add_error("email", _("No organisation signs people with such an address in. Sign in as usual."))
    return render(
        request, "account/organisation_find.html", {"form": form}, status=422 if form.errors else 200
    )


class RecoveryForm(LoginForm):
    user: User | None
    """A wrong password, no right to this and no second factor are all answered alike."""

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.user is not None and not enforcing.may_recover(self.user):
            self.user = None
            raise get_adapter().validation_error("email_password_mismatch")
        return cleaned


class RecoveryView(LoginView):
    """For owners whose organisation requires its provider when that fails: by password and second factor."""

    template_name = "account/organisation_recovery.html"

    def get_form_class(self) -> type[forms.Form]:
        return RecoveryForm

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.is_recovery = True
        answer: HttpResponse = super().form_valid(form)
        return answer


recover = RecoveryView.as_view()


def _found(organisation_id: UUID) -> SingleSignOn:
    found = single_sign_on_of(organisation_id)
    if found is None:
        raise Http404
    return found


def _door(request: Any, found: SingleSignOn) -> HttpResponse:
    go = reverse("go_to_organisation", args=[found.organisation.slug])
    context = {
        "single_sign_on": found,
        "of": found.organisation,
        "onward": get_next_redirect_url(request) or go,
    }
    response = render(request, "account/organisation_login.html", context)
    response.content_security = {"form-action": _anywhere()}  # type: ignore[attr-defined]
    return response


def _told(request: Any, found: SingleSignOn, problem: Problem) -> HttpResponse:
    context = {"single_sign_on": found, "of": found.organisation, "problem": problem.named(found.name)}
    return render(request, "account/organisation_problem.html", context, status=401)


def _anywhere() -> list[str]:
    """The form's answer leads to the provider, and that leads on to where it likes."""
    return ["'self'", "https:", *(["http:"] if settings.OCTAVO_PRIVATE_ADDRESSES else [])]
