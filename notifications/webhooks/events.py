"""Writing events: `emit` is what every room calls, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications.webhooks.catalogue import TEST, UnknownEvent, event_type
from notifications.webhooks.models import Delivery, Endpoint, EndpointState, Event
from tenants.context import current
from tenants.doorbell import enqueue

Data = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


def emit(kind: str, data: Data, *, organisation_id: UUID | None = None) -> Event | None:
    """Tell the organisation's endpoints of something, once the caller's transaction has committed.

    `kind` is a name of `catalogue.CATALOGUE` and `data` plain JSON with the fields of its example, or what
    makes them where that has to ask for more. The organisation is by default the one entered. One query, and
    no row, where no endpoint wants to hear of it; None then. Raises `UnknownEvent`.
    """
    example = event_type(kind).example
    of = organisation_id or current().organisation_id
    wants = Q(events=[]) | Q(events__contains=[kind])
    wanting = list(Endpoint.objects.filter(wants, organisation_id=of).only("id", "state", "organisation_id"))
    if not wanting:
        return None
    told = data() if callable(data) else data
    if told.keys() != example.keys():
        raise UnknownEvent(f"{kind} with {sorted(told)}")
    return _write(kind, told, organisation_id=of, to=wanting)


def emit_test(endpoint: Endpoint) -> Delivery:
    """A test for one endpoint, paused or not."""
    with transaction.atomic():
        event = _write(
            TEST, event_type(TEST).example, organisation_id=endpoint.organisation_id, to=[endpoint]
        )
        return event.deliveries.get()


def _write(kind: str, data: Mapping[str, Any], *, organisation_id: UUID, to: Iterable[Endpoint]) -> Event:
    now = timezone.now()
    with transaction.atomic():
        event = Event.objects.create(
            organisation_id=organisation_id, type=kind, data=dict(data), occurred_at=now
        )
        Delivery.objects.bulk_create(
            Delivery(
                organisation_id=organisation_id,
                endpoint=endpoint,
                event=event,
                next_attempt_at=now if endpoint.state == EndpointState.ENABLED else None,
            )
            for endpoint in to
        )
        enqueue("webhooks.dispatch")
    return event
