"""Trials: once for an organisation, without a card, and over by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing import clock, states
from billing.models import Payment, PaymentStatus, Plan, Subscription, SubscriptionStatus
from billing.plans import first_plan
from billing.subscriptions import telling
from billing.subscriptions.locking import locked
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.rights import Refusal, check_may_manage
from insights.actions import Action
from notifications.models import Kind
from tenants.models import Membership

REMINDED: Final = (timedelta(days=3), timedelta(days=1))  # before the end


class NoTrial(Refusal):
    """The plan has no trial, or the organisation has had its own."""


def may_try(subscription: Subscription, plan: Plan) -> bool:
    """Whether a trial of the plan would be granted."""
    paid = Payment.objects.filter(
        organisation_id=subscription.organisation_id, status=PaymentStatus.SUCCEEDED
    )
    fresh = subscription.status == SubscriptionStatus.ACTIVE and not subscription.price_id
    first = subscription.trial_ends_at is None and not subscription.covered_by_id
    return fresh and first and plan.offered and plan.trial_days > 0 and not paid.exists()


def start_trial(*, membership: Membership, plan: Plan) -> Subscription:
    """Have a plan for its `trial_days`, for nothing. Raises `NotAllowed` and `NoTrial`."""
    check_may_manage(membership)
    with transaction.atomic():
        subscription = locked(membership.organisation_id)
        if subscription is None or not may_try(subscription, plan):
            raise NoTrial(_("There is one trial for an organisation, and before its first payment."))
        now = clock.now()
        ends_at = now + timedelta(days=plan.trial_days)
        states.move(
            subscription,
            SubscriptionStatus.TRIALING,
            action=Action.TRIAL_STARTED,
            by=membership.user,
            details={"plan": plan.code, "ends_at": ends_at.isoformat()},
            plan=plan,
            started_at=now,
            trial_ends_at=ends_at,
        )
    return subscription


def end_due_trials() -> int:
    """Put those whose trial is over back on the first plan; how many were."""
    due = Subscription.objects.filter(status=SubscriptionStatus.TRIALING, trial_ends_at__lte=clock.now())
    return one_by_one(_end, due.values_list("organisation_id", flat=True))


def remind_of_trials() -> int:
    """Say that trials end soon, three days and a day ahead; how many times."""
    soon = Subscription.objects.filter(
        status=SubscriptionStatus.TRIALING, trial_ends_at__lte=clock.now() + max(REMINDED)
    )
    return one_by_one(_remind, soon.values_list("organisation_id", flat=True))


def _end(organisation_id: UUID) -> bool:
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or subscription.status != SubscriptionStatus.TRIALING:
            return False
        if subscription.trial_ends_at is None or subscription.trial_ends_at > clock.now():
            return False
        before = subscription.plan.code
        states.move(
            subscription,
            SubscriptionStatus.ACTIVE,
            action=Action.TRIAL_ENDED,
            details={"before": before},
            plan=first_plan(),
        )
        telling.tell(subscription, Kind.SUBSCRIPTION_DOWNGRADED, path="/billing/plans/")
    return True


def _remind(organisation_id: UUID) -> bool:
    """Of the reminders that are due the last alone, so that nobody is told twice at once."""
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or subscription.status != SubscriptionStatus.TRIALING:
            return False
        ends_at, now = subscription.trial_ends_at, clock.now()
        if ends_at is None or ends_at <= now:
            return False
        ahead = min(span for span in REMINDED if ends_at <= now + span)
        key = f"trial {ahead.days}"
        return telling.tell_once(
            subscription,
            Kind.TRIAL_ENDING,
            key=key,
            path="/billing/plans/",
            ends_at=telling.moment(ends_at),
        )
