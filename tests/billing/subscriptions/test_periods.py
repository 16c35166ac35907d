"""Months of every length, leap years and the days that not every month has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from billing.subscriptions.periods import first_period, next_period


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "interval", "ends"),
    [
        ("2026-01-01T10:20:30", "MONTH", "2026-02-01T10:20:30"),
        ("2026-01-28T23:59:59", "MONTH", "2026-02-28T23:59:59"),
        ("2026-01-29T00:00:00", "MONTH", "2026-03-01T00:00:00"),
        ("2026-01-31T12:00:00", "MONTH", "2026-03-01T12:00:00"),
        ("2026-12-31T12:00:00", "MONTH", "2027-02-01T12:00:00"),
        ("2026-12-15T12:00:00", "MONTH", "2027-01-15T12:00:00"),
        ("2026-04-30T12:00:00", "MONTH", "2026-06-01T12:00:00"),
        ("2028-02-29T12:00:00", "MONTH", "2028-04-01T12:00:00"),
        ("2028-02-29T12:00:00", "YEAR", "2029-03-01T12:00:00"),
        ("2027-02-28T12:00:00", "YEAR", "2028-02-28T12:00:00"),
        ("2027-12-31T12:00:00", "YEAR", "2029-01-01T12:00:00"),
    ],
)
def test_first_period_ends_on_a_day_that_every_month_has(begins: str, interval: str, ends: str) -> None:
    assert first_period(begins=at(begins), interval=interval).end == at(ends)


def test_no_first_period_is_short_and_none_is_long() -> None:
    """Against the calendar: every day of four years, one of them a leap year."""
    for day in range(4 * 365 + 1):
        begins = at("2027-01-01T08:00:00") + timedelta(days=day)
        lengths = {"MONTH": (28, 31 + 3), "YEAR": (365, 366 + 3)}
        for interval, (least, most) in lengths.items():
            end = first_period(begins=begins, interval=interval).end
            assert least <= (end - begins).days <= most
            assert end.day <= 28


def test_periods_stay_on_their_day_for_years() -> None:
    period = first_period(begins=at("2026-01-31T12:00:00"), interval="MONTH")
    for _ in range(48):
        period = next_period(after=period.end, interval="MONTH")
        assert (period.start.day, period.end.day) == (1, 1)
    assert period.end == at("2030-03-01T12:00:00")
