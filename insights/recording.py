"""Writing to the activity log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from insights.origin import origin
from tenants.context import current_or_none

if TYPE_CHECKING:
    from django.db.models import Model

    from insights.models import ActivityLog
    from tenants.accounts.models import User


def record(
    action: str, *, actor: User | None, resource: Model, details: Mapping[str, Any] | None = None
) -> ActivityLog:
    """Note that `actor` (None: the platform itself) did `action` to `resource`, in the organisation entered.

    One of `insights.actions.Action`; anything else raises ValueError. Part of the caller's transaction: what
    did not happen is not recorded.
    """
    from insights.actions import Action
    from insights.models import ActivityLog

    inside, here = current_or_none(), origin()
    return ActivityLog.objects.create(
        organisation_id=inside.organisation_id if inside else None,
        actor_id=actor.pk if actor else None,
        actor_name=actor.get_full_name()[:120] if actor else "",
        action=Action(action),
        resource_type=resource._meta.label_lower,
        resource_id=str(resource.pk),
        resource_name=str(resource)[:200],
        details=dict(details or {}),
        ip_address=here.ip_address,
        user_agent=here.user_agent,
        api_key=here.api_key,
    )
