"""How many calls a minute a plan allows to all keys of an organisation together, from memory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from billing.models import Subscription
from tenants.context import in_public
from tenants.memory import Memory

_memory: Memory[int] = Memory("billing.calls", of_whom=lambda organisation_id, _rate: [organisation_id])


def per_minute(organisation_id: UUID) -> int:
    """By `OCTAVO_API_RATES`; of another plan than at most half a minute ago."""
    found = _memory.remembered(organisation_id, lambda: _look_up(organisation_id))
    return found or settings.OCTAVO_API_RATES[""]


def forget_changed(*, instance: Subscription, **signal: Any) -> None:
    """Receiver of changes to subscriptions."""
    changed = instance.organisation_id
    transaction.on_commit(lambda: _memory.forget(changed))


def _look_up(organisation_id: UUID) -> int | None:
    with in_public():
        subscribed = Subscription.objects.filter(organisation_id=organisation_id)
        code = subscribed.values_list("plan__code", flat=True).first()
    return settings.OCTAVO_API_RATES.get(code or "")
