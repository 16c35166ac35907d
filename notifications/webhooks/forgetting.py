"""Deliveries are kept for a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from notifications.webhooks.models import Attempt, Delivery, Event

KEPT: Final = timedelta(days=30)
_AT_ONCE: Final = 2000


def forget_old() -> int:
    """Delete events from before, with their deliveries, waiting or not; how many events."""
    before, gone = timezone.now() - KEPT, 0
    while ids := list(Event.objects.filter(occurred_at__lt=before).values_list("pk", flat=True)[:_AT_ONCE]):
        Attempt.objects.filter(delivery__event__in=ids).delete()
        Delivery.objects.filter(event__in=ids).delete()
        gone += Event.objects.filter(pk__in=ids).delete()[0]
    return gone
