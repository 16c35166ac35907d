"""The effect of money that has come, written in the transaction that makes its payment count.

What is delivered is what was asked for when the payment was begun. Where that does not hold any more, such as
a second checkout paid in another window or a renewal that came after the end, the money is taken, invoiced
and given back whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from billing import clock, states
from billing.gateways.contract import Charge, State
from billing.invoicing.issuing import Line, issue
from billing.models import (
    ItemKind,
    Payment,
    PaymentMethod,
    PaymentStatus,
    PlanPrice,
    Purpose,
    Subscription,
    SubscriptionStatus,
)
from billing.subscriptions import covering, giving_back, telling
from billing.subscriptions.cards import remember_card
from billing.subscriptions.locking import locked, locked_payment
from billing.subscriptions.periods import Period, first_period, next_period
from billing.subscriptions.upgrades import upgrade
from insights.actions import Action
from notifications.models import Kind
from tenants.doorbell import enqueue

EARLY: Final = timedelta(days=5)  # a renewal may be charged so long before its period begins (see `periods`)

# What every paid beginning leaves behind: nothing scheduled, nothing overdue, renewals to be begun anew.
AFRESH: Final[dict[str, Any]] = {
    "cancel_at_period_end": False,
    "next_plan": None,
    "next_price": None,
    "paused_at": None,
    "resumes_at": None,
    "past_due_since": None,
    "grace_ends_at": None,
    "attempts": 0,
    "next_attempt_at": None,
    "gateway_code": "",
    "gateway_token": "",
}

logger = logging.getLogger(__name__)


class NotPaid(ValueError):
    """The gateway does not say that this payment has succeeded."""


def apply(*, payment: Payment, charge: Charge) -> Payment:
    """Give a payment its effect, once, however often it is called. `charge` is what the API has just said.

    A charge of another amount or currency than was asked for delivers nothing: it is recorded and alarmed,
    and a person gives it back. Raises `NotPaid` for a charge of another payment or one that has not
    succeeded.
    """
    if charge.reference != payment.reference or charge.state is not State.SUCCEEDED:
        raise NotPaid(f"{payment.reference}: {charge.reference} is {charge.state.value}")
    with transaction.atomic():
        subscription = locked(payment.organisation_id)
        payment = locked_payment(payment)
        if payment.paid_at is not None:
            return payment
        if (charge.amount_minor, charge.currency) != (payment.amount_minor, payment.currency):
            return _set_aside(payment, charge)
        _receive(payment, subscription, charge)
    return payment


def details_of(payment: Payment) -> dict[str, Any]:
    """What the activity log tells of a payment."""
    return {
        "reference": payment.reference,
        "purpose": payment.purpose,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
    }


def is_due(subscription: Subscription, *, at: datetime) -> bool:
    """Whether a renewal that was charged at `at` is for the period that comes next."""
    return subscription.period_end is not None and at >= subscription.period_end - EARLY


def _set_aside(payment: Payment, charge: Charge) -> Payment:
    """The row tells of the money that came; `failure` tells what was asked."""
    asked = f"{payment.amount_minor} {payment.currency}"
    states.move(
        payment,
        PaymentStatus.FAILED,
        action=Action.PAYMENT_MISMATCHED,
        details={**details_of(payment), "asked": asked, "paid": f"{charge.amount_minor} {charge.currency}"},
        failure=f"not as asked: {asked}",
        amount_minor=charge.amount_minor,
        currency=charge.currency,
        remote_id=charge.remote_id,
        paid_at=charge.paid_at or clock.now(),
    )
    logger.error("payment is not as asked", extra={"reference": payment.reference, "asked": asked})
    return payment


def _receive(payment: Payment, subscription: Subscription | None, charge: Charge) -> None:
    paid_at = charge.paid_at or clock.now()
    states.move(
        payment,
        PaymentStatus.SUCCEEDED,
        action=Action.PAYMENT_RECEIVED,
        by=payment.begun_by,
        details=details_of(payment),
        remote_id=charge.remote_id,
        failure="",
        card_brand=charge.card.brand if charge.card else "",
        card_last4=charge.card.last4 if charge.card else "",
        paid_at=paid_at,
        applied_at=clock.now(),
    )
    lines = _EFFECTS[Purpose(payment.purpose)](subscription, payment, charge) if subscription else None
    if lines is None:
        giving_back.hold(payment=payment, amount_minor=payment.amount_minor, reason="not needed any more")
        lines = [_line(payment, ItemKind.SUBSCRIPTION, None)]
    enqueue("billing.follow_up", organisation_id=payment.organisation_id)
    if lines and subscription:
        issue(organisation_id=payment.organisation_id, lines=lines, payment=payment)
        telling.tell_of_payment(payment)


def _subscribe(subscription: Subscription, payment: Payment, charge: Charge) -> Sequence[Line] | None:
    """The first payment, or the one after a pause. A trial of the same plan is lived out first."""
    price = payment.price
    paying = subscription.price_id and subscription.status != SubscriptionStatus.PAUSED
    if price is None or paying or subscription.covered_by_id:
        return None
    resumed = subscription.status == SubscriptionStatus.PAUSED
    period = first_period(begins=_begins(subscription, payment), interval=price.interval)
    _activate(
        subscription,
        payment,
        period,
        action=Action.SUBSCRIPTION_RESUMED if resumed else Action.SUBSCRIPTION_STARTED,
        card=remember_card(payment=payment, charge=charge) or subscription.card,
        started_at=subscription.started_at if resumed else payment.paid_at,
    )
    if resumed:
        telling.tell(subscription, Kind.SUBSCRIPTION_RESUMED)
    return [_line(payment, ItemKind.SUBSCRIPTION, period)]


def _begins(subscription: Subscription, payment: Payment) -> datetime:
    assert payment.paid_at and payment.price
    trial = subscription.trial_ends_at
    same = subscription.plan.code == payment.price.plan.code
    if subscription.status == SubscriptionStatus.TRIALING and trial and same:
        return max(trial, payment.paid_at)
    return payment.paid_at


def _renew(subscription: Subscription, payment: Payment, charge: Charge) -> Sequence[Line] | None:
    """The next period, on the plan that was chosen for it. It begins where the last one ended, also if it was
    paid for late."""
    price, period_end = subscription.next_price or subscription.price, subscription.period_end
    if price is None or period_end is None or not _is_awaited(subscription, payment, price):
        return None
    period = next_period(after=period_end, interval=price.interval)
    if payment.purpose == Purpose.RENEWAL:
        kept, card = _renewals_kept(subscription), subscription.card
    else:
        kept, card = {}, remember_card(payment=payment, charge=charge) or subscription.card
    _activate(subscription, payment, period, action=Action.SUBSCRIPTION_RENEWED, card=card, **kept)
    return [_line(payment, ItemKind.SUBSCRIPTION, period)]


def _is_awaited(subscription: Subscription, payment: Payment, price: PlanPrice) -> bool:
    """Whether the next period is still to be paid for, at that price."""
    running = subscription.status in (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)
    leaving = subscription.cancel_at_period_end or subscription.paused_at is not None
    at = payment.paid_at if payment.purpose == Purpose.RENEWAL else payment.created_at
    due = at is not None and is_due(subscription, at=at)
    return running and not leaving and due and payment.price == price


def _renewals_kept(subscription: Subscription) -> dict[str, str]:
    """What the gateway has just charged by itself goes on, unless we had taken over."""
    if subscription.status != SubscriptionStatus.ACTIVE:
        return {}
    return {"gateway_code": subscription.gateway_code, "gateway_token": subscription.gateway_token}


def _upgrade(subscription: Subscription, payment: Payment, charge: Charge) -> Sequence[Line] | None:
    """As it was worked out when the payment was begun, if that would still be the same."""
    if payment.price is None or payment.period_start is None:
        return None
    found = upgrade(subscription=subscription, price=payment.price, at=payment.period_start)
    if found is None or subscription.status != SubscriptionStatus.ACTIVE:
        return None
    asked = (payment.amount_minor, payment.period_end)
    if (found.amount_minor, found.period.end) != asked:
        return None
    card = remember_card(payment=payment, charge=charge) or subscription.card
    _activate(subscription, payment, found.period, action=Action.PLAN_CHANGED, card=card)
    return found.lines


def _change_card(subscription: Subscription, payment: Payment, charge: Charge) -> Sequence[Line] | None:
    """Renewals are begun anew with it; the small amount is given back and never invoiced."""
    giving_back.hold(payment=payment, amount_minor=payment.amount_minor, reason="change of card")
    card = remember_card(payment=payment, charge=charge)
    if card is not None:
        Subscription.objects.filter(pk=subscription.pk).update(card=card, gateway_code="", gateway_token="")
        details = {"brand": card.brand, "last4": card.last4}
        states.note(subscription, Action.CARD_CHANGED, by=payment.begun_by, details=details)
    return []


def _activate(
    subscription: Subscription,
    payment: Payment,
    period: Period,
    *,
    action: Action,
    card: PaymentMethod | None,
    **fields: Any,
) -> None:
    """Put the subscription on the payment's price for a period, and those that it covers along with it."""
    price = payment.price
    assert price is not None
    if payment.purpose != Purpose.UPGRADE:  # whose own period is the part that it is for
        payment.period_start, payment.period_end = period.start, period.end
        payment.save(update_fields=["period_start", "period_end"])
    details = {
        "before": subscription.plan.code,
        "plan": price.plan.code,
        "interval": price.interval,
        "period_end": period.end.isoformat(),
    }
    changes = {
        **AFRESH,
        "plan": price.plan,
        "price": price,
        "period_start": period.start,
        "period_end": period.end,
        "card": card,
        "gateway": payment.gateway,
        "test_mode": payment.test_mode,
        **fields,
    }
    states.move(
        subscription,
        SubscriptionStatus.ACTIVE,
        action=action,
        by=payment.begun_by,
        details=details,
        **changes,
    )
    covering.follow_payer(subscription)


def _line(payment: Payment, kind: ItemKind, period: Period | None) -> Line:
    price = payment.price
    return Line(
        kind=kind,
        plan=price.plan if price else None,
        interval=price.interval if price else "",
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        total_minor=payment.amount_minor,
    )


_Effect = Callable[[Subscription, Payment, Charge], Sequence[Line] | None]

# The lines to invoice; None where what was paid for cannot be delivered any more.
_EFFECTS: Final[dict[Purpose, _Effect]] = {
    Purpose.SUBSCRIBE: _subscribe,
    Purpose.RENEWAL: _renew,
    Purpose.RETRY: _renew,
    Purpose.UPGRADE: _upgrade,
    Purpose.CARD: _change_card,
}
