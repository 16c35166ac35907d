"""Parts of a period add up to its price, to the minor unit, however it is cut."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from billing.subscriptions.periods import Period, first_period
from billing.subscriptions.proration import part, rest

APRIL = Period(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(1, 30_00), (2, 29_00), (16, 15_00), (30, 1_00)],
)
def test_rest_is_in_proportion_to_time(day: int, expected: int) -> None:
    assert rest(amount_minor=30_00, period=APRIL, at=APRIL.start.replace(day=day)) == expected


def test_rest_is_rounded_half_up() -> None:
    middle = APRIL.start + (APRIL.end - APRIL.start) / 2
    assert rest(amount_minor=1, period=APRIL, at=middle) == 1
    assert rest(amount_minor=1, period=APRIL, at=middle + timedelta(seconds=1)) == 0
    assert rest(amount_minor=3, period=APRIL, at=middle) == 2


def test_rest_counts_seconds() -> None:
    seconds = 30 * 24 * 3600
    assert rest(amount_minor=seconds, period=APRIL, at=APRIL.end - timedelta(seconds=7)) == 7


def test_rest_is_never_negative_and_never_more_than_the_whole() -> None:
    assert rest(amount_minor=19_00, period=APRIL, at=APRIL.end + timedelta(days=3)) == 0
    assert rest(amount_minor=19_00, period=APRIL, at=APRIL.start - timedelta(days=3)) == 19_00


@pytest.mark.parametrize("seed", range(40))
def test_parts_add_up_to_the_whole(seed: int) -> None:
    chance = random.Random(seed)
    begins = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(4 * 365 * 86400))
    period = first_period(begins=begins, interval=chance.choice(["MONTH", "YEAR"]))
    amount = chance.randrange(0, 10**7)
    length = int((period.end - period.start).total_seconds())
    cuts = sorted(chance.randrange(length + 1) for _ in range(chance.randrange(1, 30)))
    moments = [period.start, *(period.start + timedelta(seconds=cut) for cut in cuts), period.end]
    parts = [
        part(amount_minor=amount, period=period, since=since, until=until)
        for since, until in itertools.pairwise(moments)
    ]
    assert sum(parts) == amount
    assert min(parts) >= 0


@pytest.mark.parametrize("seed", range(40))
def test_upgrades_cost_what_was_used_of_each_plan_and_never_more_than_the_largest(seed: int) -> None:
    chance = random.Random(1000 + seed)
    prices = sorted(chance.sample(range(1, 500_00), 4))
    moments = sorted(APRIL.start + timedelta(seconds=chance.randrange(30 * 86400)) for _ in prices[1:])
    paid, used, since = prices[0], 0, APRIL.start
    for smaller, larger, at in zip(prices, prices[1:], moments, strict=False):
        due = rest(amount_minor=larger, period=APRIL, at=at) - rest(amount_minor=smaller, period=APRIL, at=at)
        assert due >= 0
        paid += due
        used += part(amount_minor=smaller, period=APRIL, since=since, until=at)
        since = at
    used += rest(amount_minor=prices[-1], period=APRIL, at=since)
    assert paid == used
    assert prices[0] <= paid <= prices[-1]
