"""Calendar months in which money is counted: those of UTC, as budgets and the ledger have them.

What members may use is counted in the months of their organisation's time zone: see `billing.limits.windows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Month:
    """From `since` up to `until`, which is the beginning of the next."""

    first: date

    @property
    def since(self) -> datetime:
        return datetime(self.first.year, self.first.month, 1, tzinfo=UTC)

    @property
    def until(self) -> datetime:
        return Month((self.first + timedelta(days=31)).replace(day=1)).since

    @property
    def before(self) -> Month:
        return Month((self.first - timedelta(days=1)).replace(day=1))


def month_of(at: datetime) -> Month:
    return Month(at.astimezone(UTC).date().replace(day=1))


def last_months(number: int, *, at: datetime) -> list[Month]:
    """The month of that moment and those before it, the latest first."""
    months = [month_of(at)]
    while len(months) < number:
        months.append(months[-1].before)
    return months
