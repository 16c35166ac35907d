"""Asking for money: the row first, the gateway after."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing import clock
from billing.gateways.contract import Gateway, GatewayRefused, GatewayUnavailable, NotConfigured
from billing.gateways.registry import gateway
from billing.models import Payment, PaymentMethod, PlanPrice, Purpose, Subscription
from billing.states import OPEN_PAYMENTS, note
from billing.subscriptions import settling
from billing.subscriptions.applying import details_of
from billing.subscriptions.cards import card_of, customer_email
from billing.subscriptions.periods import Period
from billing.subscriptions.rights import Refusal
from insights.actions import Action
from tenants.accounts.models import User
from tenants.doorbell import enqueue
from tenants.keys import uuid7

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Money:
    """Minor units of a currency."""

    minor: int
    currency: str

    @classmethod
    def of(cls, price: PlanPrice) -> Money:
        return cls(price.amount_minor, price.currency)


class UnderWay(Refusal):
    """Another payment is not settled yet."""

    def __init__(self) -> None:
        super().__init__(_("Another payment is under way. Wait a minute, then look again."))


class GatewayAway(Refusal):
    """The gateway gave no answer, or refused; nothing was charged that will not be accounted for."""

    def __init__(self) -> None:
        super().__init__(_("The payment service does not answer. Nothing is lost: try again in a minute."))


def begin(
    *,
    subscription: Subscription,
    purpose: Purpose,
    price: PlanPrice | None,
    gateway: Gateway,
    amount: Money,
    period: Period | None = None,
    by: User | None = None,
) -> Payment:
    """Write down that money will be asked for. To be committed before it is."""
    payment = Payment.objects.create(
        organisation_id=subscription.organisation_id,
        purpose=purpose,
        price=price,
        gateway=gateway.name,
        test_mode=gateway.test_mode,
        reference=f"oct-{uuid7().hex}",
        amount_minor=amount.minor,
        currency=amount.currency,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        begun_by=by,
        created_at=clock.now(),
    )
    note(payment, Action.PAYMENT_BEGUN, by=by, details=details_of(payment))
    return payment


def show_page(*, payment: Payment, return_url: str) -> Payment:
    """Have the gateway make the page on which a payment that is begun is paid; see its `hosted_url`.

    Raises `GatewayAway`.
    """
    try:
        page = gateway().start_checkout(
            reference=payment.reference,
            amount_minor=payment.amount_minor,
            currency=payment.currency,
            email=customer_email(payment.organisation_id),
            return_url=return_url,
            metadata=_metadata(payment),
        )
    except GatewayRefused as error:
        settling.fail(payment=payment, failure=str(error))
        raise GatewayAway from error
    except GatewayUnavailable as error:
        raise GatewayAway from error
    Payment.objects.filter(pk=payment.pk).update(hosted_url=page.url)
    payment.hosted_url = page.url
    return payment


def charge_card(*, payment: Payment, card: PaymentMethod) -> Payment:
    """Charge the kept card for a payment that is begun, and write what follows.

    Where the answer was lost the payment stays PENDING, and `settling` asks again.
    """
    try:
        charge = gateway().charge_card(
            reference=payment.reference,
            amount_minor=payment.amount_minor,
            currency=payment.currency,
            card=card_of(card),
            metadata=_metadata(payment),
        )
    except GatewayRefused as error:
        return settling.fail(payment=payment, failure=str(error))
    except (GatewayUnavailable, NotConfigured):
        logger.warning("charge unanswered", extra={"reference": payment.reference}, exc_info=True)
        enqueue("billing.settle_payment", payment_id=payment.pk)
        return payment
    return settling.settle_with(payment=payment, charge=charge)


def is_under_way(subscription: Subscription, *purposes: Purpose) -> bool:
    """To be asked with the subscription locked."""
    return Payment.objects.filter(
        organisation_id=subscription.organisation_id, purpose__in=purposes, status__in=OPEN_PAYMENTS
    ).exists()


def _metadata(payment: Payment) -> dict[str, str]:
    return {"organisation": str(payment.organisation_id), "purpose": payment.purpose}
