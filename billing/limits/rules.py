"""Which limits apply to an organisation and to one of its members, read by one statement.

For the organisation together its own exception counts before what its plan says. For one member their own
limit counts before the most generous of their groups' and their highest tier's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import UUID

from django.db import connection

from billing import clock
from billing.limits import windows
from billing.models import CountedBy, Metric, SubscriptionStatus, Window
from tenants.models import Membership
from tenants.postgresql.raw import sql


class Of(Enum):
    """Whose limit it is."""

    PLAN = "plan"
    ORGANISATION = "organisation"
    GROUP = "group"  # of one's groups or tier
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `amount` in a window; None is no limit."""

    amount: int | None
    of: Of

    def more_generous(self, other: Cap) -> Cap:
        if self.amount is None or other.amount is None:
            return self if self.amount is None else other
        return self if self.amount >= other.amount else other


@dataclass(frozen=True, slots=True)
class Rules:
    """What applies to one metric now. `day` is today where the organisation is."""

    metric: Metric
    day: date
    paused: bool
    together: dict[Window, Cap] = field(default_factory=dict)
    each: dict[Window, Cap] = field(default_factory=dict)
    person_id: UUID | None = None


def rules(organisation_id: UUID, metric: Metric, membership: Membership | None = None) -> Rules:
    """The limits of a metric, for all together and, where given, for one member."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            sql(_RULES),
            {
                "organisation": organisation_id,
                "membership": membership.pk if membership else None,
                "metric": metric,
                "now": now,
            },
        )
        rows = cursor.fetchall()
    time_zone, status, counted_by, books, storage, calls = rows[0][:6]
    together = _of_plan(metric, counted_by, {"books": books, "storage": storage, "calls": calls})
    found = Rules(
        metric=metric,
        day=windows.today(time_zone=time_zone, now=now),
        paused=status == SubscriptionStatus.PAUSED,
        together=together,
        person_id=membership.user_id if membership else None,
    )
    _add(found, [(Of(of), Window(window), amount) for *_, of, window, amount in rows if of])
    return found


def _of_plan(metric: Metric, counted_by: str, limits: dict[str, int | None]) -> dict[Window, Cap]:
    """What the plan itself names."""
    if metric == Metric.BOOKS_CREATED:
        window = Window.MONTH if counted_by == CountedBy.MONTH else Window.EVER
        return {window: Cap(limits["books"], Of.PLAN)}
    if metric == Metric.STORAGE_USED:
        return {Window.EVER: Cap(limits["storage"], Of.PLAN)}
    if metric == Metric.API_CALLS:
        return {Window.MONTH: Cap(limits["calls"], Of.PLAN)}
    return {}


def _add(found: Rules, rows: list[tuple[Of, Window, int | None]]) -> None:
    """From the most general to the most particular, which comes last and stays."""
    for of in (Of.PLAN, Of.ORGANISATION):
        for window, amount in ((window, amount) for whose, window, amount in rows if whose is of):
            found.together[window] = Cap(amount, of)
    for window, amount in ((window, amount) for whose, window, amount in rows if whose is Of.GROUP):
        cap = Cap(amount, Of.GROUP)
        found.each[window] = cap.more_generous(found.each[window]) if window in found.each else cap
    for window, amount in ((window, amount) for whose, window, amount in rows if whose is Of.PERSON):
        found.each[window] = Cap(amount, Of.PERSON)


# Each scope is looked up by its own index: one condition with five alternatives would read all limits.
_RULES = """
WITH own_groups AS (
    SELECT member.group_id AS id, "group".tier_id
    FROM {tenants_groupmember} AS member JOIN {tenants_group} AS "group" ON "group".id = member.group_id
    WHERE member.membership_id = %(membership)s
), own_tier AS (
    SELECT tier.id FROM {tenants_tier} AS tier
    WHERE tier.id IN (
        SELECT tier_id FROM own_groups
        UNION SELECT tier_id FROM {tenants_membership} WHERE id = %(membership)s)
    ORDER BY tier.rank DESC LIMIT 1
)
SELECT organisation.time_zone, subscription.status, plan.books_counted_by, plan.books_limit,
       plan.storage_limit, plan.api_calls_limit, applying.of, applying."window", applying.amount
FROM {tenants_organisation} AS organisation
JOIN {billing_subscription} AS subscription ON subscription.organisation_id = organisation.id
JOIN {billing_plan} AS plan ON plan.id = subscription.plan_id
LEFT JOIN LATERAL (
    SELECT 'plan' AS of, metric, "window", amount, expires_at
    FROM {billing_limit} WHERE plan_id = plan.id
    UNION ALL SELECT 'organisation', metric, "window", amount, expires_at
    FROM {billing_limit} WHERE organisation_id = organisation.id
    UNION ALL SELECT 'person', metric, "window", amount, expires_at
    FROM {billing_limit} WHERE membership_id = %(membership)s
    UNION ALL SELECT 'group', metric, "window", amount, expires_at
    FROM {billing_limit} WHERE group_id IN (SELECT id FROM own_groups)
    UNION ALL SELECT 'group', metric, "window", amount, expires_at
    FROM {billing_limit} WHERE tier_id IN (SELECT id FROM own_tier)
) AS applying ON applying.metric = %(metric)s
    AND (applying.expires_at IS NULL OR applying.expires_at > %(now)s)
WHERE organisation.id = %(organisation)s
"""
