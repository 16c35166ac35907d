"""Events about members: receivers of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit
from tenants import signals
from tenants.models import Membership, Role


def listen() -> None:
    signals.member_joined.connect(tell_of_arrival)
    signals.member_gone.connect(tell_of_departure)
    signals.member_role_changed.connect(tell_of_role)


def tell_of_arrival(*, membership: Membership, **signal: Any) -> None:
    emit("member.joined", _told(membership), organisation_id=membership.organisation_id)


def tell_of_departure(*, membership: Membership, **signal: Any) -> None:
    emit("member.removed", _told(membership), organisation_id=membership.organisation_id)


def tell_of_role(*, membership: Membership, before: Role, **signal: Any) -> None:
    data = {**_told(membership), "before": Role(before).value}
    emit("member.role_changed", data, organisation_id=membership.organisation_id)


def _told(membership: Membership) -> dict[str, Any]:
    """Neither name nor address: what is sent away can never be called back."""
    member_id = str(membership.pk)
    return {"id": member_id, "role": str(membership.role), "url": api_url(f"members/{member_id}/")}
