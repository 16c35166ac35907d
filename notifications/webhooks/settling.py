"""Writing down what became of an attempt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from notifications.webhooks import pausing
from notifications.webhooks.claiming import Claimed
from notifications.webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint, Reason
from notifications.webhooks.schedule import next_attempt
from notifications.webhooks.sending import Answer

GONE: Final = 410
PATIENCE: Final = timedelta(days=5)  # with an endpoint to which nothing could be delivered
_SELDOM: Final = timedelta(minutes=1)  # how often a success is written into the endpoint's row


def settle(claimed: Claimed, answer: Answer) -> None:
    """One transaction. A success counts whoever has the delivery by now, a failure only from its holder."""
    with transaction.atomic():
        row = Delivery.objects.filter(pk=claimed.delivery_id, status=DeliveryStatus.WAITING)
        if not answer.is_success:
            row = row.filter(claim=claimed.claim)
        if not row.update(**_outcome(claimed, answer)):
            return
        _log(claimed, answer)
        if answer.is_success:
            _note_success(claimed, answer.at)
        else:
            _note_failure(claimed, answer)


def _outcome(claimed: Claimed, answer: Answer) -> dict[str, Any]:
    known = {
        "leased_until": None,
        "claim": None,
        "attempts": claimed.attempts,
        "last_status": answer.status,
        "last_problem": answer.problem,
        "last_attempt_at": answer.at,
        "milliseconds": answer.milliseconds,
    }
    if answer.is_success:
        return {**known, "status": DeliveryStatus.DELIVERED, "next_attempt_at": None, "ended_at": answer.at}
    again_at = next_attempt(attempts=claimed.attempts, now=answer.at, retry_after=answer.retry_after)
    if again_at is None or answer.status == GONE:
        return {**known, "status": DeliveryStatus.FAILED, "next_attempt_at": None, "ended_at": answer.at}
    return {**known, "next_attempt_at": again_at}


def _log(claimed: Claimed, answer: Answer) -> None:
    Attempt.objects.create(
        delivery_id=claimed.delivery_id,
        url=claimed.url,
        status=answer.status,
        problem=answer.problem,
        answer=answer.body,
        milliseconds=answer.milliseconds,
        at=answer.at,
    )


def _note_success(claimed: Claimed, at: datetime) -> None:
    stale = Q(last_success_at=None) | Q(last_success_at__lt=at - _SELDOM) | Q(failing_since__isnull=False)
    Endpoint.objects.filter(stale, pk=claimed.endpoint_id).update(last_success_at=at, failing_since=None)


def _note_failure(claimed: Claimed, answer: Answer) -> None:
    endpoint = Endpoint.objects.filter(pk=claimed.endpoint_id)
    endpoint.filter(failing_since=None).update(failing_since=answer.at)
    if answer.status == GONE:
        pausing.pause_by_itself(endpoint_id=claimed.endpoint_id, reason=Reason.GONE)
    elif endpoint.filter(failing_since__lt=answer.at - PATIENCE).exists():
        pausing.pause_by_itself(endpoint_id=claimed.endpoint_id, reason=Reason.FAILING)
