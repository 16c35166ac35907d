"""Holding what is going to be used, and giving it back.

All counts that one holding touches are changed by one statement, whose conditions PostgreSQL checks again
after waiting for a row that somebody else has just changed. Where one of them refuses, the others are put
back before anybody can see them: the rows stay locked to the end of the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from billing import alerts, clock
from billing.limits import windows
from billing.limits.refusals import LimitReached
from billing.limits.rules import Cap, Rules, rules
from billing.models import EVER, Metric, UsageMetric, Window
from tenants.keys import uuid7
from tenants.models import Membership
from tenants.postgresql.raw import sql


@dataclass(frozen=True, slots=True)
class Taken:
    """What was held, and in which day's counts, so that the same ones get it back."""

    metric: Metric
    amount: int
    day: date
    person_id: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "metric": self.metric,
            "amount": self.amount,
            "day": self.day.isoformat(),
            "person": str(self.person_id) if self.person_id else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Taken:
        person = data.get("person")
        return cls(
            metric=Metric(data["metric"]),
            amount=data["amount"],
            day=date.fromisoformat(data["day"]),
            person_id=UUID(person) if person else None,
        )


def reserve_book(organisation_id: UUID, *, membership: Membership | None = None) -> Taken:
    """Count one more book. Raises `LimitReached`."""
    return reserve(organisation_id, Metric.BOOKS_CREATED, 1, membership=membership)


def reserve_storage(organisation_id: UUID, size: int) -> None:
    """Count `size` more bytes. Raises `LimitReached`."""
    reserve(organisation_id, Metric.STORAGE_USED, size)


def release_storage(organisation_id: UUID, size: int) -> None:
    """Give back `size` bytes."""
    release(organisation_id, Taken(Metric.STORAGE_USED, size, EVER))


def reserve(
    organisation_id: UUID, metric: Metric, amount: int, *, membership: Membership | None = None
) -> Taken:
    """Hold `amount` of a metric, for the organisation and for the member. Raises `LimitReached`."""
    found = rules(organisation_id, metric, membership)
    taken = Taken(metric, amount, found.day, found.person_id)
    if found.paused and metric == Metric.BOOKS_CREATED:
        raise _paused(found)
    with transaction.atomic(savepoint=False):
        counts = _counts(found)
        added = _add(organisation_id, taken, counts)
        if len(added) == len(counts):
            _say_what_nears(organisation_id, taken, added)
            return taken
        reached = [one for one, _value in added]
        _give_back(organisation_id, metric, amount, reached)
        refusal = _refusal(organisation_id, found, [one for one in counts if one not in reached])
    raise refusal


def count(organisation_id: UUID, metric: Metric, amount: int, *, person_id: UUID | None = None) -> None:
    """Count what has been used already, whatever the limits, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(_COUNT),
            {
                "rows": json.dumps([{"id": str(uuid7()), "place": place} for place in range(2 * len(_ALL))]),
                "organisation": organisation_id,
                "metric": metric,
                "amount": amount,
                "person": person_id,
                "now": clock.now(),
            },
        )


def release(organisation_id: UUID, taken: Taken) -> None:
    """Give back what came to nothing, to the counts that it was held in. Never below nothing."""
    _give_back(organisation_id, taken.metric, taken.amount, _uncapped(taken))


def _say_what_nears(organisation_id: UUID, taken: Taken, added: Sequence[tuple[_Count, int]]) -> None:
    for one, value in added:
        if one.cap is None or one.person_id is not None:
            continue
        for percent in alerts.crossed(before=value - taken.amount, now=value, cap=one.cap):
            alerts.tell(
                organisation_id=organisation_id,
                metric=taken.metric,
                window=one.window,
                period=one.period,
                percent=percent,
                cap=one.cap,
            )


@dataclass(frozen=True, slots=True)
class _Count:
    """One row of `UsageMetric`, and what it may come to."""

    window: Window
    period: date
    person_id: UUID | None
    cap: int | None = None


_UNTIL: Final = {Metric.STORAGE_USED: (Window.EVER,)}  # what is used for as long as it lies there
_ALL: Final = (Window.EVER, Window.MONTH, Window.DAY)


def _counts(found: Rules) -> list[_Count]:
    """All counts of one holding with their limits, in the order in which everybody locks them."""
    held = _UNTIL.get(found.metric, _ALL)
    people: list[tuple[UUID | None, dict[Window, Cap]]] = [(None, found.together)]
    if found.person_id is not None and found.metric not in _UNTIL:
        people.append((found.person_id, found.each))
    return [
        _Count(window, windows.period(window, found.day), person, _amount(caps.get(window)))
        for person, caps in people
        for window in held
    ]


def _uncapped(taken: Taken) -> list[_Count]:
    day = taken.day
    return _counts(Rules(metric=taken.metric, day=day, paused=False, person_id=taken.person_id))


def _amount(cap: Cap | None) -> int | None:
    return cap.amount if cap else None


_ADD = """
WITH wanted AS (
    SELECT * FROM jsonb_to_recordset(%(counts)s::jsonb)
        AS count (id uuid, "window" text, period date, person uuid, cap bigint, place int)
), added AS (
    INSERT INTO {billing_usagemetric} AS usage
        (id, organisation_id, metric, "window", period, person_id, value, updated_at)
    SELECT id, %(organisation)s, %(metric)s, "window", period, person, %(amount)s, clock_timestamp()
    FROM wanted WHERE cap IS NULL OR cap >= %(amount)s ORDER BY place
    ON CONFLICT (organisation_id, metric, "window", period, person_id) DO UPDATE
    SET value = usage.value + EXCLUDED.value, updated_at = clock_timestamp()
    WHERE usage.value + EXCLUDED.value <= coalesce(
        (SELECT cap FROM wanted WHERE wanted."window" = usage."window"
            AND wanted.person IS NOT DISTINCT FROM usage.person_id), 9223372036854775807)
    RETURNING "window", person_id, value
)
SELECT "window", person_id, value FROM added
"""


def _add(organisation_id: UUID, taken: Taken, counts: Sequence[_Count]) -> list[tuple[_Count, int]]:
    """Add to all counts that have room for it; answers which, and what they have come to."""
    rows = [
        {
            "id": str(uuid7()),
            "window": count.window,
            "period": count.period.isoformat(),
            "person": str(count.person_id) if count.person_id else None,
            "cap": count.cap,
            "place": place,
        }
        for place, count in enumerate(counts)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            sql(_ADD),
            {
                "counts": json.dumps(rows),
                "organisation": organisation_id,
                "metric": taken.metric,
                "amount": taken.amount,
            },
        )
        added = {(window, person): value for window, person, value in cursor.fetchall()}
    places = {(count.window, count.person_id): count for count in counts}
    return [(places[place], value) for place, value in added.items()]


_COUNT = """
INSERT INTO {billing_usagemetric} AS usage
    (id, organisation_id, metric, "window", period, person_id, value, updated_at)
SELECT row.id, organisation.id, %(metric)s, counted."window", counted.period, counted.person, %(amount)s,
    clock_timestamp()
FROM {tenants_organisation} AS organisation
CROSS JOIN LATERAL (
    SELECT (%(now)s::timestamptz AT TIME ZONE organisation.time_zone)::date AS day,
        (SELECT id FROM {accounts_user} WHERE id = %(person)s) AS person) AS here
CROSS JOIN LATERAL (VALUES
    (0, 'EVER', '1970-01-01'::date, NULL::uuid),
    (1, 'MONTH', date_trunc('month', here.day)::date, NULL),
    (2, 'DAY', here.day, NULL),
    (3, 'EVER', '1970-01-01', here.person),
    (4, 'MONTH', date_trunc('month', here.day)::date, here.person),
    (5, 'DAY', here.day, here.person)) AS counted (place, "window", period, person)
JOIN jsonb_to_recordset(%(rows)s::jsonb) AS row (id uuid, place int) ON row.place = counted.place
WHERE organisation.id = %(organisation)s AND (counted.place < 3 OR counted.person IS NOT NULL)
ORDER BY counted.place
ON CONFLICT (organisation_id, metric, "window", period, person_id) DO UPDATE
SET value = usage.value + EXCLUDED.value, updated_at = clock_timestamp()
"""


_GIVE_BACK = """
UPDATE {billing_usagemetric} AS usage
SET value = greatest(0, usage.value - %(amount)s), updated_at = clock_timestamp()
FROM jsonb_to_recordset(%(counts)s::jsonb) AS count ("window" text, period date, person uuid)
WHERE usage.organisation_id = %(organisation)s AND usage.metric = %(metric)s
  AND usage."window" = count."window" AND usage.period = count.period
  AND usage.person_id IS NOT DISTINCT FROM count.person
"""


def _give_back(organisation_id: UUID, metric: Metric, amount: int, counts: Sequence[_Count]) -> None:
    rows = [
        {
            "window": count.window,
            "period": count.period.isoformat(),
            "person": str(count.person_id) if count.person_id else None,
        }
        for count in counts
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            sql(_GIVE_BACK),
            {
                "counts": json.dumps(rows),
                "organisation": organisation_id,
                "metric": metric,
                "amount": amount,
            },
        )


def _refusal(organisation_id: UUID, found: Rules, full: Sequence[_Count]) -> LimitReached:
    """Of several limits that are reached, the one that lasts longest is told."""
    count = min(full, key=lambda one: (_ALL.index(one.window), one.person_id is not None))
    caps = found.together if count.person_id is None else found.each
    used = UsageMetric.objects.filter(
        organisation_id=organisation_id,
        metric=found.metric,
        window=count.window,
        period=count.period,
        person_id=count.person_id,
    ).values_list("value", flat=True)
    limit = count.cap or 0
    return LimitReached(
        metric=found.metric,
        limit=limit,
        left=max(0, limit - (used.first() or 0)),
        renewed_on=windows.renewed_on(count.window, found.day),
        of=caps[count.window].of,
        window=count.window,
    )


def _paused(found: Rules) -> LimitReached:
    return LimitReached(metric=found.metric, limit=0, left=0, renewed_on=None, paused=True)
