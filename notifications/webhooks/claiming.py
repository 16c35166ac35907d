"""Taking deliveries to work on, each for a short while: whoever dies leaves them to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from notifications.webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointState
from notifications.webhooks.signing import body_of, secrets_of
from tenants.models import OrganisationStatus
from tenants.sealing import CannotOpen

LEASE: Final = timedelta(seconds=25)  # longer than a request with its deadline, and what is written after it
AT_ONCE: Final = 8  # to one endpoint
AT_ONCE_FOR_ONE: Final = 24  # to all endpoints of one organisation


@dataclass(frozen=True, slots=True)
class Claimed:
    """All that sending needs, so that it asks no database. `secrets` are open, `attempts` are with this one.

    An attempt counts when it is settled: a dispatcher that dies uses up none.
    """

    delivery_id: UUID
    endpoint_id: UUID
    organisation_id: UUID
    claim: UUID
    attempts: int
    url: str
    webhook_id: str
    body: bytes
    secrets: tuple[str, ...]


def claim(*, room: int) -> list[Claimed]:
    """Up to `room` deliveries that are due, of the endpoints that have waited longest for their turn."""
    claimed: list[Claimed] = []
    while room > len(claimed):
        found = _claim_of_one(room - len(claimed))
        if not found:
            break
        claimed += found
    return claimed


def _claim_of_one(room: int) -> list[Claimed]:
    """Some of one endpoint's, which nobody else claims from meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        endpoint = _next_endpoint(now)
        if endpoint is None:
            return []
        flying = _flying(now)
        busy = flying.filter(endpoint=endpoint).count()
        busy_for_one = flying.filter(organisation_id=endpoint.organisation_id).count()
        most = min(room, AT_ONCE - busy, AT_ONCE_FOR_ONE - busy_for_one)
        Endpoint.objects.filter(pk=endpoint.pk).update(served_at=now)
        if most <= 0:
            return []
        rows = _due(now).filter(endpoint=endpoint).order_by("next_attempt_at")
        return _leased(list(rows.select_related("event")[:most]), endpoint, now)


def _next_endpoint(now: datetime) -> Endpoint | None:
    flying = _flying(now)
    of_endpoint = _number_of(flying.filter(endpoint=OuterRef("pk")))
    of_organisation = _number_of(flying.filter(organisation=OuterRef("organisation")))
    waiting = Endpoint.objects.filter(
        Exists(_due(now).filter(endpoint=OuterRef("pk"))),
        state=EndpointState.ENABLED,
        organisation__status=OrganisationStatus.ACTIVE,  # what is closed or suspended sends nothing
    )
    waiting = waiting.annotate(busy=of_endpoint, busy_for_one=of_organisation)
    waiting = waiting.filter(busy__lt=AT_ONCE, busy_for_one__lt=AT_ONCE_FOR_ONE)
    return (
        waiting.order_by("served_at").select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
    )


def _due(now: datetime) -> QuerySet[Delivery]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Delivery.objects.filter(free, status=DeliveryStatus.WAITING, next_attempt_at__lte=now)


def _flying(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(leased_until__gte=now)


def _number_of(rows: QuerySet[Delivery]) -> Any:
    """Without the grouping that an aggregate would bring, so that none is 0."""
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(number=number).values("number"))


def _leased(rows: list[Delivery], endpoint: Endpoint, now: datetime) -> list[Claimed]:
    mark = uuid4()
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(leased_until=now + LEASE, claim=mark)
    try:
        secrets = tuple(secrets_of(endpoint, now=now))
    except CannotOpen:  # the key that sealed it is gone: told as a failure, the secret can be rotated
        secrets = ()
    return [
        Claimed(
            delivery_id=row.pk,
            endpoint_id=endpoint.pk,
            organisation_id=endpoint.organisation_id,
            claim=mark,
            attempts=row.attempts + 1,
            url=endpoint.url,
            webhook_id=row.event.webhook_id,
            body=body_of(row.event),
            secrets=secrets,
        )
        for row in rows
    ]
