"""What the activity log tells of how people sign in and how organisations and people look."""

from __future__ import annotations

from typing import Any

from insights.actions import Action
from insights.recording import record
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered, in_public
from tenants.models import Organisation, SingleSignOn

_CHANGES = {
    "set": Action.SINGLE_SIGN_ON_SET,
    "required": Action.SINGLE_SIGN_ON_REQUIRED,
    "lifted": Action.SINGLE_SIGN_ON_LIFTED,
    "removed": Action.SINGLE_SIGN_ON_REMOVED,
}


def listen() -> None:
    signals.single_sign_on_changed.connect(single_sign_on_changed)
    signals.brand_changed.connect(brand_changed)
    signals.picture_changed.connect(picture_changed)


def single_sign_on_changed(
    *, organisation: Organisation, actor: User, single_sign_on: SingleSignOn, change: str, **signal: Any
) -> None:
    with entered(organisation):
        details = {"provider": single_sign_on.name}
        record(_CHANGES[change], actor=actor, resource=organisation, details=details)


def brand_changed(*, organisation: Organisation, actor: User, **signal: Any) -> None:
    with entered(organisation):
        details = {"accent": organisation.accent}
        record(Action.BRAND_CHANGED, actor=actor, resource=organisation, details=details)


def picture_changed(*, user: User, **signal: Any) -> None:
    """Of their account, which no organisation's log tells of."""
    with in_public():
        record(Action.PICTURE_CHANGED, actor=user, resource=user)
