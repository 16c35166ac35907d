"""The e-mails of accounts (confirming, passwords, second factors), which allauth asks for, as our letters."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from notifications.emails import language_of
from notifications.letters import letter_to
from tenants.accounts.adapter import AccountAdapter
from tenants.accounts.devices import device_of
from tenants.accounts.models import User


class LetterWritingAdapter(AccountAdapter):
    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Allauth's, telling whose account it is: the address may be none of theirs any more."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """`template_prefix` is allauth's, such as "account/email/password_changed"."""
        address = email if isinstance(email, str) else email[0]
        user = _reader(context, address)
        here = get_language() or settings.LANGUAGE_CODE
        language = language_of(user, here) if user else here
        with override(language):
            told = {**context, **_circumstances(context, user), "email": address}
        template = template_prefix.replace("/email/", "_")
        return letter_to(address, template=template, language=language, context=told, headers=headers)


def _reader(context: dict[str, Any], address: str) -> User | None:
    """Whose account it is. None where there is none, or where an answer must not tell whether there is."""
    user = context.get("user")
    return user if isinstance(user, User) else User.objects.filter(email=address.lower()).first()


def _circumstances(context: dict[str, Any], user: User | None) -> dict[str, Any]:
    """Who is greeted, and when, from where and with what the account was changed."""
    path = reverse("account_reset_password", urlconf=settings.PLATFORM_URLCONF)
    told: dict[str, Any] = {
        "reader": user.get_short_name() if user else "",
        "security_url": settings.PUBLIC_URL + path,
        "account": True,
        "device": device_of(context.get("user_agent") or ""),
    }
    if provider := context.get("provider"):
        told["provider"] = getattr(provider, "name", provider)
    if moment := context.get("timestamp"):
        local = timezone.localtime(moment, ZoneInfo(user.time_zone) if user else None)
        told["day"] = date_format(local, "DATETIME_FORMAT")
    return told
