"""Telling owners and admins that most, or all, of a limit is used: each only once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from billing.emitting import tell_of_limit
from billing.models import Metric, UsageAlert, Window
from notifications.models import Kind
from notifications.notifying import notify
from tenants.context import entered
from tenants.models import Organisation
from tenants.people.members import who_runs

PERCENT = (80, 100)


def crossed(*, before: int, now: int, cap: int) -> Iterator[int]:
    """Which of the percentages of `cap` lie between what was used before and what is used now.

    Where several were crossed at once, the highest alone is told.
    """
    reached = [percent for percent in PERCENT if cap and before * 100 < percent * cap <= now * 100]
    yield from reached[-1:]


def tell(
    *, organisation_id: UUID, metric: Metric, window: Window, period: date, percent: int, cap: int
) -> bool:
    """Tell whoever runs the organisation, within the caller's transaction; False where it was told before."""
    made = UsageAlert.objects.bulk_create(
        [
            UsageAlert(
                organisation_id=organisation_id,
                metric=metric,
                window=window,
                period=period,
                percent=percent,
                cap=cap,
            )
        ],
        ignore_conflicts=True,
    )
    if not UsageAlert.objects.filter(pk=made[0].pk).exists():
        return False
    tell_of_limit(organisation_id, metric=metric, window=window, percent=percent, limit=cap)
    kind = Kind.USAGE_REACHED if percent >= 100 else Kind.USAGE_NEARING
    data = {"metric": metric, "window": window, "percent": percent, "limit": cap, "path": "/usage/"}
    with entered(Organisation.objects.get(pk=organisation_id)):
        for membership in who_runs(organisation_id):
            notify(membership.user, kind, data)
    return True
