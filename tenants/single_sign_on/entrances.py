"""allauth's pages by which one signs in and up, and asks for a new password.

What is typed there is looked at first: an address that has to come through its organisation's provider is led
there, whether or not anybody has it.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.account.utils import passthrough_next_redirect_url
from django.http import HttpResponseBase
from django.urls import path, reverse

from tenants.single_sign_on.enforcing import led_round, sign_on_url
from tenants.single_sign_on.provider import single_sign_on_of


class _LedRound:
    address_field = "email"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        led = led_round(request, request.POST.get(self.address_field, ""))
        answer: HttpResponseBase = led or super().post(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class LoginView(_LedRound, views.LoginView):
    """With the way to an organisation's provider: this host's, or the one of whoever gives their address."""

    address_field = "login"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        here = self.request.organisation
        of_here = single_sign_on_of(here.id) if here else None
        onward = self.request.GET.get("next", "/")
        return {
            **super().get_context_data(**context),
            "single_sign_on": of_here,
            "single_sign_on_url": sign_on_url(of_here.organisation, path=onward) if of_here else "",
            "find_url": "" if here else _find_url(self.request),
        }


class SignupView(_LedRound, views.SignupView):
    pass


class PasswordResetView(_LedRound, views.PasswordResetView):
    pass


def _find_url(request: Any) -> str:
    found: str = passthrough_next_redirect_url(request, reverse("organisation_find"), "next")
    return found


urlpatterns = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("signup/", SignupView.as_view(), name="account_signup"),
    path("password/reset/", PasswordResetView.as_view(), name="account_reset_password"),
]
