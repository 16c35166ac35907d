"""How limits stand: for pages and for the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.limits import windows
from billing.limits.rules import Cap, Of, Rules, rules
from billing.models import Metric, UsageMetric, Window
from tenants.models import Membership


@dataclass(frozen=True, slots=True)
class Allowance:
    """How a metric stands. `limit` None is no limit; `renewed_on` None is never."""

    used: int
    limit: int | None
    renewed_on: date | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one limit stands; of the organisation together, or of one person."""

    metric: Metric
    window: Window
    of: Of
    used: int
    limit: int | None
    renewed_on: date | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def percent(self) -> int | None:
        """Of the limit, rounded down; None where there is none."""
        if self.limit is None:
            return None
        return 100 if not self.limit else self.used * 100 // self.limit


_LONGEST_FIRST = (Window.EVER, Window.MONTH, Window.DAY)


def allowance(organisation_id: UUID, metric: Metric) -> Allowance:
    """What is used, allowed and left of the organisation's plan now; two queries."""
    found = rules(organisation_id, metric)
    window = next((one for one in _LONGEST_FIRST if one in found.together), Window.EVER)
    used = UsageMetric.objects.filter(
        organisation_id=organisation_id,
        metric=metric,
        window=window,
        period=windows.period(window, found.day),
        person=None,
    ).values_list("value", flat=True)
    cap = found.together.get(window)
    return Allowance(
        used=used.first() or 0,
        limit=cap.amount if cap else None,
        renewed_on=windows.renewed_on(window, found.day),
    )


def standings(organisation_id: UUID, metric: Metric, membership: Membership | None = None) -> list[Standing]:
    """Every limit of a metric that applies, the organisation's before the member's own; two queries."""
    found = rules(organisation_id, metric, membership)
    used = _used(organisation_id, found)
    people: list[tuple[UUID | None, dict[Window, Cap]]] = [(None, found.together)]
    if found.person_id is not None:
        people.append((found.person_id, found.each))
    return [
        Standing(
            metric=metric,
            window=window,
            of=caps[window].of,
            used=used.get((window, person), 0),
            limit=caps[window].amount,
            renewed_on=windows.renewed_on(window, found.day),
        )
        for person, caps in people
        for window in _LONGEST_FIRST
        if window in caps
    ]


def _used(organisation_id: UUID, found: Rules) -> dict[tuple[Window, UUID | None], int]:
    periods = [windows.period(window, found.day) for window in _LONGEST_FIRST]
    rows = UsageMetric.objects.filter(
        organisation_id=organisation_id, metric=found.metric, period__in=periods
    ).filter(person_id__isnull=True) | UsageMetric.objects.filter(
        organisation_id=organisation_id,
        metric=found.metric,
        period__in=periods,
        person_id=found.person_id,
    )
    current = {(window, windows.period(window, found.day)) for window in _LONGEST_FIRST}
    return {
        (Window(row.window), row.person_id): row.value
        for row in rows
        if (Window(row.window), row.period) in current
    }
