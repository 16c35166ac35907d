"""What the activity log tells of webhooks: a receiver of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from insights.recording import record
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation


def listen() -> None:
    signals.webhook_changed.connect(changed)


def changed(*, organisation: Organisation, actor: User, endpoint: Model, change: str, **signal: Any) -> None:
    with entered(organisation):
        record(f"webhook.{change}", actor=actor, resource=endpoint)
