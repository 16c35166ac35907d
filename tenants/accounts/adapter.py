"""How allauth behaves here: where people sign up, and where they go once they are signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.single_sign_on import enforcing

SLOWER = 60  # seconds after which another attempt is worth it


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong attempts. Try again in five minutes."),
    }

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """Wrong passwords are counted for the account: on another host nobody begins anew."""
        return f"{settings.PUBLIC_HOST}:{credentials.get('email', '').lower()}"

    def pre_login(self, request: Any, user: Any, **login: Any) -> HttpResponse | None:
        """Whoever has to come through their organisation's provider is led there, however they came."""
        answer: HttpResponse | None = super().pre_login(request, user, **login)
        return answer or enforcing.refusal_to_sign_in(request, user)

    def can_delete_email(self, email_address: Any) -> bool:
        """Not the one by which an organisation's provider is required: that would be a way round it."""
        required = email_address.verified and enforcing.required_for(email_address.email)
        return not required and bool(super().can_delete_email(email_address))

    def is_open_for_signup(self, request: Any) -> bool:
        """On the platform's host, where a new person gets an organisation of their own."""
        return request.organisation is None

    def get_login_redirect_url(self, request: Any) -> str:
        if request.organisation is not None:
            return str(settings.LOGIN_REDIRECT_URL)
        if request.user.is_platform_staff and not request.user.memberships.exists():
            return "/console/"
        return str(settings.PLATFORM_LOGIN_REDIRECT_URL)

    def get_signup_redirect_url(self, request: Any) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        if self.request.user.is_authenticated:
            return self.get_login_redirect_url(self.request)
        return reverse("account_login")


def slower_please(request: Any) -> HttpResponse:
    """The answer to whoever has made too many attempts (RFC 6585, section 4)."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(SLOWER)
    return response
