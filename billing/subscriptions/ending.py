"""Ending a subscription: asked for, taken back, and come to its end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from billing import clock, states
from billing.models import Subscription, SubscriptionStatus
from billing.plans import first_plan
from billing.subscriptions import covering, telling
from billing.subscriptions.applying import AFRESH
from billing.subscriptions.locking import locked
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.rights import Refusal, check_may_manage
from billing.subscriptions.vendors import is_play_money
from insights.actions import Action
from notifications.models import Kind
from tenants.accounts.models import User
from tenants.doorbell import enqueue
from tenants.models import Membership


class NothingToEnd(Refusal):
    """There is nothing that renews itself, or it is cancelled already."""


class NothingToKeep(Refusal):
    """Nothing is scheduled that could be undone."""


def cancel(*, membership: Membership) -> Subscription:
    """Renew no more. What is paid for is had up to its end; what is overdue or paused ends at once.

    Raises `NotAllowed` and `NothingToEnd`.
    """
    check_may_manage(membership)
    with transaction.atomic():
        subscription = locked(membership.organisation_id)
        if subscription is None or not subscription.price_id or subscription.cancel_at_period_end:
            raise NothingToEnd(_("There is no subscription to cancel."))
        if subscription.status == SubscriptionStatus.ACTIVE:
            cancel_at_end(subscription, by=membership.user)
            tell_of_cancellation(subscription)
        else:
            fall_back(subscription, by=membership.user)
    return subscription


def keep(*, membership: Membership) -> Subscription:
    """Undo a cancellation or a change of plan that is scheduled. Raises `NotAllowed` and `NothingToKeep`."""
    check_may_manage(membership)
    with transaction.atomic():
        subscription = locked(membership.organisation_id)
        if subscription is None or not _is_scheduled(subscription) or _is_over(subscription, clock.now()):
            raise NothingToKeep(_("Nothing is scheduled that could be undone."))
        states.move(
            subscription,
            SubscriptionStatus.ACTIVE,
            action=Action.SUBSCRIPTION_KEPT,
            by=membership.user,
            details={"plan": subscription.plan.code},
            **AFRESH,
        )
        enqueue("billing.follow_up", organisation_id=subscription.organisation_id)
    return subscription


def cancel_at_end(subscription: Subscription, *, by: User | None) -> None:
    """The row is locked by the caller. Its renewals are ended by their code, which stays until they are."""
    states.move(
        subscription,
        SubscriptionStatus.ACTIVE,
        action=Action.SUBSCRIPTION_CANCELLED,
        by=by,
        details={"plan": subscription.plan.code, "ends_at": telling.moment(subscription.period_end)},
        cancel_at_period_end=True,
        next_plan=None,
        next_price=None,
        paused_at=None,
        resumes_at=None,
    )
    enqueue("billing.follow_up", organisation_id=subscription.organisation_id)


def tell_of_cancellation(subscription: Subscription) -> None:
    ends_at = telling.moment(subscription.period_end)
    telling.tell(subscription, Kind.SUBSCRIPTION_CANCELLED, ends_at=ends_at)


def fall_back(subscription: Subscription, *, by: User | None = None) -> None:
    """Back to the first plan, where all that was made stays readable. The row is locked by the caller."""
    kept = {"gateway_code": subscription.gateway_code, "gateway_token": subscription.gateway_token}
    states.move(
        subscription,
        SubscriptionStatus.CANCELLED,
        action=Action.SUBSCRIPTION_ENDED,
        by=by,
        details={"before": subscription.plan.code},
        **{**AFRESH, **kept, "plan": first_plan(), "price": None, "period_start": None, "period_end": None},
    )
    telling.tell(subscription, Kind.SUBSCRIPTION_DOWNGRADED, path="/billing/plans/")
    covering.follow_payer(subscription)
    enqueue("billing.follow_up", organisation_id=subscription.organisation_id)


def end_due() -> int:
    """Put those whose time is over back on the first plan; how many were."""
    now = clock.now()
    maybe_play_money = Q(test_mode=True, period_end__lte=now)
    over = Q(cancel_at_period_end=True, period_end__lte=now) | Q(grace_ends_at__lte=now) | maybe_play_money
    due = Subscription.objects.filter(over, price__isnull=False).values_list("organisation_id", flat=True)
    return one_by_one(lambda pk: end_if_over(organisation_id=pk), due)


def end_if_over(*, organisation_id: UUID) -> bool:
    """End a cancelled subscription, or one that was paid for with play money, when its period is over, and an
    overdue one when its grace is. Tells whether it ended."""
    with transaction.atomic():
        subscription, now = locked(organisation_id), clock.now()
        if subscription is None or not subscription.price_id:
            return False
        lasting = not subscription.cancel_at_period_end and not is_play_money(subscription)
        out_of_grace = subscription.grace_ends_at is not None and subscription.grace_ends_at <= now
        if not out_of_grace and (lasting or not _is_over(subscription, now)):
            return False
        fall_back(subscription)
    return True


def _is_scheduled(subscription: Subscription) -> bool:
    scheduled = subscription.cancel_at_period_end or subscription.next_price_id
    return bool(scheduled) and subscription.status == SubscriptionStatus.ACTIVE


def _is_over(subscription: Subscription, now: datetime) -> bool:
    return subscription.period_end is not None and subscription.period_end <= now
