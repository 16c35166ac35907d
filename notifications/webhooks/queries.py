"""What pages and the API show of endpoints and their deliveries."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from notifications.webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointState

RECENT: Final = timedelta(days=1)


class Health(StrEnum):
    """How an endpoint does."""

    PAUSED = "PAUSED"
    FAILING = "FAILING"
    GOOD = "GOOD"
    UNTRIED = "UNTRIED"


def health_of(endpoint: Endpoint) -> Health:
    if endpoint.state == EndpointState.PAUSED:
        return Health.PAUSED
    if endpoint.failing_since:
        return Health.FAILING
    return Health.GOOD if endpoint.last_success_at else Health.UNTRIED


def endpoints_of(organisation_id: UUID) -> QuerySet[Endpoint]:
    """Each with what became of the last day's deliveries: `delivered`, `failed` and `waiting`. One query."""
    recent = Q(deliveries__created_at__gte=timezone.now() - RECENT)
    waiting = Q(deliveries__status=DeliveryStatus.WAITING)
    return Endpoint.objects.filter(organisation_id=organisation_id).annotate(
        delivered=Count("deliveries", recent & Q(deliveries__status=DeliveryStatus.DELIVERED)),
        failed=Count("deliveries", recent & Q(deliveries__status=DeliveryStatus.FAILED)),
        waiting=Count("deliveries", recent & waiting),
    )


def deliveries_of(
    organisation_id: UUID, *, endpoint_id: UUID | None = None, status: str = "", event_type: str = ""
) -> QuerySet[Delivery]:
    """The newest first, with their events."""
    found = Delivery.objects.filter(organisation_id=organisation_id).select_related("event")
    if endpoint_id:
        found = found.filter(endpoint_id=endpoint_id)
    if status:
        found = found.filter(status=status)
    if event_type:
        found = found.filter(event__type=event_type)
    return found.order_by("-id")
