"""Whether money and its effects agree, between our rows and what the gateway has charged."""

from __future__ import annotations

from collections.abc import Iterator

from billing.models import Invoice, Payment, PaymentStatus, Purpose, Refund, RefundStatus, Subscription
from billing.subscriptions import renewals
from tests.billing.subscriptions.living import Customer


def disagreements(customer: Customer) -> Iterator[str]:
    """What is wrong, in words; nothing where all is well."""
    bill = customer.paystack.bill().get("USD", {"charges": 0, "charged": 0, "refunded": 0})
    came = [payment for payment in customer.payments if payment.paid_at]
    if sum(payment.amount_minor for payment in came) != bill["charged"]:
        yield f"charged {bill['charged']}, known {[(one.purpose, one.amount_minor) for one in came]}"
    if given_back(customer) != bill["refunded"]:
        yield f"given back {bill['refunded']}, known {given_back(customer)}"
    for payment in came:
        yield from _of_a_payment(payment)
    yield from _of_the_plan(customer.subscription, customer)


def given_back(customer: Customer) -> int:
    mine = Refund.objects.filter(payment__organisation_id=customer.membership.organisation_id)
    return sum(mine.filter(status=RefundStatus.SUCCEEDED).values_list("amount_minor", flat=True))


def _of_a_payment(payment: Payment) -> Iterator[str]:
    if payment.status != PaymentStatus.SUCCEEDED or payment.applied_at is None:
        yield f"money without effect: {payment.reference} is {payment.status}"
    if payment.purpose == Purpose.CARD:
        if payment.refunded_minor != payment.amount_minor:
            yield f"kept what was to be given back: {payment.reference}"
        return
    if payment.invoice is None:
        yield f"not invoiced: {payment.reference}"
        return
    notes = sum(Invoice.objects.filter(corrects=payment.invoice).values_list("total_minor", flat=True))
    if payment.invoice.total_minor + notes != payment.amount_minor - payment.refunded_minor:
        yield f"invoiced {payment.invoice.total_minor} {notes}, paid {payment.amount_minor}"


def _of_the_plan(subscription: Subscription, customer: Customer) -> Iterator[str]:
    kept = [
        payment
        for payment in customer.payments
        if payment.paid_at
        and payment.purpose != Purpose.CARD
        and payment.refunded_minor < payment.amount_minor
    ]
    if subscription.price_id and not kept:
        yield f"effect without money: {subscription.plan.code}"
    if subscription.price_id and kept:
        last = max(kept, key=lambda payment: (payment.paid_at, payment.pk))
        if (last.price, last.period_end) != (subscription.price, subscription.period_end):
            yield f"paid for {last.price} to {last.period_end}, has {subscription.price}"
    wanted = renewals.wish_of(subscription)
    expected = [(f"{wanted.price.plan.name} {wanted.price.plan.version}", "active")] if wanted else []
    if customer.renewals != expected:
        yield f"the gateway will charge {customer.renewals}, wanted {expected}"
