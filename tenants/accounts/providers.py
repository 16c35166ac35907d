"""Signing in with an account of Google, Apple or another provider: what becomes of it here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tenants.accounts.models import User, UserManager
from tenants.signup import create_personal_organisation


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """An address that somebody has proven to the provider and that has an account here is not taken over.

        Its owner is asked to sign in and connect the two. For an address that is not proven the answer is the
        same whether or not it has an account: both get an e-mail.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        proven = [address.email for address in sociallogin.email_addresses if address.verified]
        if not any(filter_users_by_email(email) for email in proven):
            return
        messages.info(
            request,
            _("%(email)s has an account here already. Sign in as usual, then connect %(provider)s to it.")
            % {"email": proven[0], "provider": sociallogin.provider.name},
        )
        onward = urlencode({"next": reverse("socialaccount_connections")})
        raise ImmediateHttpResponse(redirect(f"{reverse('account_login')}?{onward}"))

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
        """The person, what they sign in with, and their organisation: all or nothing."""
        with transaction.atomic():
            user: User = super().save_user(request, sociallogin, form)
            create_personal_organisation(user=user)
        return user
