"""Paid periods, which begin and end on days that every month has.

Paystack charges on the 28th where a subscription was begun on one of the days after it. So whoever begins on
the 29th, 30th or 31st is given the days up to the first of the next month, and is charged on the first from
then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from billing.models import Interval

LAST_DAY: Final = 28  # that every month has
_MONTHS: Final = {Interval.MONTH: 1, Interval.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to `end`, which is no longer part of it."""

    start: datetime
    end: datetime


def first_period(*, begins: datetime, interval: str) -> Period:
    """The period of a new subscription: at least a whole interval, at most three days more."""
    return Period(begins, following(_anchored(begins), interval))


def next_period(*, after: datetime, interval: str) -> Period:
    """The period that begins when the last one ends."""
    return Period(after, following(_anchored(after), interval))


def following(moment: datetime, interval: str) -> datetime:
    """The same day and time a month or a year later. The day is at most the 28th."""
    months = moment.month - 1 + _MONTHS[Interval(interval)]
    return moment.replace(year=moment.year + months // 12, month=months % 12 + 1)


def _anchored(moment: datetime) -> datetime:
    while moment.day > LAST_DAY:
        moment += timedelta(days=1)
    return moment
