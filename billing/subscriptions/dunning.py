"""Asking again for renewals that could not be paid (see `overdue` for the schedule)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from billing import clock
from billing.gateways.contract import NotConfigured
from billing.models import Payment, PaymentMethod, Purpose, Subscription, SubscriptionStatus
from billing.subscriptions import asking, overdue
from billing.subscriptions.asking import Money
from billing.subscriptions.locking import locked
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.vendors import gateway_of


def retry_due() -> int:
    """Charge the cards whose next attempt is due; how many were tried."""
    due = Subscription.objects.filter(
        status=SubscriptionStatus.PAST_DUE, next_attempt_at__lte=clock.now(), card__isnull=False
    )
    return one_by_one(_retry, due.values_list("organisation_id", flat=True))


def _retry(organisation_id: UUID) -> bool:
    """The attempt is counted before the card is charged, so an interruption cannot make two of it."""
    begun = _begin(organisation_id)
    if begun is None:
        return False
    payment, card = begun
    asking.charge_card(payment=payment, card=card)
    return True


def _begin(organisation_id: UUID) -> tuple[Payment, PaymentMethod] | None:
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or not _is_due(subscription):
            return None
        if asking.is_under_way(subscription, Purpose.RETRY):
            return None
        price = subscription.price
        try:
            vendor = gateway_of(subscription)
        except NotConfigured:
            return None
        assert price and subscription.card and subscription.period_end
        next_attempt_at = overdue.attempt_after(subscription, clock.now())
        Subscription.objects.filter(pk=subscription.pk).update(
            attempts=subscription.attempts + 1, next_attempt_at=next_attempt_at
        )
        payment = asking.begin(
            subscription=subscription,
            purpose=Purpose.RETRY,
            price=price,
            gateway=vendor,
            amount=Money.of(price),
        )
    return payment, subscription.card


def _is_due(subscription: Subscription) -> bool:
    at = subscription.next_attempt_at
    past_due = subscription.status == SubscriptionStatus.PAST_DUE
    return past_due and at is not None and at <= clock.now() and subscription.card is not None
