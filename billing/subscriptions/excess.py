"""What an organisation has beyond what a plan holds: kept, readable and exportable, but nothing is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from billing.models import EVER, CountedBy, Metric, Plan, UsageMetric, Window


@dataclass(frozen=True, slots=True)
class Excess:
    """`used` is more than `limit`, in books or bytes."""

    metric: Metric
    used: int
    limit: int


_LIMITS: Final = {Metric.BOOKS_CREATED: "books_limit", Metric.STORAGE_USED: "storage_limit"}


def over(*, organisation_id: UUID, plan: Plan) -> list[Excess]:
    """What would be over the limits of a plan. Books that are counted by the month are never too many."""
    used = dict(
        UsageMetric.objects.filter(
            organisation_id=organisation_id,
            metric__in=_LIMITS,
            window=Window.EVER,
            period=EVER,
            person=None,
        ).values_list("metric", "value")
    )
    found = [
        Excess(metric, used.get(metric, 0), getattr(plan, column))
        for metric, column in _LIMITS.items()
        if getattr(plan, column) is not None
        and not (metric == Metric.BOOKS_CREATED and plan.books_counted_by == CountedBy.MONTH)
    ]
    return [one for one in found if one.used > one.limit]
