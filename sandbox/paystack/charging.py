"""Charges: on the hosted page, on a kept card, and for renewals."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.paystack import cards, renewing, shapes
from sandbox.paystack.cards import TestCard
from sandbox.paystack.records import Authorization, Customer, Transaction, new_code

if TYPE_CHECKING:
    from sandbox.paystack.emulator import Emulator

CARD_LASTS = timedelta(days=3 * 365)


class Refused(Exception):
    """The API says no, with a status, a sentence and a code."""

    def __init__(self, message: str, *, code: str = "", status: int = 400) -> None:
        super().__init__(message)
        self.message, self.code, self.status = message, code, status


def customer_of(emulator: Emulator, email: str) -> Customer:
    """The customer with that address, made where there is none."""
    email = email.lower()
    for known in emulator.world.customers.values():
        if known.email == email:
            return known
    made = Customer(id=emulator.world.next_id(), code=new_code("CUS"), email=email, created_at=emulator.now())
    emulator.world.customers[made.code] = made
    return made


def begin(
    emulator: Emulator, *, email: str, amount: int, currency: str, reference: str = "", **more: Any
) -> Transaction:
    """A transaction that nobody has paid yet. Raises `Refused` for a reference that was used before."""
    reference = reference or new_code("T").removeprefix("T_")
    if reference in emulator.world.transactions:
        raise Refused("Duplicate Transaction Reference", code="duplicate_reference")
    made = Transaction(
        id=emulator.world.next_id(),
        reference=reference,
        access_code=new_code("").strip("_"),
        customer=customer_of(emulator, email).code,
        amount=amount,
        currency=currency,
        created_at=emulator.now(),
        **more,
    )
    emulator.world.transactions[reference] = made
    return made


def pay(emulator: Emulator, transaction: Transaction, card: TestCard) -> None:
    """The customer has given a card on the hosted page. Where its bank asks first, nothing is charged yet."""
    if card.now == cards.CHALLENGE:
        transaction.status, transaction.challenged_card = "ongoing", card.number
        return
    settle_page(emulator, transaction, card, outcome=card.now)


def answer_bank(emulator: Emulator, transaction: Transaction, *, approved: bool) -> None:
    """The customer has answered the bank, on the hosted page or for a charge on a kept card."""
    card = cards.CARDS.get(transaction.challenged_card)
    transaction.challenged_card = ""
    outcome = cards.SUCCESS if approved else cards.DECLINED
    if card is not None:
        settle_page(emulator, transaction, card, outcome=outcome)
    else:
        settle(emulator, transaction, emulator.world.authorizations[transaction.authorization], outcome)


def settle_page(emulator: Emulator, transaction: Transaction, card: TestCard, *, outcome: str) -> None:
    held = authorize(emulator, emulator.world.customers[transaction.customer], card)
    settle(emulator, transaction, held, outcome)
    if transaction.status == "success" and transaction.plan:
        renewing.begin_from_payment(emulator, transaction, held)


def settle(emulator: Emulator, transaction: Transaction, held: Authorization, outcome: str) -> None:
    """Money moves or does not. Only what succeeds is told by a webhook: there is no charge.failed."""
    transaction.authorization = held.code
    transaction.gateway_response = cards.RESPONSES[outcome]
    if outcome != cards.SUCCESS:
        transaction.status = "failed"
        return
    transaction.status, transaction.paid_at = "success", emulator.now()
    emulator.tell("charge.success", shapes.transaction_told(emulator.world, transaction))


def authorize(emulator: Emulator, owner: Customer, card: TestCard) -> Authorization:
    """What allows charging this customer's card; the same as before where it is the same card."""
    for known in emulator.world.authorizations.values():
        if known.customer == owner.code and known.signature == card.signature and known.active:
            return known
    ends = emulator.now() + CARD_LASTS
    made = Authorization(
        id=emulator.world.next_id(),
        code=new_code("AUTH"),
        customer=owner.code,
        email=owner.email,
        signature=card.signature,
        bin=card.bin,
        last4=card.last4,
        exp_month=f"{ends.month:02}",
        exp_year=str(ends.year),
        brand=card.brand,
        then=card.then,
    )
    emulator.world.authorizations[made.code] = made
    return made


def usable(emulator: Emulator, code: str, email: str) -> Authorization:
    """A card that may be charged under this address. Raises `Refused`."""
    held = emulator.world.authorizations.get(code)
    if held is None or not held.active:
        raise Refused("Authorization code is inactive or does not exist", code="invalid_authorization")
    if held.email != email.lower():
        raise Refused("Email does not match Authorization code", code="email_mismatch")
    if not held.reusable:
        raise Refused("Authorization is not reusable", code="not_reusable")
    return held


def charge(emulator: Emulator, transaction: Transaction, held: Authorization) -> bool:
    """Charge a kept card. False where its bank wants to ask the customer first."""
    transaction.authorization = held.code
    if is_expired(held, emulator.now()):
        settle(emulator, transaction, held, cards.EXPIRED)
    elif held.then == cards.CHALLENGE:
        transaction.status = "ongoing"
        transaction.gateway_response = "Waiting for the customer’s bank"
        return False
    else:
        settle(emulator, transaction, held, held.then)
    return True


def is_expired(held: Authorization, now: datetime) -> bool:
    """After the last day of the month that is on the card."""
    year, month = int(held.exp_year), int(held.exp_month)
    last = datetime(year, month, monthrange(year, month)[1], tzinfo=UTC) + timedelta(days=1)
    return now >= last
