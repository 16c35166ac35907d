"""Organisations whose plan another organisation pays for: whatever becomes of its plan becomes of theirs."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing import states
from billing.models import Plan, Subscription, SubscriptionStatus
from billing.plans import first_plan
from billing.subscriptions import telling
from billing.subscriptions.locking import locked_all, subscriptions
from billing.subscriptions.rights import Refusal, check_may_manage
from insights.actions import Action
from notifications.models import Kind
from tenants.accounts.models import User
from tenants.models import Membership, Organisation, OrganisationStatus, Role

COVERS: Final = "several_organisations"  # the feature of plans that do


class CannotCover(Refusal):
    """The plan covers no others, the organisation is somebody else's, or it has a subscription of its own."""


def covers_others(plan: Plan) -> bool:
    return COVERS in plan.features


def coverable(*, membership: Membership) -> QuerySet[Organisation]:
    """Organisations that `cover` would take: those that the same person owns too and that pay nothing."""
    owned = Membership.objects.filter(user_id=membership.user_id, role=Role.OWNER)
    found: QuerySet[Organisation] = Organisation.objects.filter(
        pk__in=owned.values("organisation_id"),
        status=OrganisationStatus.ACTIVE,
        subscription__price=None,
        subscription__covered_by=None,
    )
    return found.exclude(pk=membership.organisation_id).order_by("name")


def covered(*, organisation_id: UUID) -> QuerySet[Subscription]:
    """The subscriptions that an organisation's own pays for."""
    mine = subscriptions().filter(covered_by__organisation_id=organisation_id)
    return mine.order_by("organisation__name")


def cover(*, membership: Membership, organisation: Organisation) -> Subscription:
    """Pay for another organisation of the same owner. Raises `NotAllowed` and `CannotCover`."""
    check_may_manage(membership)
    with transaction.atomic():
        payer, taken = _both(membership, organisation)
        _check_payer(payer)
        if not coverable(membership=membership).filter(pk=organisation.pk).exists():
            raise CannotCover(_("Only organisations that you own and that pay nothing can be covered."))
        states.move(
            taken,
            SubscriptionStatus.ACTIVE,
            action=Action.SUBSCRIPTION_COVERED,
            by=membership.user,
            details={"by": membership.organisation.name, "plan": payer.plan.code},
            covered_by=payer,
            plan=payer.plan,
        )
    return taken


def uncover(*, membership: Membership, organisation: Organisation) -> Subscription:
    """Pay for it no more: it falls back to the first plan. Raises `NotAllowed` and `CannotCover`."""
    check_may_manage(membership)
    with transaction.atomic():
        payer, taken = _both(membership, organisation)
        if taken.covered_by_id != payer.pk:
            raise CannotCover(_("This organisation is not covered by yours."))
        release(taken, by=membership.user)
    return taken


def follow_payer(payer: Subscription) -> None:
    """What the payer's plan has become, those that it covers become too. All rows are locked by the
    caller."""
    paused = payer.status == SubscriptionStatus.PAUSED
    status = SubscriptionStatus.PAUSED if paused else SubscriptionStatus.ACTIVE
    for one in subscriptions().filter(covered_by=payer).order_by("pk"):
        if not payer.price_id or not covers_others(payer.plan):
            release(one)
        elif (one.plan_id, one.status) != (payer.plan_id, status):
            action = Action.SUBSCRIPTION_PAUSED if paused else Action.PLAN_CHANGED
            states.move(one, status, action=action, details={"before": one.plan.code}, plan=payer.plan)


def release(subscription: Subscription, *, by: User | None = None) -> None:
    """Back to the first plan; what was made stays readable. The row is locked by the caller."""
    states.move(
        subscription,
        SubscriptionStatus.ACTIVE,
        action=Action.SUBSCRIPTION_UNCOVERED,
        by=by,
        details={"before": subscription.plan.code},
        covered_by=None,
        plan=first_plan(),
    )
    telling.tell(subscription, Kind.SUBSCRIPTION_DOWNGRADED, path="/billing/plans/")


def _both(membership: Membership, organisation: Organisation) -> tuple[Subscription, Subscription]:
    """The payer's row and the other's, locked."""
    rows = locked_all(membership.organisation_id, organisation.pk)
    return rows[membership.organisation_id], rows[organisation.pk]


def _check_payer(payer: Subscription) -> None:
    if payer.status != SubscriptionStatus.ACTIVE or not payer.price_id or not covers_others(payer.plan):
        raise CannotCover(_("Only the Enterprise plan covers several organisations."))
