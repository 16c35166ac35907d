"""Proration: what a part of a period is worth, to the second and to the minor unit.

The rest of a period from the moment t on is worth

    rest(t) = amount * (end - t) / (end - start), rounded half up to a whole minor unit,

nothing after the end and all of it before the start. The part from s to t is worth rest(s) - rest(t), so that
the parts of a period, however it is cut, always add up to its amount and never to more. An upgrade costs the
rest on the larger plan less the rest on the smaller one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from billing.subscriptions.periods import Period

_SECOND: Final = timedelta(seconds=1)


def rest(*, amount_minor: int, period: Period, at: datetime) -> int:
    """What the period is worth from `at` on, of an amount that is not negative."""
    left = min(max(period.end - at, timedelta()), period.end - period.start) // _SECOND
    whole = (period.end - period.start) // _SECOND
    return (2 * amount_minor * left + whole) // (2 * whole)


def part(*, amount_minor: int, period: Period, since: datetime, until: datetime) -> int:
    """What the period is worth from `since` up to `until`, which is not before it."""
    return rest(amount_minor=amount_minor, period=period, at=since) - rest(
        amount_minor=amount_minor, period=period, at=until
    )
