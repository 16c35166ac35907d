"""Delivering again what was delivered, or given up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications.webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointState
from tenants.doorbell import enqueue
from tenants.models import Membership
from tenants.people import members
from tenants.signals import webhook_changed

_FREE: Final = Q(leased_until=None)  # nobody is at it just now


def replay(*, delivery_id: UUID, by: Membership) -> Delivery:
    """Once more from the beginning, or at once where it waits for its next attempt.

    Raises `NotAllowed`, `Delivery.DoesNotExist`.
    """
    with transaction.atomic():
        by = members.running(by)
        known = Delivery.objects.select_related("endpoint").filter(organisation_id=by.organisation_id)
        delivery = known.get(pk=delivery_id)
        _begin_again(Delivery.objects.filter(_FREE, pk=delivery.pk), delivery.endpoint)
        _tell(delivery.endpoint, by)
    delivery.refresh_from_db()
    return delivery


def replay_failed(*, endpoint_id: UUID, since: datetime, by: Membership) -> int:
    """All of an endpoint's that failed since then; how many. Raises `NotAllowed`, `Endpoint.DoesNotExist`."""
    with transaction.atomic():
        by = members.running(by)
        endpoint = Endpoint.objects.get(pk=endpoint_id, organisation_id=by.organisation_id)
        failed = Delivery.objects.filter(endpoint=endpoint, status=DeliveryStatus.FAILED, ended_at__gte=since)
        if number := _begin_again(failed, endpoint):
            _tell(endpoint, by)
    return number


def _begin_again(rows: QuerySet[Delivery], endpoint: Endpoint) -> int:
    """To be held where the endpoint is paused."""
    at = timezone.now() if endpoint.state == EndpointState.ENABLED else None
    again: dict[str, Any] = {"status": DeliveryStatus.WAITING, "attempts": 0, "ended_at": None}
    number: int = rows.update(next_attempt_at=at, **again)
    enqueue("webhooks.dispatch")
    return number


def _tell(endpoint: Endpoint, by: Membership) -> None:
    webhook_changed.send(
        None, organisation=by.organisation, actor=by.user, endpoint=endpoint, change="replayed"
    )
