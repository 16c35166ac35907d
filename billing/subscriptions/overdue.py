"""Renewals that could not be paid: asked for again on a schedule, until the grace is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from billing import clock, states
from billing.models import Payment, Subscription, SubscriptionStatus
from billing.subscriptions import covering, telling
from insights.actions import Action
from notifications.models import Kind

RETRIES: Final = tuple(timedelta(days=days) for days in (1, 3, 5, 7))  # after the first failure
GRACE: Final = timedelta(days=14)  # after the first failure


def begin(subscription: Subscription, *, at_once: bool = False) -> bool:
    """The renewal was not paid: from now on we ask, by a schedule (or `at_once` for the first time), and the
    gateway no more. A smaller plan that was chosen for the new period is had from now on.

    Tells whether this call began it. The row is locked by the caller.
    """
    if subscription.status != SubscriptionStatus.ACTIVE or subscription.price_id is None:
        return False
    now = clock.now()
    states.move(
        subscription,
        SubscriptionStatus.PAST_DUE,
        action=Action.SUBSCRIPTION_OVERDUE,
        details={"plan": subscription.plan.code, "grace_ends_at": (now + GRACE).isoformat()},
        plan=subscription.next_plan or subscription.plan,
        price=subscription.next_price or subscription.price,
        next_plan=None,
        next_price=None,
        past_due_since=now,
        grace_ends_at=now + GRACE,
        attempts=0,
        next_attempt_at=now if at_once else now + RETRIES[0],
    )
    covering.follow_payer(subscription)
    return True


def attempt_after(subscription: Subscription, now: datetime) -> datetime | None:
    """When to ask again after an attempt that is made now; None after the last."""
    since = subscription.past_due_since
    if since is None:
        return None
    return next((since + wait for wait in RETRIES if since + wait > now), None)


def note_failure(*, subscription: Subscription, payment: Payment) -> None:
    """A renewal or an attempt has failed; whoever pays is told, once for each. The row is locked."""
    begin(subscription)
    if subscription.status == SubscriptionStatus.PAST_DUE:
        tell_of_failure(subscription)


def tell_of_failure(subscription: Subscription) -> None:
    """That the renewal could not be paid, and what to do."""
    price = subscription.price
    if price is not None:
        telling.tell(
            subscription,
            Kind.PAYMENT_FAILED,
            path="/billing/card/",
            amount=telling.amount(price.amount_minor, price.currency),
            card=subscription.card.last4 if subscription.card else "",
            next_attempt_at=telling.moment(subscription.next_attempt_at),
            grace_ends_at=telling.moment(subscription.grace_ends_at),
        )
