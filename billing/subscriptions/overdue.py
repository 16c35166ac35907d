"""Renewals that could not be paid: asked for again on a schedule, until the grace is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from billing import clock, states
from billing.models import Payment, Subscription, SubscriptionStatus
from billing.subscriptions import telling
from insights.actions import Action
from notifications.models import Kind

RETRIES: Final = tuple(timedelta(days=days) for days in (1, 3, 5, 7))  # after the first failure
GRACE: Final = timedelta(days=14)  # after the first failure


def begin(subscription: Subscription) -> bool:
    """The renewal was not paid: from now on we ask, by a schedule, and the gateway no more.

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
        past_due_since=now,
        grace_ends_at=now + GRACE,
        attempts=0,
        next_attempt_at=now + RETRIES[0],
    )
    return True


def attempt_after(subscription: Subscription) -> datetime | None:
    """When to ask again after the attempt that is due; None after the last."""
    asked = subscription.attempts + 1
    if subscription.past_due_since is None or asked >= len(RETRIES):
        return None
    return subscription.past_due_since + RETRIES[asked]


def note_failure(*, subscription: Subscription, payment: Payment) -> None:
    """A renewal or an attempt has failed; whoever pays is told, once for each. The row is locked."""
    begin(subscription)
    if subscription.status == SubscriptionStatus.PAST_DUE:
        telling.tell(
            subscription,
            Kind.PAYMENT_FAILED,
            path="/billing/card/",
            amount=telling.amount(payment.amount_minor, payment.currency),
            card=payment.card_last4 or (subscription.card.last4 if subscription.card else ""),
            next_attempt_at=telling.moment(subscription.next_attempt_at),
            grace_ends_at=telling.moment(subscription.grace_ends_at),
        )
