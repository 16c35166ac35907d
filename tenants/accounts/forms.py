"""Signing up: allauth's form with a name, saved together with the organisation that comes with it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.db import transaction
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.organisations.signup import create_personal_organisation

gettext_noop("Email")  # allauth's label: marked here, our catalogue words it as the rest of the product does


class SignupForm(AllauthSignupForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def save(self, request: Any) -> User:
        """The person, their e-mail address and their organisation: all or nothing."""
        _forget_other_address(request, self.cleaned_data["email"])
        with transaction.atomic():
            user: User = super().save(request)
            user.name = self.cleaned_data["name"].strip()
            user.language = get_language() or ""
            user.save(update_fields=["name", "language"])
            create_personal_organisation(user=user)
        return user


def _forget_other_address(request: Any, email: str) -> None:
    """An invitation proves the address that it was sent to, and no other that somebody signs up with."""
    proven = request.session.get("account_verified_email")
    if proven and proven.lower() != email.lower():
        del request.session["account_verified_email"]
