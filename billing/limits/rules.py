"""Which limits apply to an organisation and to one of its members, read by one statement.

For the organisation together its own exception counts before what its plan says. For one member their own
limit counts before the most generous of their groups' and their highest tier's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from billing import clock
from billing.models import Metric, Window
from tenants.models import Membership
from tenants.postgresql import prepared


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
    found = prepared.rows(_RULES, asked(organisation_id, metric, membership))
    day, paused = found[0][:2]
    caps = [
        (personal, Window(window), Cap(amount, Of(of))) for *_, personal, of, window, amount in found if of
    ]
    return Rules(
        metric=metric,
        day=day,
        paused=paused,
        together={window: cap for personal, window, cap in caps if not personal},
        each={window: cap for personal, window, cap in caps if personal},
        person_id=membership.user_id if membership else None,
    )


def asked(organisation_id: UUID, metric: Metric, membership: Membership | None) -> dict[str, Any]:
    """The values that `CAPS` is asked with."""
    return {
        "organisation": organisation_id,
        "membership": membership.pk if membership else None,
        "metric": metric.value,
        "now": clock.now(),
    }


# `here` is the organisation now, `caps` what applies in it: of several for the same window the one of the
# highest rank, and of one's groups the most generous. Each scope is looked up by its own index: one condition
# with five alternatives would read all limits.
CAPS = """
own_groups AS (
    SELECT member.group_id AS id, "group".tier_id
    FROM {tenants_groupmember} AS member JOIN {tenants_group} AS "group" ON "group".id = member.group_id
    WHERE member.membership_id = %(membership)s
), own_tier AS (
    SELECT tier.id FROM {tenants_tier} AS tier
    WHERE tier.id IN (
        SELECT tier_id FROM own_groups
        UNION SELECT tier_id FROM {tenants_membership} WHERE id = %(membership)s)
    ORDER BY tier.rank DESC LIMIT 1
), here AS (
    SELECT organisation.id, (%(now)s::timestamptz AT TIME ZONE organisation.time_zone)::date AS day,
        subscription.status = 'PAUSED' AS paused, plan.id AS plan_id, plan.books_counted_by,
        plan.books_limit, plan.storage_limit, plan.api_calls_limit
    FROM {tenants_organisation} AS organisation
    JOIN {billing_subscription} AS subscription ON subscription.organisation_id = organisation.id
    JOIN {billing_plan} AS plan ON plan.id = subscription.plan_id
    WHERE organisation.id = %(organisation)s
), applying AS (
    SELECT 0 AS rank, 'plan' AS of, named."window", named.amount
    FROM here CROSS JOIN LATERAL (VALUES
        ('BOOKS_CREATED', CASE books_counted_by WHEN 'MONTH' THEN 'MONTH' ELSE 'EVER' END, books_limit),
        ('STORAGE_USED', 'EVER', storage_limit),
        ('API_CALLS', 'MONTH', api_calls_limit)) AS named (metric, "window", amount)
    WHERE named.metric = %(metric)s
    UNION ALL
    SELECT rank, of, "window", amount FROM (
        SELECT 1 AS rank, 'plan' AS of, metric, "window", amount, expires_at
        FROM {billing_limit} WHERE plan_id = (SELECT plan_id FROM here)
        UNION ALL SELECT 2, 'organisation', metric, "window", amount, expires_at
        FROM {billing_limit} WHERE organisation_id = %(organisation)s
        UNION ALL SELECT 3, 'group', metric, "window", amount, expires_at
        FROM {billing_limit} WHERE group_id IN (SELECT id FROM own_groups)
        UNION ALL SELECT 3, 'group', metric, "window", amount, expires_at
        FROM {billing_limit} WHERE tier_id IN (SELECT id FROM own_tier)
        UNION ALL SELECT 4, 'person', metric, "window", amount, expires_at
        FROM {billing_limit} WHERE membership_id = %(membership)s
    ) AS limits
    WHERE metric = %(metric)s AND (expires_at IS NULL OR expires_at > %(now)s)
), caps AS (
    SELECT DISTINCT ON (rank > 2, "window") rank > 2 AS personal, "window", amount, of FROM applying
    ORDER BY rank > 2, "window", rank DESC, amount DESC NULLS FIRST
)
"""
_RULES = f"""
WITH {CAPS} SELECT day, paused, personal, of, "window", amount FROM here LEFT JOIN caps ON true
"""  # noqa: S608 - made of constants
