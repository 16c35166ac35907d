"""What the activity log tells of API keys: receivers of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from insights.actions import Action
from insights.recording import record
from tenants import signals
from tenants.accounts.models import User
from tenants.api_keys.models import ApiKey
from tenants.context import entered
from tenants.models import Organisation


def listen() -> None:
    signals.api_key_made.connect(made)
    signals.api_key_rotated.connect(rotated)
    signals.api_key_revoked.connect(revoked)


def made(*, organisation: Organisation, actor: User, key: ApiKey, **signal: Any) -> None:
    more = {"scopes": key.scopes, "expires_at": key.expires_at.isoformat() if key.expires_at else ""}
    _note(Action.API_KEY_MADE, organisation, actor, key, more)


def rotated(*, organisation: Organisation, actor: User, key: ApiKey, before: ApiKey, **signal: Any) -> None:
    retires_at = before.retires_at.isoformat() if before.retires_at else ""
    _note(
        Action.API_KEY_ROTATED, organisation, actor, key, {"before": before.prefix, "retires_at": retires_at}
    )


def revoked(*, organisation: Organisation, actor: User, key: ApiKey, reason: str = "", **signal: Any) -> None:
    _note(Action.API_KEY_REVOKED, organisation, actor, key, {"reason": reason} if reason else None)


def _note(
    action: Action,
    organisation: Organisation,
    actor: User,
    key: ApiKey,
    more: dict[str, Any] | None = None,
) -> None:
    with entered(organisation):
        record(action, actor=actor, resource=key, details={"prefix": key.prefix, **(more or {})})
