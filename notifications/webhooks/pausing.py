"""Endpoints that take nothing for a while: what happens meanwhile is held for them."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from notifications.models import Kind
from notifications.notifying import notify
from notifications.webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointState, Reason
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Role


def pause(*, endpoint_id: UUID, reason: Reason) -> bool:
    """Hold back everything that waits; False where it is paused already. Part of the caller's transaction."""
    enabled = Endpoint.objects.filter(pk=endpoint_id, state=EndpointState.ENABLED)
    if not enabled.update(state=EndpointState.PAUSED, paused_because=reason, updated_at=timezone.now()):
        return False
    _waiting(endpoint_id).update(next_attempt_at=None)
    return True


def resume(*, endpoint_id: UUID) -> bool:
    """Send what was held, and whatever comes; False where it is on already."""
    paused = Endpoint.objects.filter(pk=endpoint_id, state=EndpointState.PAUSED)
    on = {"state": EndpointState.ENABLED, "paused_because": "", "failing_since": None}
    if not paused.update(**on, updated_at=timezone.now()):
        return False
    _waiting(endpoint_id).filter(next_attempt_at=None).update(next_attempt_at=timezone.now(), attempts=0)
    return True


def pause_by_itself(*, endpoint_id: UUID, reason: Reason) -> None:
    """Pause, and tell the organisation's owners."""
    if pause(endpoint_id=endpoint_id, reason=reason):
        _tell_owners(Endpoint.objects.select_related("organisation").get(pk=endpoint_id))


def _tell_owners(endpoint: Endpoint) -> None:
    data = {
        "host": urlsplit(endpoint.url).hostname,
        "reason": endpoint.paused_because,
        "since": endpoint.failing_since.isoformat() if endpoint.failing_since else "",
        "path": f"/organisation/webhooks/{endpoint.pk}/",
    }
    owners = User.objects.filter(
        memberships__organisation=endpoint.organisation_id, memberships__role=Role.OWNER
    )
    with entered(endpoint.organisation):
        for owner in owners.order_by("pk"):
            notify(owner, Kind.WEBHOOK_PAUSED, data)


def _waiting(endpoint_id: UUID) -> QuerySet[Delivery]:
    return Delivery.objects.filter(endpoint_id=endpoint_id, status=DeliveryStatus.WAITING)
