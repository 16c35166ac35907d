"""Subscribing: a hosted page is shown, and what was paid there is asked of the API."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing import states
from billing.gateways.contract import GatewayError, HostedPage
from billing.gateways.registry import gateway
from billing.models import Payment, PaymentStatus, PlanPrice, Purpose, Subscription, SubscriptionStatus
from billing.states import OPEN_PAYMENTS
from billing.subscriptions import asking, settling
from billing.subscriptions.applying import details_of
from billing.subscriptions.asking import Money
from billing.subscriptions.locking import locked, locked_payment
from billing.subscriptions.rights import Refusal, check_may_manage
from insights.actions import Action
from tenants.models import Membership

MAY_SUBSCRIBE = (SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIALING, SubscriptionStatus.CANCELLED)


class AlreadySubscribed(Refusal):
    """The organisation pays for a plan, or another organisation does so for it."""


class NotOffered(Refusal):
    """The price is not sold any more."""


class UnknownPayment(LookupError):
    """No payment of this organisation has that reference."""


def start_checkout(*, membership: Membership, price: PlanPrice, return_url: str) -> HostedPage:
    """Where the organisation pays for its first period. An earlier page for the same price is shown again;
    one for another price is given up.

    Raises `NotAllowed`, `AlreadySubscribed`, `NotOffered`, `asking.GatewayAway`, `NotConfigured`.
    """
    check_may_manage(membership)
    check_offered(price)
    settle_earlier(membership.organisation_id, Purpose.SUBSCRIBE)
    return open_page(
        membership=membership,
        purpose=Purpose.SUBSCRIBE,
        price=price,
        amount=Money.of(price),
        return_url=return_url,
        check=check_may_subscribe,
    )


def return_from_checkout(*, reference: str, organisation_id: UUID | None = None) -> Payment:
    """What became of the payment that somebody comes back from; asked of the API, whatever they bring along.

    Where the gateway does not answer, the payment as it was. Raises `UnknownPayment`, also for the reference
    of another organisation where `organisation_id` says whose host it is.
    """
    found = Payment.objects.filter(reference=reference)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    payment = found.exclude(purpose=Purpose.RENEWAL).first()
    if payment is None:
        raise UnknownPayment(reference)
    try:
        return settling.settle(payment=payment)
    except GatewayError:
        return payment


def abandon_old_checkouts() -> int:
    """Settle open payments, of which old pages that nobody paid on are given up; how many were settled."""
    return settling.settle_open()


def check_offered(price: PlanPrice) -> None:
    if not price.offered or not price.plan.offered:
        raise NotOffered(_("This price is not offered any more. Choose again from the price page."))


def check_may_subscribe(subscription: Subscription) -> None:
    if subscription.covered_by_id:
        raise AlreadySubscribed(_("Another organisation pays for this one."))
    if subscription.price_id and subscription.status == SubscriptionStatus.PAST_DUE:
        raise AlreadySubscribed(_("The last renewal is not paid yet. Change the card to pay it."))
    if subscription.price_id and subscription.status == SubscriptionStatus.PAUSED:
        raise AlreadySubscribed(_("Your subscription is paused. Resume it instead."))
    if subscription.price_id or subscription.status not in MAY_SUBSCRIBE:
        raise AlreadySubscribed(_("You have a subscription already. Change its plan instead."))


def open_page(
    *,
    membership: Membership,
    purpose: Purpose,
    price: PlanPrice | None,
    amount: Money,
    return_url: str,
    check: Callable[[Subscription], None],
) -> HostedPage:
    """A page for a payment that is begun here, or the one that is open for the same."""
    vendor = gateway()
    with transaction.atomic():
        subscription = locked(membership.organisation_id)
        assert subscription is not None
        check(subscription)
        payment = _again(subscription, purpose, price, amount) or asking.begin(
            subscription=subscription,
            purpose=purpose,
            price=price,
            gateway=vendor,
            amount=amount,
            by=membership.user,
        )
    if not payment.hosted_url:
        payment = asking.show_page(payment=payment, return_url=return_url)
    return HostedPage(url=payment.hosted_url, reference=payment.reference)


def settle_earlier(organisation_id: UUID, *purposes: Purpose) -> None:
    """Look what became of pages shown before, so that nothing is paid twice. Raises `asking.GatewayAway`."""
    earlier = Payment.objects.filter(
        organisation_id=organisation_id, purpose__in=purposes, status__in=OPEN_PAYMENTS
    )
    try:
        for payment in list(earlier):
            settling.settle(payment=payment)
    except GatewayError as error:
        raise asking.GatewayAway from error


def _again(
    subscription: Subscription, purpose: Purpose, price: PlanPrice | None, amount: Money
) -> Payment | None:
    """The page that is open for the same; any other is given up, though money that comes there is not
    lost."""
    kept = None
    for one in Payment.objects.filter(
        organisation_id=subscription.organisation_id, purpose=purpose, status__in=OPEN_PAYMENTS
    ).order_by("created_at"):
        payment = locked_payment(one)
        same = (payment.price, payment.amount_minor, payment.currency) == (
            price,
            amount.minor,
            amount.currency,
        )
        if kept is None and same and payment.hosted_url:
            kept = payment
        elif payment.status in OPEN_PAYMENTS:
            states.move(
                payment, PaymentStatus.ABANDONED, action=Action.PAYMENT_ABANDONED, details=details_of(payment)
            )
    return kept
