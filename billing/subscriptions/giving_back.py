"""Giving money back: held on the payment first, then asked of the gateway, then noted as done.

What is held can be held only once: one conditional UPDATE on the payment decides.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from billing import clock, states
from billing.gateways.contract import (
    GatewayError,
    GatewayRefused,
    GatewayUnavailable,
    RefundAnswer,
    State,
)
from billing.invoicing.crediting import issue_credit_note
from billing.models import Payment, Refund, RefundStatus
from billing.states import ForbiddenMove
from billing.subscriptions import telling
from billing.subscriptions.locking import Busy, alone_at_the_gateway, locked, locked_payment
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.rights import Refusal
from billing.subscriptions.vendors import gateway_of
from insights.actions import Action
from tenants.accounts.models import PlatformRole, User
from tenants.people.members import NotAllowed

OPEN: Final = (RefundStatus.PENDING, RefundStatus.NEEDS_ATTENTION)
MAY_REFUND: Final = (PlatformRole.SUPER_ADMIN, PlatformRole.ADMIN)

logger = logging.getLogger(__name__)


class CannotRefund(Refusal):
    """The payment did not come, or less is left of it."""


def refund(*, by_staff: User, payment: Payment, amount_minor: int, reason: str) -> Refund:
    """Give back part or all of a payment that came, also of one that was not as asked.

    Raises `NotAllowed`, and `CannotRefund` where less than that is left of it.
    """
    if by_staff.role not in MAY_REFUND:
        raise NotAllowed(_("Only an administrator of the platform can do this."))
    with transaction.atomic():
        locked(payment.organisation_id)
        begun = hold(payment=locked_payment(payment), amount_minor=amount_minor, reason=reason, by=by_staff)
    return carry_out(refund=begun)


def hold(*, payment: Payment, amount_minor: int, reason: str, by: User | None = None) -> Refund:
    """Write down that money will be given back; part of the caller's transaction. Raises `CannotRefund`."""
    came = Payment.objects.filter(
        pk=payment.pk, paid_at__isnull=False, refunded_minor__lte=F("amount_minor") - amount_minor
    )
    if amount_minor <= 0 or not came.update(refunded_minor=F("refunded_minor") + amount_minor):
        raise CannotRefund(_("There is not that much left of this payment."))
    begun = Refund.objects.create(
        payment=payment, amount_minor=amount_minor, reason=reason[:200], begun_by=by, created_at=clock.now()
    )
    states.note(begun, Action.REFUND_BEGUN, by=by, details=_details(begun))
    return begun


def carry_out(*, refund: Refund) -> Refund:
    """Ask the gateway to give back what is held, unless it has been asked, and what became of it. Can be
    repeated: where an answer was lost, the gateway is asked what it knows before it is asked again."""
    try:
        with alone_at_the_gateway(refund.payment_id):
            refund = Refund.objects.select_related("payment").get(pk=refund.pk)
            return _carry_out(refund) if refund.status in OPEN else refund
    except Busy:
        logger.info("refund looked at by another", extra={"refund": str(refund.pk)})
    except GatewayError:
        logger.warning("refund not settled", extra={"refund": str(refund.pk)}, exc_info=True)
    return refund


def carry_out_open(*, payment: Payment | None = None) -> int:
    """Carry out what is held and ask about what is under way, of one payment or of all; how many ended."""
    waiting = Refund.objects.filter(status__in=OPEN).order_by("created_at")
    if payment is not None:
        waiting = waiting.filter(payment=payment)
    return one_by_one(lambda one: carry_out(refund=one).status not in OPEN, waiting)


def adopt(*, payment: Payment) -> int:
    """Take in refunds that somebody has made at the gateway itself; how many. Raises `GatewayError`,
    `Busy`."""
    with alone_at_the_gateway(payment.pk):
        answers = gateway_of(payment).find_refunds(reference=payment.reference)
        open_amounts = list(
            payment.refunds.filter(status__in=OPEN, remote_id="").values_list("amount_minor", flat=True)
        )
        ours = set(payment.refunds.exclude(remote_id="").values_list("remote_id", flat=True))
        foreign = [one for one in answers if one.remote_id not in ours and one.state is not State.FAILED]
        adopted = 0
        for answer in foreign:
            if answer.amount_minor in open_amounts:  # ours, whose answer was lost: see `_known`
                open_amounts.remove(answer.amount_minor)
            else:
                adopted += _adopt(payment, answer)
    return adopted


def _adopt(payment: Payment, answer: RefundAnswer) -> bool:
    try:
        with transaction.atomic():
            locked(payment.organisation_id)
            begun = hold(payment=payment, amount_minor=answer.amount_minor, reason="at the gateway")
            Refund.objects.filter(pk=begun.pk).update(remote_id=answer.remote_id)
    except CannotRefund:
        logger.exception("more was given back than came", extra={"reference": payment.reference})
        return False
    return True


def _carry_out(refund: Refund) -> Refund:
    try:
        answer = _known(refund) or _asked(refund)
    except GatewayRefused as error:
        return _fail(refund, str(error))
    return _settle_with(refund, answer)


def _known(refund: Refund) -> RefundAnswer | None:
    """This refund as the gateway knows it. One whose answer was lost is told by its amount, among those that
    belong to none of ours."""
    payment = refund.payment
    answers = gateway_of(payment).find_refunds(reference=payment.reference)
    if refund.remote_id:
        return next((answer for answer in answers if answer.remote_id == refund.remote_id), None)
    ours = set(payment.refunds.exclude(remote_id="").values_list("remote_id", flat=True))
    return next(
        (
            answer
            for answer in answers
            if answer.remote_id not in ours
            and answer.amount_minor == refund.amount_minor
            and answer.state is not State.FAILED
        ),
        None,
    )


def _asked(refund: Refund) -> RefundAnswer:
    if refund.remote_id:
        raise GatewayUnavailable(f"refund {refund.remote_id} is not listed")
    payment = refund.payment
    return gateway_of(payment).refund(
        reference=payment.reference,
        amount_minor=refund.amount_minor,
        currency=payment.currency,
        reason=refund.reason,
    )


def _settle_with(refund: Refund, answer: RefundAnswer) -> Refund:
    match answer.state:
        case State.SUCCEEDED:
            return _complete(refund, answer)
        case State.FAILED:
            return _fail(refund, answer.failure, remote_id=answer.remote_id)
        case State.CHALLENGED if refund.status == RefundStatus.PENDING:
            _moved(
                refund,
                RefundStatus.NEEDS_ATTENTION,
                Action.REFUND_NEEDS_DETAILS,
                remote_id=answer.remote_id,
                failure=answer.failure[:300],
            )
        case _ if not refund.remote_id:
            Refund.objects.filter(pk=refund.pk, remote_id="").update(remote_id=answer.remote_id)
            refund.remote_id = answer.remote_id
    return refund


def _complete(refund: Refund, answer: RefundAnswer) -> Refund:
    """The money is on its way back: a credit note for what was invoiced, and a letter."""
    with transaction.atomic():
        subscription = locked(refund.payment.organisation_id)
        payment = locked_payment(refund.payment)
        done = {"remote_id": answer.remote_id, "completed_at": clock.now(), "failure": ""}
        if not _moved(refund, RefundStatus.SUCCEEDED, Action.PAYMENT_REFUNDED, **done):
            return refund
        if payment.invoice is not None:
            note = issue_credit_note(
                invoice=payment.invoice, amount_minor=refund.amount_minor, reason=refund.reason
            )
            Refund.objects.filter(pk=refund.pk).update(credit_note=note)
        if subscription and payment.invoice_id:
            telling.tell_of_refund(subscription, refund)
    return refund


def _fail(refund: Refund, failure: str, *, remote_id: str = "") -> Refund:
    """What was held may be given back in another way."""
    with transaction.atomic():
        locked(refund.payment.organisation_id)
        payment = locked_payment(refund.payment)
        fields = {"failure": failure[:300], "remote_id": remote_id or refund.remote_id}
        if _moved(refund, RefundStatus.FAILED, Action.REFUND_FAILED, **fields):
            Payment.objects.filter(pk=payment.pk).update(
                refunded_minor=F("refunded_minor") - refund.amount_minor
            )
            logger.error("refund failed", extra={"refund": str(refund.pk), "failure": failure})
    return refund


def _moved(refund: Refund, to: RefundStatus, action: Action, **fields: Any) -> bool:
    details = {**_details(refund), "failure": fields.get("failure", "")}
    try:
        with transaction.atomic():
            states.move(refund, to, action=action, by=refund.begun_by, details=details, **fields)
    except ForbiddenMove:
        refund.refresh_from_db()
        return False
    return True


def _details(refund: Refund) -> dict[str, Any]:
    return {
        "reference": refund.payment.reference,
        "amount_minor": refund.amount_minor,
        "currency": refund.payment.currency,
        "reason": refund.reason,
    }
