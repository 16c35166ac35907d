"""What the activity log tells of signing up and in: receivers of allauth's and Django's signals."""

from __future__ import annotations

from typing import Any

from insights.actions import Action
from insights.recording import record
from tenants.accounts.models import User


def listen() -> None:
    from allauth.account.signals import user_signed_up
    from django.contrib.auth.signals import user_logged_in

    user_signed_up.connect(signed_up)
    user_logged_in.connect(signed_in)


def signed_up(*, user: User, **signal: Any) -> None:
    record(Action.SIGNED_UP, actor=user, resource=user)


def signed_in(*, user: User, **signal: Any) -> None:
    """On the platform's host outside any organisation, on an organisation's within it."""
    record(Action.SIGNED_IN, actor=user, resource=user)
