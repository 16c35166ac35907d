"""What became of a payment: asked of the gateway, and written down."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from billing import clock, states
from billing.gateways.contract import Charge, GatewayError, State
from billing.models import Payment, PaymentStatus, Purpose
from billing.states import OPEN_PAYMENTS, ForbiddenMove
from billing.subscriptions import overdue
from billing.subscriptions.applying import apply, details_of
from billing.subscriptions.locking import locked, locked_payment
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.vendors import gateway_of
from insights.actions import Action

UNHEARD: Final = timedelta(minutes=10)  # after which a charge that the gateway does not know was never made
PAGE_CLOSED: Final = timedelta(hours=3)  # after which nobody is expected to pay on a hosted page any more
LATE_MONEY: Final = timedelta(days=7)  # for so long it is asked about what was given up or failed
SOON: Final = timedelta(minutes=1)  # for so long the clock leaves an open payment to whoever began it

logger = logging.getLogger(__name__)


def settle(*, payment: Payment) -> Payment:
    """Ask the gateway what became of a payment and write what follows. Can be repeated.

    Raises `GatewayUnavailable`, and `NotConfigured`.
    """
    charge = gateway_of(payment).find_charge(reference=payment.reference)
    return settle_with(payment=payment, charge=charge)


def settle_with(*, payment: Payment, charge: Charge | None) -> Payment:
    """Write what follows from a charge as the API has just told of it; None where it knows of none."""
    if charge is None:
        return _give_up(payment) if _is_older(payment, UNHEARD) else payment
    match charge.state:
        case State.SUCCEEDED:
            return apply(payment=payment, charge=charge)
        case State.FAILED:
            return fail(payment=payment, failure=charge.failure)
    # Paystack calls a page that nobody has paid on yet abandoned, too.
    if _is_older(payment, PAGE_CLOSED):
        return _give_up(payment)
    return _challenge(payment, charge.challenge_url) if charge.state is State.CHALLENGED else payment


def fail(*, payment: Payment, failure: str) -> Payment:
    """The gateway said no: nothing changes, but a renewal is overdue then."""
    with transaction.atomic():
        subscription = locked(payment.organisation_id)
        payment = locked_payment(payment)
        if payment.status in (PaymentStatus.FAILED, PaymentStatus.SUCCEEDED):
            return payment
        _moved(payment, PaymentStatus.FAILED, Action.PAYMENT_FAILED, failure=failure[:300])
        if subscription and payment.purpose in (Purpose.RENEWAL, Purpose.RETRY):
            overdue.note_failure(subscription=subscription, payment=payment)
    return payment


def settle_open() -> int:
    """Ask about every payment whose outcome is not known; how many were settled."""
    now = clock.now()
    waiting = Payment.objects.filter(status__in=OPEN_PAYMENTS, created_at__lt=now - SOON)
    return _settle_all(waiting)


def settle_late(*, organisation_id: Any = None) -> int:
    """Ask about what was given up or failed of late, in case money came after all; how many were paid."""
    given_up = (PaymentStatus.ABANDONED, PaymentStatus.FAILED)
    late = Payment.objects.filter(
        status__in=given_up, paid_at=None, created_at__gt=clock.now() - LATE_MONEY
    ).exclude(purpose=Purpose.RENEWAL)
    if organisation_id:
        late = late.filter(organisation_id=organisation_id)
    return _settle_all(late)


def _settle_all(payments: Iterable[Payment]) -> int:
    return one_by_one(_try_to_settle, payments)


def _try_to_settle(payment: Payment) -> bool:
    before = payment.status
    try:
        return bool(settle(payment=payment).status != before)
    except GatewayError:
        logger.warning("payment not settled", extra={"reference": payment.reference}, exc_info=True)
        return False


def _challenge(payment: Payment, url: str) -> Payment:
    _moved(payment, PaymentStatus.CHALLENGED, Action.PAYMENT_CHALLENGED, hosted_url=url)
    return payment


def _give_up(payment: Payment) -> Payment:
    _moved(payment, PaymentStatus.ABANDONED, Action.PAYMENT_ABANDONED)
    return payment


def _moved(payment: Payment, to: PaymentStatus, action: Action, **fields: Any) -> bool:
    """Whether this call moved it; if not, the row is read anew."""
    try:
        with transaction.atomic():
            details = {**details_of(payment), **fields}
            states.move(payment, to, action=action, details=details, **fields)
    except ForbiddenMove:
        payment.refresh_from_db()
        return False
    return True


def _is_older(payment: Payment, age: timedelta) -> bool:
    return bool(payment.created_at < clock.now() - age)
