"""Months of UTC, wherever the moment was read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from billing.months import Month, last_months, month_of


def test_month_runs_up_to_the_next() -> None:
    month = month_of(datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    assert (month.since, month.until) == (
        datetime(2026, 12, 1, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
    )


def test_month_is_that_of_utc() -> None:
    in_lagos = datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert month_of(in_lagos) == Month(date(2026, 2, 1))


def test_last_months_go_back_over_the_year() -> None:
    found = last_months(3, at=datetime(2026, 1, 31, tzinfo=UTC))
    assert [month.first for month in found] == [date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1)]
