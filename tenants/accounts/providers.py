"""Signing in with an account of Google, Apple or another provider: what becomes of it here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tenants.accounts.models import User, UserManager
from tenants.organisations.signup import create_personal_organisation
from tenants.single_sign_on import arriving, enforcing
from tenants.single_sign_on.problems import Problem
from tenants.single_sign_on.provider import OrganisationProvider, app_of


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """An address that somebody has proven to the provider and that has an account here is not taken over.

        Its owner is asked to sign in and connect the two. For an address that is not proven the answer is the
        same whether or not it has an account: both get an e-mail.
        """
        if arriving.is_of_organisation(sociallogin):
            return arriving.check(sociallogin)
        self._lead_round(request, sociallogin)
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return None
        proven = [address.email for address in sociallogin.email_addresses if address.verified]
        if not any(filter_users_by_email(email) for email in proven):
            return None
        messages.info(
            request,
            _("%(email)s has an account here already. Sign in as usual, then connect %(provider)s to it.")
            % {"email": proven[0], "provider": sociallogin.provider.name},
        )
        onward = urlencode({"next": reverse("socialaccount_connections")})
        raise ImmediateHttpResponse(redirect(f"{reverse('account_login')}?{onward}"))

    def _lead_round(self, request: Any, sociallogin: Any) -> None:
        """An address that has to come through its organisation's provider comes by no other."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        for address in sociallogin.email_addresses:
            if answer := enforcing.led_round(request, address.email):
                raise ImmediateHttpResponse(answer)

    def list_apps(
        self, request: Any, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        app = app_of(provider)
        return [app] if app else super().list_apps(request, provider=provider, client_id=client_id)

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """By their address people are known to the provider of their own organisation alone."""
        return arriving.account_of(sociallogin) if arriving.is_of_organisation(sociallogin) else None

    def on_authentication_error(
        self, request: Any, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """For an organisation's provider, told in words by the view that called allauth's."""
        if not isinstance(provider, OrganisationProvider):
            return
        if error == AuthError.CANCELLED:
            raise Problem("refused")
        raise Problem("answer" if exception or "state" in (extra_context or {}) else "stale")

    def new_user(self, request: Any, sociallogin: Any) -> User:
        user: User = super().new_user(request, sociallogin)
        user.created_at = (
            timezone.now()
        )  # the session keeps it meanwhile: the database's default is not said there
        return user

    def populate_user(self, request: Any, sociallogin: Any, data: Any) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part)).strip()[:120]
        user.email = UserManager.normalize_email(user.email)
        user.language = get_language() or ""
        return user

    def save_user(self, request: Any, sociallogin: Any, form: SignupForm | None = None) -> User:
        """The person, what they sign in with, and their organisation: all or nothing.

        Whom an organisation's own provider sends has that one, and no other until they make one.
        """
        with transaction.atomic():
            user: User = super().save_user(request, sociallogin, form)
            if not arriving.is_of_organisation(sociallogin):
                create_personal_organisation(user=user)
        return user
