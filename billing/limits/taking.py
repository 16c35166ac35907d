"""Holding what is going to be used, and giving it back.

One statement finds what applies and changes all counts that one holding touches; PostgreSQL checks its
conditions again after waiting for a row that somebody else has just changed. Where one of them refuses, the
others are put back before anybody can see them: the rows stay locked to the end of the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction

from billing import alerts, clock
from billing.limits import windows
from billing.limits.refusals import LimitReached
from billing.limits.rules import CAPS, Cap, Of, asked
from billing.models import EVER, Metric, UsageMetric, Window
from tenants.keys import uuid7
from tenants.models import Membership
from tenants.postgresql import prepared


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
    with transaction.atomic(savepoint=False):
        paused, day, counts = _hold(organisation_id, metric, amount, membership)
        taken = Taken(metric, amount, day, membership.user_id if membership else None)
        full = [one for one in counts if one.value is None]
        if not full:
            _say_what_nears(organisation_id, taken, counts)
            return taken
        _give_back(organisation_id, metric, amount, [one for one in counts if one.value is not None])
        refusal = _refusal(organisation_id, taken, full) if not paused else _paused(metric)
    raise refusal  # outside, where it leaves the caller's transaction whole


def count(
    organisation_id: UUID,
    metric: Metric,
    amount: int,
    *,
    person_id: UUID | None = None,
    at: datetime | None = None,
) -> None:
    """Count what has been used already, now or `at` some moment, whatever the limits, in one statement."""
    prepared.rows(
        _COUNT,
        {
            "rows": json.dumps([{"id": str(uuid7()), "place": place} for place in range(2 * len(_ALL))]),
            "organisation": organisation_id,
            "metric": metric.value,
            "amount": amount,
            "person": person_id,
            "now": at or clock.now(),
        },
    )


def release(organisation_id: UUID, taken: Taken) -> None:
    """Give back what came to nothing, to the counts that it was held in. Never below nothing."""
    _give_back(organisation_id, taken.metric, taken.amount, _counts_of(taken))


def _say_what_nears(organisation_id: UUID, taken: Taken, counts: Sequence[_Count]) -> None:
    for one in counts:
        if one.cap is None or one.cap.amount is None or one.value is None or one.person_id is not None:
            continue
        for percent in alerts.crossed(before=one.value - taken.amount, now=one.value, cap=one.cap.amount):
            alerts.tell(
                organisation_id=organisation_id,
                metric=taken.metric,
                window=one.window,
                period=one.period,
                percent=percent,
                cap=one.cap.amount,
            )


@dataclass(frozen=True, slots=True)
class _Count:
    """One row of `UsageMetric`: what it has come to, None where it had no room, and what it may come to."""

    window: Window
    period: date
    person_id: UUID | None
    value: int | None = None
    cap: Cap | None = None


_UNTIL: Final = {Metric.STORAGE_USED: (Window.EVER,)}  # what is used for as long as it lies there
_ALL: Final = (Window.EVER, Window.MONTH, Window.DAY)


def _counts_of(taken: Taken) -> list[_Count]:
    """The counts that something was held in."""
    held = _UNTIL.get(taken.metric, _ALL)
    people = [None] if taken.person_id is None or taken.metric in _UNTIL else [None, taken.person_id]
    return [_Count(window, windows.period(window, taken.day), person) for person in people for window in held]


# The organisation's counts before the member's, in the order in which everybody locks them.
_HOLD: Final = f"""
WITH {CAPS}, counted AS (
    SELECT place.number, place."window", place.period, place.person, caps.amount AS cap, caps.of
    FROM here CROSS JOIN LATERAL (VALUES
        (1, 'EVER', '1970-01-01'::date, NULL::uuid),
        (2, 'MONTH', date_trunc('month', here.day)::date, NULL),
        (3, 'DAY', here.day, NULL),
        (4, 'EVER', '1970-01-01', %(person)s::uuid),
        (5, 'MONTH', date_trunc('month', here.day)::date, %(person)s::uuid),
        (6, 'DAY', here.day, %(person)s::uuid)) AS place (number, "window", period, person)
    LEFT JOIN caps ON caps."window" = place."window" AND caps.personal = (place.number > 3)
    WHERE (place.number < 4 OR place.person IS NOT NULL)
        AND (place.number = 1 OR %(metric)s <> 'STORAGE_USED')
), added AS (
    INSERT INTO {{billing_usagemetric}} AS usage
        (id, organisation_id, metric, "window", period, person_id, value, updated_at)
    SELECT (%(ids)s::uuid[])[counted.number], here.id, %(metric)s, counted."window", counted.period,
        counted.person, %(amount)s, clock_timestamp()
    FROM counted CROSS JOIN here
    WHERE (counted.cap IS NULL OR counted.cap >= %(amount)s)
        AND NOT (here.paused AND %(metric)s = 'BOOKS_CREATED')
    ORDER BY counted.number
    ON CONFLICT (organisation_id, metric, "window", period, person_id) DO UPDATE
    SET value = usage.value + EXCLUDED.value, updated_at = clock_timestamp()
    WHERE usage.value + EXCLUDED.value <= coalesce(
        (SELECT cap FROM counted WHERE counted."window" = usage."window"
            AND counted.person IS NOT DISTINCT FROM usage.person_id), 9223372036854775807)
    RETURNING "window", person_id, value
)
SELECT here.paused AND %(metric)s = 'BOOKS_CREATED', here.day, counted."window", counted.period,
    counted.person, added.value, counted.cap, counted.of
FROM counted CROSS JOIN here LEFT JOIN added
    ON added."window" = counted."window" AND added.person_id IS NOT DISTINCT FROM counted.person
ORDER BY counted.number
"""  # noqa: S608 - made of constants


def _hold(
    organisation_id: UUID, metric: Metric, amount: int, membership: Membership | None
) -> tuple[bool, date, list[_Count]]:
    """Add to all counts that have room for it. Whether making books is paused, the day it is, the counts."""
    asked_for = {
        "person": membership.user_id if membership else None,
        "amount": amount,
        "ids": [uuid7() for _ in range(2 * len(_ALL))],
    }
    held = prepared.rows(_HOLD, asked(organisation_id, metric, membership) | asked_for)
    counts = [
        _Count(Window(window), period, person, value, Cap(cap, Of(of)) if of else None)
        for *_, window, period, person, value, cap, of in held
    ]
    return held[0][0], held[0][1], counts


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
    if not counts:
        return
    rows = [
        {
            "window": count.window,
            "period": count.period.isoformat(),
            "person": str(count.person_id) if count.person_id else None,
        }
        for count in counts
    ]
    prepared.rows(
        _GIVE_BACK,
        {
            "counts": json.dumps(rows),
            "organisation": organisation_id,
            "metric": metric.value,
            "amount": amount,
        },
    )


def _refusal(organisation_id: UUID, taken: Taken, full: Sequence[_Count]) -> LimitReached:
    """Of several limits that are reached, the one that lasts longest is told."""
    count = min(full, key=lambda one: (_ALL.index(one.window), one.person_id is not None))
    used = UsageMetric.objects.filter(
        organisation_id=organisation_id,
        metric=taken.metric,
        window=count.window,
        period=count.period,
        person_id=count.person_id,
    ).values_list("value", flat=True)
    cap = cast(Cap, count.cap)  # what is without one has room
    limit = cap.amount or 0
    return LimitReached(
        metric=taken.metric,
        limit=limit,
        left=max(0, limit - (used.first() or 0)),
        renewed_on=windows.renewed_on(count.window, taken.day),
        of=cap.of,
        window=count.window,
    )


def _paused(metric: Metric) -> LimitReached:
    return LimitReached(metric=metric, limit=0, left=0, renewed_on=None, paused=True)
