"""What gateways tell us: stored once, answered at once, worked through afterwards.

The rows are billing's own durable steps (the runner of `jobs` is above it): claimed for a while with SKIP
LOCKED, worked on outside any transaction, tried again later where that failed. An event only says what to
look at, so neither its order nor its number matters.
"""

from __future__ import annotations

import hashlib
import logging
import random
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from billing import reconciling
from billing.gateways.contract import Event, Gateway, Topic
from billing.gateways.registry import gateway_named
from billing.models import EventStatus, GatewayEvent
from billing.subscriptions.locking import Busy
from tenants.doorbell import enqueue

CLAIMED_FOR: Final = timedelta(minutes=5)  # after which whoever claimed an event counts as dead
ATTEMPTS: Final = 12  # over about a day and a half, then it waits for a person
FIRST_PAUSE: Final = timedelta(seconds=30)  # doubled after each attempt
LONGEST_PAUSE: Final = timedelta(hours=6)
WHILE_BUSY: Final = timedelta(seconds=2)  # somebody else looks at the same thing just now

logger = logging.getLogger(__name__)


def store(*, gateway: Gateway, read: Event, body: bytes) -> GatewayEvent:
    """Keep a genuine message (`gateway.read_event` has read it) and ring for the work that it makes.

    The same body is the same event: it is counted, and makes no second work.
    """
    digest = hashlib.sha256(body).hexdigest()
    if (known := _count_again(gateway, digest)) is not None:
        return known
    status = EventStatus.IGNORED if read.topic is Topic.OTHER else EventStatus.RECEIVED
    try:
        with transaction.atomic():
            event = GatewayEvent.objects.create(
                gateway=gateway.name,
                test_mode=gateway.test_mode,
                digest=digest,
                name=read.name,
                body=body.decode(),
                status=status,
            )
            if status == EventStatus.RECEIVED:
                enqueue("billing.work_through_events")
    except IntegrityError:  # its twin came at the same moment
        event = _count_again(gateway, digest) or GatewayEvent.objects.get(gateway=gateway.name, digest=digest)
    return event


def work_through(*, most: int = 500) -> int:
    """Work on events that are due, one after another; how many there were. Any number may do so at once."""
    done = 0
    while done < most and (event := _claim()) is not None:
        _work_on(event)
        done += 1
    return done


def try_again(*, event_id: UUID) -> bool:
    """Take up an event again that was given up, or was of no concern; False where it is not such a one."""
    waiting = {"status": EventStatus.RECEIVED, "attempts": 0, "error": "", "next_attempt_at": timezone.now()}
    given_up = GatewayEvent.objects.filter(pk=event_id, status__in=(EventStatus.FAILED, EventStatus.IGNORED))
    taken_up = bool(given_up.update(**waiting, processed_at=None))
    if taken_up:
        enqueue("billing.work_through_events")
    return taken_up


def _count_again(gateway: Gateway, digest: str) -> GatewayEvent | None:
    known = GatewayEvent.objects.filter(gateway=gateway.name, digest=digest)
    return known.get() if known.update(times_received=F("times_received") + 1) else None


def _claim() -> GatewayEvent | None:
    """The event that has waited longest, for `CLAIMED_FOR`; none where all that is due is claimed."""
    now = timezone.now()
    due = Q(status=EventStatus.RECEIVED, next_attempt_at__lte=now)
    with transaction.atomic():
        rows = GatewayEvent.objects.filter(due).select_for_update(skip_locked=True, no_key=True)
        event = rows.order_by("next_attempt_at").first()
        if event is not None:
            event.attempts += 1
            event.next_attempt_at = now + CLAIMED_FOR
            event.save(update_fields=["attempts", "next_attempt_at"])
    return event


def _work_on(event: GatewayEvent) -> None:
    try:
        concerned = reconciling.handle_event(event=event, read=_read_again(event))
    except Busy:
        logger.info("event waits for another", extra={"event": str(event.pk)})
        _put_back(event, WHILE_BUSY, attempts=event.attempts - 1)
    except Exception as error:
        logger.warning("event not worked through", extra={"event": str(event.pk)}, exc_info=True)
        _note_failure(event, f"{type(error).__name__}: {error}")
    else:
        _settle(event, EventStatus.DONE if concerned else EventStatus.IGNORED)


def _read_again(event: GatewayEvent) -> Event:
    """Its seal was checked when it came, and the key may have changed since."""
    return gateway_named(event.gateway).read_stored(body=event.body.encode())


def _note_failure(event: GatewayEvent, error: str) -> None:
    if event.attempts >= ATTEMPTS:
        logger.error("event given up", extra={"event": str(event.pk), "event_name": event.name})
        _settle(event, EventStatus.FAILED, error=error)
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (event.attempts - 1))
    _put_back(event, pause, attempts=event.attempts, error=error)


def _put_back(event: GatewayEvent, pause: timedelta, *, attempts: int, error: str = "") -> None:
    later = timezone.now() + pause * random.uniform(0.8, 1.2)
    _update(event, next_attempt_at=later, attempts=attempts, error=error[:500])


def _settle(event: GatewayEvent, status: EventStatus, *, error: str = "") -> None:
    _update(event, status=status, processed_at=timezone.now(), error=error[:500])


def _update(event: GatewayEvent, **fields: object) -> None:
    """Only whoever still has the claim may say what became of it."""
    GatewayEvent.objects.filter(
        pk=event.pk, status=EventStatus.RECEIVED, next_attempt_at=event.next_attempt_at
    ).update(**fields)
