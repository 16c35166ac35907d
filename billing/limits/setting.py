"""Limits that an organisation gives its tiers, groups and members, and exceptions that the platform makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from billing.features import Feature
from billing.models import Limit, Metric, Window
from insights import record
from insights.actions import Action
from tenants.accounts.models import User
from tenants.models import Group, Membership, Organisation, Tier
from tenants.organisations import features
from tenants.organisations.features import NotInPlan
from tenants.people.members import NotAllowed, may_run

FOR_MEMBERS = (Metric.BOOKS_CREATED, Metric.API_CALLS)  # what is held for each of them
FOR_ORGANISATIONS = (Metric.BOOKS_CREATED, Metric.STORAGE_USED, Metric.API_CALLS)

Scope = Tier | Group | Membership


@dataclass(frozen=True, slots=True)
class Amount:
    """At most `amount` of a metric in a window; None is no limit."""

    metric: Metric
    window: Window
    amount: int | None


def limits_for_members(organisation_id: UUID) -> QuerySet[Limit]:
    """Those that an organisation has given its tiers, groups and members."""
    own = (
        Q(tier__organisation_id=organisation_id)
        | Q(group__organisation_id=organisation_id)
        | Q(membership__organisation_id=organisation_id)
    )
    rows = Limit.objects.filter(own).select_related("tier", "group", "membership__user")
    return rows.order_by("metric", "window", "created_at")


def missing(organisation_id: UUID) -> NotInPlan | None:
    """What to tell those whose plan has no limits for members. Those given before go on counting without."""
    return features.missing_from(organisation_id, Feature.MEMBER_LIMITS)


def set_limit(*, by: Membership, scope: Scope, given: Amount) -> Limit:
    """Limit each member of a tier or group, or one member. Replaces what was set for the same window.

    `scope` belongs to the organisation of `by`. Raises `NotAllowed`, `NotInPlan`.
    """
    _check(by)
    if scope.organisation_id != by.organisation_id:
        raise NotAllowed(_("Only an owner or admin of the organisation can do this."))
    features.check(by.organisation_id, Feature.MEMBER_LIMITS)
    return _keep(by.user, given, {_name_of(scope): scope})


def remove_limit(*, by: Membership, limit: Limit) -> None:
    """Raises `NotAllowed`."""
    _check(by)
    with transaction.atomic():
        _log(by.user, limit, gone=True)
        limit.delete()


def exceptions_for(organisation: Organisation) -> QuerySet[Limit]:
    """What the platform has given one organisation beside its plan."""
    return Limit.objects.filter(organisation=organisation).order_by("metric", "window")


def set_exception(
    *, by: User, organisation: Organisation, given: Amount, expires_at: datetime | None, note: str
) -> Limit:
    """Let one organisation use more, or less, than its plan says, until `expires_at` where that is given."""
    return _keep(by, given, {"organisation": organisation}, expires_at=expires_at, note=note)


def remove_exception(*, by: User, limit: Limit) -> None:
    with transaction.atomic():
        _log(by, limit, gone=True)
        limit.delete()


def _keep(by: User, given: Amount, scope: Mapping[str, Any], **changes: Any) -> Limit:
    with transaction.atomic():
        limit, _made = Limit.objects.update_or_create(
            **scope,
            metric=given.metric,
            window=given.window,
            defaults={"amount": given.amount, **changes},
        )
        _log(by, limit)
    return limit


def _log(by: User, limit: Limit, *, gone: bool = False) -> None:
    scope = limit.organisation or limit.tier or limit.group or limit.membership or limit.plan
    details = {
        "scope": str(scope.user if isinstance(scope, Membership) else scope),
        "metric": limit.metric,
        "window": limit.window,
        "amount": limit.amount,
        "gone": gone,
    }
    record(Action.LIMIT_CHANGED, actor=by, resource=limit, details=details)


def _check(by: Membership) -> None:
    if not may_run(by):
        raise NotAllowed(_("Only an owner or admin of the organisation can do this."))


def _name_of(scope: Scope) -> str:
    return {Tier: "tier", Group: "group", Membership: "membership"}[type(scope)]
