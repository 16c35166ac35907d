"""What a plan allows, reserved before it is used.

One conditional UPDATE decides, so no two can take the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, PositiveBigIntegerField, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models import EVER, CountedBy, Metric, Plan, Subscription, UsageMetric

MEGABYTE: Final = 1024 * 1024
_LIMIT_OF: Final = {Metric.BOOKS_CREATED: "books_limit", Metric.STORAGE_USED: "storage_limit"}


@dataclass
class LimitReached(Exception):
    """The plan does not allow it: what is limited, how much is left, when more comes, how to get it sooner.

    `left` and `limit` are in books or bytes. The text is for the member, in their language.
    """

    metric: Metric
    limit: int
    left: int
    renewed_on: date | None

    @property
    def what(self) -> str:
        if self.metric == Metric.BOOKS_CREATED:
            return _("Your plan’s %(limit)d books have all been used.") % {"limit": self.limit}
        return _("This needs more storage than the %(left)d MB that your plan has left.") % {
            "left": self.left // MEGABYTE
        }

    @property
    def when(self) -> str:
        if self.renewed_on is None:
            return ""
        return _("New ones come on %(day)s.") % {"day": date_format(self.renewed_on)}

    @property
    def how(self) -> str:
        return _("A larger plan has room for more.")

    def __str__(self) -> str:
        return " ".join(filter(None, [self.what, self.when, self.how]))


@dataclass(frozen=True, slots=True)
class Allowance:
    """How a metric stands. `limit` None is no limit; `renewed_on` None is never."""

    used: int
    limit: int | None
    renewed_on: date | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)


def reserve_book(organisation_id: UUID) -> date:
    """Count one more book. Raises `LimitReached`. Answers with the period it was counted in."""
    return _reserve(organisation_id, Metric.BOOKS_CREATED, 1)


def release_book(organisation_id: UUID, period: date | None = None) -> None:
    """Give back a book that came to nothing, to the period it was counted in (by default the present one)."""
    _release(organisation_id, Metric.BOOKS_CREATED, 1, period)


def reserve_storage(organisation_id: UUID, size: int) -> None:
    """Count `size` more bytes. Raises `LimitReached`."""
    _reserve(organisation_id, Metric.STORAGE_USED, size)


def release_storage(organisation_id: UUID, size: int) -> None:
    """Give back `size` bytes."""
    _release(organisation_id, Metric.STORAGE_USED, size, EVER)


def allowance(organisation_id: UUID, metric: Metric) -> Allowance:
    """What is used, allowed and left of a metric now."""
    plan = _plan(organisation_id)
    period = _period(plan, metric)
    used = UsageMetric.objects.filter(
        organisation_id=organisation_id, metric=metric, period=period
    ).values_list("value", flat=True)
    return Allowance(
        used=used.first() or 0, limit=getattr(plan, _LIMIT_OF[metric]), renewed_on=_renewed_on(period)
    )


def _reserve(organisation_id: UUID, metric: Metric, amount: int) -> date:
    period = _period(_plan(organisation_id), metric)
    if not _take(organisation_id, metric, period, amount):
        # Either the plan is used up or nothing has been counted in this period yet.
        UsageMetric.objects.bulk_create(
            [UsageMetric(organisation_id=organisation_id, metric=metric, period=period)],
            ignore_conflicts=True,
        )
        if not _take(organisation_id, metric, period, amount):
            raise _refusal(organisation_id, metric)
    return period


def _take(organisation_id: UUID, metric: Metric, period: date, amount: int) -> bool:
    # The plan is read by the same statement that counts, and PostgreSQL checks `value` again after waiting
    # for a row that somebody else has just changed.
    limit = Subquery(
        Subscription.objects.filter(organisation_id=OuterRef("organisation_id")).values(
            f"plan__{_LIMIT_OF[metric]}"
        ),
        output_field=PositiveBigIntegerField(),
    )
    taken = (
        UsageMetric.objects.filter(organisation_id=organisation_id, metric=metric, period=period)
        .alias(limit=limit)
        .filter(Q(limit=None) | Q(value__lte=F("limit") - amount))
        .update(value=F("value") + amount, updated_at=Now())
    )
    return taken == 1


def _release(organisation_id: UUID, metric: Metric, amount: int, period: date | None) -> None:
    if period is None:
        period = _period(_plan(organisation_id), metric)
    UsageMetric.objects.filter(
        organisation_id=organisation_id, metric=metric, period=period, value__gte=amount
    ).update(value=F("value") - amount, updated_at=Now())


def _refusal(organisation_id: UUID, metric: Metric) -> LimitReached:
    found = allowance(organisation_id, metric)
    return LimitReached(
        metric=metric, limit=found.limit or 0, left=found.left or 0, renewed_on=found.renewed_on
    )


def _plan(organisation_id: UUID) -> Plan:
    return Plan.objects.get(subscriptions__organisation_id=organisation_id)


def _period(plan: Plan, metric: Metric) -> date:
    if metric == Metric.BOOKS_CREATED and plan.books_counted_by == CountedBy.MONTH:
        return timezone.now().date().replace(day=1)
    return EVER


def _renewed_on(period: date) -> date | None:
    return None if period == EVER else (period + timedelta(days=32)).replace(day=1)
