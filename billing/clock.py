"""The one clock of billing: real time, but where the sandbox has been moved ahead of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone

_AHEAD: Final = "billing.clock.ahead"  # seconds, shared by all processes


def now() -> datetime:
    return timezone.now() + ahead()


def ahead() -> timedelta:
    """How far the sandbox's time is ahead of real time; nothing where real money moves."""
    if not getattr(settings, "PAYSTACK_SANDBOX", False):
        return timedelta()
    return timedelta(seconds=caches["shared"].get(_AHEAD, 0.0))


def set_ahead(by: timedelta) -> None:
    """Move the sandbox's time. Raises `ValueError` where there is no sandbox."""
    if not getattr(settings, "PAYSTACK_SANDBOX", False):
        raise ValueError("only the sandbox's time can be moved")
    caches["shared"].set(_AHEAD, by.total_seconds(), timeout=None)
