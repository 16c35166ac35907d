"""Money given back: pending, processing, and then processed, failed, or in need of the customer's bank."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.paystack import cards, shapes
from sandbox.paystack.charging import Refused
from sandbox.paystack.records import Refund, Transaction

if TYPE_CHECKING:
    from sandbox.paystack.emulator import Emulator

STEP = timedelta(hours=6)  # between two states


def begin(
    emulator: Emulator, paid: Transaction, *, amount: int, customer_note: str = "", merchant_note: str = ""
) -> Refund:
    """Raises `Refused` for more than there is, or where nothing was paid."""
    if paid.paid_at is None:
        raise Refused("Transaction was not successful, so it cannot be refunded", code="invalid_transaction")
    if amount <= 0 or amount + paid.refunded > paid.amount:
        raise Refused("Refund amount cannot be more than transaction amount", code="invalid_amount")
    paid.refunded += amount
    held = emulator.world.authorizations[paid.authorization]
    made = Refund(
        id=emulator.world.next_id(),
        reference=paid.reference,
        amount=amount,
        currency=paid.currency,
        outcome=cards.REFUNDS.get(held.signature, "processed"),
        next_at=emulator.now() + STEP,
        customer_note=customer_note or f"Refund for transaction {paid.reference}",
        merchant_note=merchant_note or f"Refund for transaction {paid.reference}",
        created_at=emulator.now(),
    )
    emulator.world.refunds[made.id] = made
    tell(emulator, made)
    return made


def go_on(emulator: Emulator, one: Refund) -> None:
    """The next state, at `next_at`."""
    paid = emulator.world.transactions[one.reference]
    if one.status == "pending":
        one.status, one.next_at = "processing", emulator.now() + STEP
    else:
        one.status, one.next_at = one.outcome, None
    if one.status == "failed":
        paid.refunded -= one.amount
    if one.status == "processed" and paid.refunded == paid.amount:
        paid.status = "reversed"
    tell(emulator, one)


def retry(emulator: Emulator, one: Refund) -> None:
    """The customer's bank account is known now."""
    if one.status != "needs-attention":
        raise Refused("Refund does not need any details", code="invalid_state", status=422)
    one.status, one.outcome, one.next_at = "processing", "processed", emulator.now() + STEP
    tell(emulator, one)


def tell(emulator: Emulator, one: Refund) -> None:
    emulator.tell(f"refund.{one.status}", shapes.refund_told(emulator.world, one))
