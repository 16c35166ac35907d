"""Who is told that a key of the API expires soon: receiver of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from notifications.models import Kind
from notifications.notifying import notify
from tenants import signals
from tenants.accounts.models import User
from tenants.api_keys.models import ApiKey
from tenants.context import entered
from tenants.models import Organisation, Role


def listen() -> None:
    signals.api_key_expiring.connect(tell_of_expiry)


def tell_of_expiry(*, organisation: Organisation, key: ApiKey, **signal: Any) -> None:
    """The member for whom it acts, and the owners."""
    ends_at = key.expires_at.isoformat() if key.expires_at else ""
    data = {"name": key.name, "ends_at": ends_at, "path": f"/organisation/keys/{key.pk}/"}
    told = Q(memberships__role=Role.OWNER) | Q(memberships=key.membership_id)
    people = User.objects.filter(told, memberships__organisation=organisation).distinct()
    with entered(organisation):
        for user in people.order_by("pk"):
            notify(user, Kind.KEY_EXPIRING, data)
