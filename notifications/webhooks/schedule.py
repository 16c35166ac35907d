"""When a delivery is tried again.

The waits are those that Standard Webhooks recommends (specification, "Retry schedule"), about three days in
all. A receiver that asks for more time by Retry-After gets it, up to a day.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

WAITS: Final[tuple[timedelta, ...]] = (  # after the first attempt, the second, …
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
LONGEST: Final = timedelta(hours=24)
JITTER: Final = 0.1  # of a wait, so that what failed together does not come back together


def next_attempt(*, attempts: int, now: datetime, retry_after: str = "") -> datetime | None:
    """When to try again after so many attempts; None where it is given up. `retry_after` is the header."""
    if attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * random.uniform(1, 1 + JITTER)
    return now + max(wait, _asked(retry_after, now))


def _asked(header: str, now: datetime) -> timedelta:
    """Seconds or a date (RFC 9110, section 10.2.3); nothing where it is neither."""
    text = header.strip()
    try:
        wait = timedelta(seconds=int(text)) if text.isascii() and text.isdigit() else _until(text) - now
    except (ValueError, OverflowError):
        return timedelta(0)
    return min(max(wait, timedelta(0)), LONGEST)


def _until(text: str) -> datetime:
    found = parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
