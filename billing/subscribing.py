"""Every organisation has a plan from its first moment."""

from __future__ import annotations

from typing import Any

from billing.models import Plan, Subscription

FIRST_PLAN = "FREE"


def subscribe_new_organisation(*, organisation: Any, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_created`."""
    Subscription.objects.create(organisation=organisation, plan=Plan.objects.get(code=FIRST_PLAN))
