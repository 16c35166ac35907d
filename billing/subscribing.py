"""Every organisation has a plan from its first moment."""

from __future__ import annotations

from typing import Any

from billing.models import Subscription
from billing.plans import first_plan, offered_plan


def subscribe_new_organisation(*, organisation: Any, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_created`."""
    Subscription.objects.create(organisation=organisation, plan=first_plan())


def subscribe_imported_organisation(*, organisation: Any, plan: str, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_imported`: what was paid elsewhere is not paid here."""
    chosen = offered_plan(plan) if plan else first_plan()
    Subscription.objects.create(organisation=organisation, plan=chosen)
