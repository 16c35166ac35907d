"""Cards to try things with, and what becomes of charges made with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from sandbox.paystack.records import RefundStatus

SUCCESS: Final = "success"
DECLINED: Final = "declined"
INSUFFICIENT: Final = "insufficient"
CHALLENGE: Final = "challenge"
EXPIRED: Final = "expired"

RESPONSES: Final = {  # what the bank is said to have answered
    SUCCESS: "Approved",
    DECLINED: "Declined",
    INSUFFICIENT: "Insufficient Funds",
    EXPIRED: "Expired Card",
    CHALLENGE: "Declined",  # where the customer said no to the bank, or nobody was there to ask
}


@dataclass(frozen=True, slots=True)
class TestCard:
    """`now` is what becomes of a payment on the hosted page, `then` of later charges without the customer."""

    __test__ = False

    number: str
    now: str
    then: str
    refund: RefundStatus = "processed"

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def bin(self) -> str:
        return self.number[:6]

    @property
    def brand(self) -> str:
        return "visa" if self.number.startswith("4") else "mastercard" if self.number[0] == "5" else "verve"

    @property
    def signature(self) -> str:
        return "SIG_" + hashlib.sha256(self.number.encode()).hexdigest()[:20]

    @property
    def grouped(self) -> str:
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


GOOD: Final = "4084084084084081"

CARDS: Final = {
    card.number: card
    for card in (  # numbers of Paystack's own test cards where it has one that does the same
        TestCard(GOOD, SUCCESS, SUCCESS),
        TestCard("4084080000000409", CHALLENGE, SUCCESS),
        TestCard("4084080000005408", DECLINED, DECLINED),
        TestCard("4084080000670037", INSUFFICIENT, INSUFFICIENT),
        TestCard("5060666666666666666", SUCCESS, SUCCESS),
        TestCard("5531886652142950", SUCCESS, SUCCESS),
        TestCard("4084080000000110", SUCCESS, INSUFFICIENT),
        TestCard("4084080000000227", SUCCESS, CHALLENGE),
        TestCard("4084080000000334", SUCCESS, SUCCESS, refund="failed"),
        TestCard("4084080000000441", SUCCESS, SUCCESS, refund="needs-attention"),
    )
}
REFUNDS: Final = {card.signature: card.refund for card in CARDS.values()}
OFFERED: Final = (  # on the hosted page, in this order
    GOOD,
    "5531886652142950",
    "4084080000670037",
    "4084080000005408",
    "4084080000000409",
    "4084080000000110",
)
LATER: Final = (GOOD, "5531886652142950", "4084080000000110", "4084080000000227")  # for renewals


def card_of(number: str) -> TestCard | None:
    """Any other number of a card that adds up (Luhn) works as well; None for nonsense."""
    digits = "".join(character for character in number if character.isdigit())
    if digits in CARDS:
        return CARDS[digits]
    return TestCard(digits, SUCCESS, SUCCESS) if _adds_up(digits) else None


def _adds_up(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    if not 12 <= len(digits) <= 19:
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
