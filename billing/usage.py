"""What has been used: by the organisation, by its groups and by each person, with a forecast."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from billing import clock
from billing.limits import windows
from billing.models import EVER, LedgerEntry, LedgerState, Metric, UsageMetric, Window
from tenants.models import GroupMember, Organisation


@dataclass(frozen=True, slots=True)
class Day:
    """How much was used on one day."""

    day: date
    value: int


def used(organisation: Organisation, window: Window) -> dict[Metric, int]:
    """Each metric's use by the organisation, in the window that is on now. Two queries.

    Bytes of storage are those that lie there now, whatever the window. Tokens are those of the ledger.
    """
    day = today(organisation)
    rows = UsageMetric.objects.filter(
        Q(window=window, period=windows.period(window, day))
        | Q(metric=Metric.STORAGE_USED, window=Window.EVER),
        organisation=organisation,
        person=None,
    )
    counted = {Metric(metric): value for metric, value in rows.values_list("metric", "value")}
    counted[Metric.TOKENS_USED] = tokens(organisation, since=windows.period(window, day))
    return {metric: counted.get(metric, 0) for metric in Metric}


def by_day(organisation: Organisation, metric: Metric, *, days: int = 30) -> list[Day]:
    """The use of each of the last days, oldest first, today included; days without any are there with 0."""
    last = today(organisation)
    rows = UsageMetric.objects.filter(
        organisation=organisation,
        metric=metric,
        window=Window.DAY,
        person=None,
        period__gt=last - timedelta(days),
    )
    values = dict(rows.values_list("period", "value"))
    return [Day(day, values.get(day, 0)) for day in (last - timedelta(n) for n in reversed(range(days)))]


def forecast(organisation: Organisation, metric: Metric, *, used_this_month: int) -> int:
    """What this month will come to if it goes on as it has, rounded up."""
    day = today(organisation)
    length = calendar.monthrange(day.year, day.month)[1]
    return -(-used_this_month * length // day.day)


def by_person(organisation: Organisation, window: Window) -> dict[UUID, dict[Metric, int]]:
    """Each person's use in the window that is on now, by the person's id. One query."""
    rows = UsageMetric.objects.filter(
        organisation=organisation, window=window, period=windows.period(window, today(organisation))
    ).exclude(person=None)
    found: dict[UUID, dict[Metric, int]] = {}
    for person_id, metric, value in rows.values_list("person_id", "metric", "value"):
        found.setdefault(person_id, {})[Metric(metric)] = value
    return found


def by_group(
    organisation: Organisation, people: Mapping[UUID, Mapping[Metric, int]]
) -> dict[UUID, dict[Metric, int]]:
    """What the members of each group have used together, by the group's id. One query.

    Whoever is in several groups counts in each.
    """
    found: dict[UUID, dict[Metric, int]] = {}
    pairs = GroupMember.objects.filter(group__organisation=organisation)
    for group_id, person_id in pairs.values_list("group_id", "membership__user_id"):
        totals = found.setdefault(group_id, {})
        for metric, value in people.get(person_id, {}).items():
            totals[metric] = totals.get(metric, 0) + value
    return found


def tokens(organisation: Organisation, *, since: date) -> int:
    """Tokens in and out of all calls that were answered since the beginning of that day."""
    entries = LedgerEntry.objects.filter(organisation=organisation, state=LedgerState.SETTLED)
    if since != EVER:
        start = datetime(since.year, since.month, since.day, tzinfo=ZoneInfo(organisation.time_zone))
        entries = entries.filter(closed_at__gte=start)
    total = entries.aggregate(total=Coalesce(Sum(F("input_tokens") + F("output_tokens")), 0))["total"]
    return int(total)


def today(organisation: Organisation) -> date:
    return windows.today(time_zone=organisation.time_zone, now=clock.now())
