"""The days and months that something is counted in: those of the organisation's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from billing.models import EVER, Window


def today(*, time_zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(time_zone)).date()


def period(window: Window, day: date) -> date:
    """The first day of the window that `day` is in."""
    if window == Window.EVER:
        return EVER
    return day if window == Window.DAY else day.replace(day=1)


def renewed_on(window: Window, day: date) -> date | None:
    """The day on which the count starts anew; None is never."""
    if window == Window.EVER:
        return None
    if window == Window.DAY:
        return day + timedelta(days=1)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
