"""What the activity log tells of accounts: receivers of allauth's and Django's signals, and of ours.

Signing in and out belongs to the organisation on whose host it was; everything else to the account alone, so
that no organisation sees it, whatever host it was done on.
"""

from __future__ import annotations

from typing import Any

from insights.actions import Action
from insights.recording import record
from tenants.accounts.models import User
from tenants.context import current_or_none, in_public


def listen() -> None:
    from allauth.account import signals as account
    from allauth.mfa import signals as mfa
    from allauth.socialaccount import signals as social
    from django.contrib.auth.signals import user_logged_in, user_logged_out

    from tenants import signals

    account.user_signed_up.connect(signed_up)
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    account.password_changed.connect(password_changed)
    account.password_set.connect(password_changed)
    account.password_reset.connect(password_reset)
    account.email_added.connect(email_added)
    account.email_confirmed.connect(email_confirmed)
    account.email_changed.connect(email_changed)
    account.email_removed.connect(email_removed)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)
    mfa.authenticator_reset.connect(factor_added)
    social.social_account_added.connect(provider_connected)
    social.social_account_removed.connect(provider_disconnected)
    signals.sessions_ended.connect(sessions_ended)


def signed_up(*, user: User, **signal: Any) -> None:
    record(Action.SIGNED_UP, actor=user, resource=user)


def signed_in(*, user: User, **signal: Any) -> None:
    """On the platform's host outside any organisation, on an organisation's within it."""
    _note_at_host(Action.SIGNED_IN, user)


def signed_out(*, user: User | None, **signal: Any) -> None:
    """Unless there is nobody any more, because the account was deleted."""
    if user is not None and User.objects.filter(pk=user.pk).exists():
        _note_at_host(Action.SIGNED_OUT, user)


def sessions_ended(*, user: User, devices: list[str], **signal: Any) -> None:
    if devices:
        _note(Action.SESSION_ENDED, user, device=devices[0], count=len(devices))


def password_changed(*, user: User, **signal: Any) -> None:
    _note(Action.PASSWORD_CHANGED, user)


def password_reset(*, user: User, **signal: Any) -> None:
    _note(Action.PASSWORD_RESET, user)


def email_added(*, user: User, email_address: Any, **signal: Any) -> None:
    _note(Action.EMAIL_ADDED, user, email=email_address.email)


def email_confirmed(*, email_address: Any, **signal: Any) -> None:
    _note(Action.EMAIL_CONFIRMED, email_address.user, email=email_address.email)


def email_changed(*, user: User, to_email_address: Any, **signal: Any) -> None:
    _note(Action.EMAIL_CHANGED, user, email=to_email_address.email)


def email_removed(*, user: User, email_address: Any, **signal: Any) -> None:
    _note(Action.EMAIL_REMOVED, user, email=email_address.email)


def factor_added(*, user: User, authenticator: Any, **signal: Any) -> None:
    kinds = authenticator.Type
    if authenticator.type == kinds.WEBAUTHN:
        _note(Action.PASSKEY_ADDED, user, passkey=authenticator.wrap().name)
    elif authenticator.type == kinds.TOTP:
        _note(Action.FACTOR_ADDED, user)
    else:
        _note(Action.RECOVERY_CODES_MADE, user)


def factor_removed(*, user: User, authenticator: Any, **signal: Any) -> None:
    """Recovery codes go with the last factor: that is no line of its own."""
    kinds = authenticator.Type
    if authenticator.type == kinds.WEBAUTHN:
        _note(Action.PASSKEY_REMOVED, user, passkey=authenticator.wrap().name)
    elif authenticator.type == kinds.TOTP:
        _note(Action.FACTOR_REMOVED, user)


def provider_connected(*, sociallogin: Any, **signal: Any) -> None:
    _note(Action.PROVIDER_CONNECTED, sociallogin.user, provider=sociallogin.provider.name)


def provider_disconnected(*, socialaccount: Any, **signal: Any) -> None:
    _note(Action.PROVIDER_DISCONNECTED, socialaccount.user, provider=socialaccount.get_provider().name)


def _note_at_host(action: Action, user: User) -> None:
    """An organisation is told of its own people alone, not of strangers who try its host."""
    inside = current_or_none()
    if inside and not user.memberships.filter(organisation_id=inside.organisation_id).exists():
        _note(action, user)
    else:
        record(action, actor=user, resource=user)


def _note(action: Action, user: User, **details: Any) -> None:
    with in_public():
        record(action, actor=user, resource=user, details=details)
