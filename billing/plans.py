"""Plans: which are offered, and publishing them anew without changing what anybody has subscribed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from billing.models import Interval, Plan, PlanPrice
from insights import record
from insights.actions import Action
from tenants.accounts.models import User

FIRST_PLAN = "FREE"  # that every organisation begins with, and falls back to

Prices = Mapping[tuple[Interval, str], int]  # minor units, by rhythm and currency


class LastPlan(ValueError):
    """Every organisation begins with this plan: it cannot be withdrawn."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version of a plan holds. Limits: books, bytes, API calls a month; None is no limit."""

    name: str
    books_limit: int | None
    books_counted_by: str
    storage_limit: int | None
    api_calls_limit: int | None
    features: Sequence[str]
    trial_days: int
    position: int


def offered_plan(code: str) -> Plan:
    """The version of a plan that new subscribers get. Raises `Plan.DoesNotExist`."""
    return Plan.objects.get(code=code, offered=True)


def first_plan() -> Plan:
    return offered_plan(FIRST_PLAN)


def publish(*, by: User, code: str, terms: Terms, prices: Prices) -> Plan:
    """Terms a plan as it is described here from now on.

    Whoever is on it keeps the version that they have, with its limits and prices, until they change plans.
    Where nobody has subscribed to the present version it is changed itself. Publishing what is offered
    already changes nothing.
    """
    with transaction.atomic():
        versions = list(Plan.objects.select_for_update().filter(code=code).order_by("-version"))
        present = next((plan for plan in versions if plan.offered), None)
        if present and _is(present, terms, prices):
            return present
        Plan.objects.filter(code=code).update(offered=False)
        plan = _version_of(code, versions, present)
        for name, value in asdict(terms).items():
            setattr(plan, name, list(value) if name == "features" else value)
        plan.offered = True
        plan.save()
        _price(plan, prices)
        details = {"code": code, "version": plan.version}
        record(Action.PLAN_PUBLISHED, actor=by, resource=plan, details=details)
    return plan


def withdraw(*, by: User, plan: Plan) -> None:
    """Terms a plan no longer; whoever is on it keeps it. Raises `LastPlan` for the first."""
    if plan.code == FIRST_PLAN:
        raise LastPlan
    with transaction.atomic():
        if Plan.objects.filter(pk=plan.pk, offered=True).update(offered=False):
            record(Action.PLAN_WITHDRAWN, actor=by, resource=plan, details={"code": plan.code})


def _version_of(code: str, versions: Sequence[Plan], present: Plan | None) -> Plan:
    if present and not present.subscriptions.exists() and not _was_sold(present):
        return present
    return Plan(code=code, version=versions[0].version + 1 if versions else 1)


def _was_sold(plan: Plan) -> bool:
    """Something remembers one of its prices: it stays as it was."""
    return PlanPrice.objects.filter(plan=plan, gateway_plans__isnull=False).exists()


def _is(plan: Plan, terms: Terms, prices: Prices) -> bool:
    same = all(
        (list(value) if name == "features" else value) == getattr(plan, name)
        for name, value in asdict(terms).items()
    )
    return same and _prices_of(plan) == dict(prices)


def _prices_of(plan: Plan) -> dict[tuple[Interval, str], int]:
    rows = plan.prices.filter(offered=True)
    return {(Interval(row.interval), row.currency): row.amount_minor for row in rows}


def _price(plan: Plan, prices: Prices) -> None:
    plan.prices.filter(offered=True).update(offered=False)
    PlanPrice.objects.bulk_create(
        PlanPrice(plan=plan, interval=interval, currency=currency, amount_minor=amount)
        for (interval, currency), amount in prices.items()
    )
