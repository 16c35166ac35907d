"""allauth's pages by which one signs in and up, and asks for a new password. What is typed there is looked at
first: an address that has to come through its organisation's provider is led there, whether or not anybody has it.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.http import HttpResponseBase
from django.urls import path

from tenants.single_sign_on.enforcing import led_round


class _LedRound:
    address_field = "email"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        led = led_round(request, request.POST.get(self.address_field, ""))
        answer: HttpResponseBase = led or super().post(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class LoginView(_LedRound, views.LoginView):
    address_field = "login"


class SignupView(_LedRound, views.SignupView):
    pass


class PasswordResetView(_LedRound, views.PasswordResetView):
    pass


urlpatterns = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("signup/", SignupView.as_view(), name="account_signup"),
    path("password/reset/", PasswordResetView.as_view(), name="account_reset_password"),
]
