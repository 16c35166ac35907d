"""The second factor: how allauth's codes and passkeys behave here, and who should have one."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User

_PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_GOOD_FOR = (2 * app_settings.TOTP_TOLERANCE + 1) * app_settings.TOTP_PERIOD  # seconds


def has_second_factor(user: User) -> bool:
    """An app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=_PROVING).exists())


class MFAAdapter(DefaultMFAAdapter):
    """Passkeys are good for the platform's host, and what is kept of codes is kept encrypted."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.PUBLIC_HOST.partition(":")[0], "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """By the installation's key; by its former ones too while they are listed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    salted = ("tenants.accounts.second_factor:" + str(key) for key in keys)
    digests = (hashlib.sha256(key.encode()).digest() for key in salted)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class _Once(forms.Form):
    """A code of an app is good once, for as long as it is good at all; allauth remembers it for one step."""

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        by: Authenticator = self.authenticator  # type: ignore[attr-defined]
        used = f"second_factor.used:{by.pk}:{normalize_user_code(code)}"  # 123 456 is 123456
        if by.type == Authenticator.Type.TOTP and not cache.add(used, True, timeout=_GOOD_FOR):
            raise DefaultMFAAdapter().validation_error("incorrect_code")
        return code


class CodeForm(_Once, AuthenticateForm):
    pass


class CodeAgainForm(_Once, ReauthenticateForm):
    pass


class _WellFormed(forms.Form):
    """A credential that no browser would send is refused as any other wrong one."""

    def _clean_fields(self) -> None:
        try:
            super()._clean_fields()  # type: ignore[misc]
        except (KeyError, TypeError, AttributeError):
            self.add_error("credential", DefaultMFAAdapter().validation_error("incorrect_code"))


class PasskeyLoginForm(_WellFormed, LoginWebAuthnForm):
    pass


class PasskeyAuthenticateForm(_WellFormed, AuthenticateWebAuthnForm):
    pass


class PasskeyReauthenticateForm(_WellFormed, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AddWebAuthnForm):
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without my password"),
        help_text=_("It then asks for your fingerprint, your face or its PIN."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name to know it by")
