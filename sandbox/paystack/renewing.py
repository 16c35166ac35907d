"""Subscriptions: what happens to them as time goes by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.paystack import cards, charging, shapes
from sandbox.paystack.records import Authorization, Invoice, Subscription, Transaction, new_code

if TYPE_CHECKING:
    from sandbox.paystack.emulator import Emulator

NOTICE = timedelta(days=3)  # that invoice.create comes ahead of a charge
LATEST_DAY = 28  # whoever subscribes later in a month is charged on this day
MONTHS = {"monthly": 1, "quarterly": 3, "biannually": 6, "annually": 12}
SPANS = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(days=7)}
RENEWS = ("active", "attention")


def next_date(at: datetime, interval: str) -> datetime:
    if interval in SPANS:
        return at + SPANS[interval]
    month = at.month - 1 + MONTHS[interval]
    return at.replace(year=at.year + month // 12, month=month % 12 + 1, day=min(at.day, LATEST_DAY))


def begin(
    emulator: Emulator, *, customer: str, plan: str, held: Authorization, first_at: datetime
) -> Subscription:
    """A subscription that charges at `first_at` for the first time. Raises `Refused` if there is one."""
    world = emulator.world
    for known in world.subscriptions.values():
        if (known.customer, known.plan) == (customer, plan) and known.status in RENEWS:
            raise charging.Refused("This subscription is already in place.", code="duplicate_subscription")
    made = Subscription(
        id=world.next_id(),
        code=new_code("SUB"),
        token=new_code("").strip("_"),
        customer=customer,
        plan=plan,
        authorization=held.code,
        amount=world.plans[plan].amount,
        invoice_limit=world.plans[plan].invoice_limit,
        next_at=first_at,
        created_at=emulator.now(),
    )
    world.subscriptions[made.code] = made
    emulator.tell("subscription.create", shapes.subscription(world, made))
    return made


def begin_from_payment(emulator: Emulator, transaction: Transaction, held: Authorization) -> None:
    """A payment that named a plan was the first of its subscription."""
    plan = emulator.world.plans[transaction.plan]
    made = begin(
        emulator,
        customer=transaction.customer,
        plan=plan.code,
        held=held,
        first_at=next_date(emulator.now(), plan.interval),
    )
    made.invoice_limit = transaction.invoice_limit or plan.invoice_limit
    made.payments = 1


def due(emulator: Emulator) -> Iterator[tuple[datetime, str, Subscription]]:
    """All that will happen next, by time: notices, charges, ends."""
    for one in emulator.world.subscriptions.values():
        if one.next_at is None:
            continue
        if one.status == "non-renewing":
            yield one.next_at, "end", one
        elif one.status in RENEWS:
            if one.noticed_for != one.next_at:
                yield one.next_at - NOTICE, "notice", one
            yield one.next_at, "charge", one


def notice(emulator: Emulator, one: Subscription) -> None:
    """invoice.create, three days ahead; at once where it is less."""
    one.noticed_for = one.next_at
    emulator.tell("invoice.create", shapes.invoice_told(emulator.world, open_invoice(emulator, one)))


def charge(emulator: Emulator, one: Subscription) -> None:
    """A renewal. One that fails is not tried again before the next date."""
    world = emulator.world
    if one.noticed_for != one.next_at:
        notice(emulator, one)
    invoice = world.invoices[one.invoices[-1]]
    paid = charging.begin(
        emulator,
        email=world.customers[one.customer].email,
        amount=one.amount,
        currency=world.plans[one.plan].currency,
        plan=one.plan,
        metadata={"invoice_action": "update"},
    )
    if not charging.charge(emulator, paid, world.authorizations[one.authorization]):
        charging.settle(emulator, paid, world.authorizations[one.authorization], cards.CHALLENGE)
    note_outcome(emulator, one, invoice, paid)


def note_outcome(emulator: Emulator, one: Subscription, invoice: Invoice, paid: Transaction) -> None:
    if one.next_at is None:
        raise AssertionError("a subscription without a date was charged")
    one.next_at = next_date(one.next_at, emulator.world.plans[one.plan].interval)
    invoice.reference, invoice.status = paid.reference, paid.status
    if paid.status == "success":
        one.payments += 1
        one.status = "active"
        invoice.paid, invoice.paid_at = True, emulator.now()
    else:
        one.status = "attention"
        emulator.tell("invoice.payment_failed", shapes.invoice_told(emulator.world, invoice))
    emulator.tell("invoice.update", shapes.invoice_told(emulator.world, invoice))
    if one.invoice_limit and one.payments >= one.invoice_limit:
        one.status, one.next_at = "completed", None
        emulator.tell("subscription.disable", told_at_end(emulator, one))


def open_invoice(emulator: Emulator, one: Subscription) -> Invoice:
    if one.next_at is None:
        raise AssertionError("a subscription without a date was invoiced")
    made = Invoice(
        id=emulator.world.next_id(),
        code=new_code("INV"),
        subscription=one.code,
        amount=one.amount,
        period_start=one.next_at,
        period_end=next_date(one.next_at, emulator.world.plans[one.plan].interval),
        created_at=emulator.now(),
    )
    emulator.world.invoices[made.code] = made
    one.invoices.append(made.code)
    return made


def disable(emulator: Emulator, one: Subscription) -> None:
    """It renews no more, and ends when it would have been charged."""
    if one.status not in RENEWS:
        raise charging.Refused("Subscription with code not found or already inactive", code="not_found")
    one.status = "non-renewing"
    emulator.tell("subscription.not_renew", shapes.subscription(emulator.world, one))


def enable(emulator: Emulator, one: Subscription) -> None:
    if one.status != "non-renewing":
        raise charging.Refused("Subscription with code not found or already active", code="not_found")
    one.status = "active"


def end(emulator: Emulator, one: Subscription) -> None:
    one.status, one.next_at = "cancelled", None
    emulator.tell("subscription.disable", told_at_end(emulator, one))


def told_at_end(emulator: Emulator, one: Subscription) -> dict[str, object]:
    return {**shapes.subscription(emulator.world, one), "status": "complete"}


def tell_expiring(emulator: Emulator) -> None:
    """Once a month, an array of subscriptions whose card ends in it."""
    month = f"{emulator.now():%Y-%m}"
    if emulator.world.cards_told_in == month:
        return
    emulator.world.cards_told_in = month
    found = [one for one in emulator.world.subscriptions.values() if one.status in RENEWS]
    cards_of = emulator.world.authorizations
    ending = [one for one in found if _ends_in(cards_of[one.authorization], month)]
    if ending:
        told = [shapes.card_expiring(emulator.world, one) for one in ending]
        emulator.tell("subscription.expiring_cards", told)


def _ends_in(held: Authorization, month: str) -> bool:
    return f"{held.exp_year}-{held.exp_month}" == month
