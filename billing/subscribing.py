"""Every organisation has a plan from its first moment."""

from __future__ import annotations

from typing import Any

from billing.models import Subscription
from billing.plans import first_plan


def subscribe_new_organisation(*, organisation: Any, **signal: Any) -> None:
    """Receiver of `tenants.signals.organisation_created`."""
    Subscription.objects.create(organisation=organisation, plan=first_plan())
