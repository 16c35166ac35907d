"""What the platform asks of a gateway that takes payments.

A gateway is a translator to one vendor: it keeps nothing and decides nothing. All amounts are integers in
minor units of the currency. Whoever asks has written a row first (`billing.models.Payment`) whose `reference`
goes along, so that an answer that was lost can be asked for again. Every call has a timeout; none is repeated
by the gateway itself but reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol


class GatewayError(Exception):
    """The gateway could not do it. Its text is the vendor's, for the log."""


class GatewayUnavailable(GatewayError):
    """No answer, or none that says anything: it may or may not have been done. Ask by reference, later."""


class KeyRefused(GatewayUnavailable):
    """The gateway does not know our key: nothing was done, and no customer or card is at fault."""


class GatewayRefused(GatewayError):
    """The gateway understood and said no; asking again in the same way is of no use. `code`: the vendor's."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class NotConfigured(GatewayError):
    """There is no account with this gateway."""


class Forged(ValueError):
    """A message whose signature is not the gateway's."""


class State(Enum):
    """How a charge stands at the gateway."""

    PENDING = "pending"
    CHALLENGED = "challenged"  # the bank asks the customer something, at `challenge_url`
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABANDONED = "abandoned"  # nobody has paid so far: Paystack says so from the first moment, and may change
    REVERSED = "reversed"  # the money came, and all of it went back


@dataclass(frozen=True, slots=True)
class Card:
    """`authorization` is what allows charging it again; with `email` alone, and only if `reusable`."""

    authorization: str
    signature: str
    email: str
    brand: str = ""
    last4: str = ""
    expires_on: date | None = None
    reusable: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as the gateway knows it. `card` is known once it has succeeded."""

    reference: str
    state: State
    amount_minor: int
    currency: str
    remote_id: str = ""
    customer_code: str = ""
    plan_code: str = ""  # set on renewals that the gateway makes by itself
    card: Card | None = None
    paid_at: datetime | None = None
    failure: str = ""
    challenge_url: str = ""


@dataclass(frozen=True, slots=True)
class HostedPage:
    """Where the customer pays."""

    url: str
    reference: str


class RenewalState(Enum):
    """How a subscription stands at the gateway."""

    ACTIVE = "active"
    ENDING = "ending"  # renews no more, and ends at its period's end
    FAILING = "failing"  # the last renewal failed; not asked for again by the gateway
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Renewals:
    """Charges that the gateway makes by itself, period after period. `token` is needed to end them."""

    code: str
    token: str
    state: RenewalState
    plan_code: str
    customer_code: str
    amount_minor: int
    next_on: datetime | None = None
    authorization: str = ""
    card: Card | None = None  # that is charged now; the customer may have changed it at the gateway


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """How giving money back stands: `state` is SUCCEEDED, FAILED, PENDING, or CHALLENGED (bank details)."""

    remote_id: str
    state: State
    amount_minor: int
    failure: str = ""


class Topic(Enum):
    """What an event is about, so that its object is looked at; never what to believe."""

    CHARGE = "charge"
    RENEWALS = "renewals"
    REFUND = "refund"
    EXPIRING_CARDS = "expiring_cards"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Event:
    """A genuine message. The ids say what to ask the API about; everything else is taken from the answer."""

    name: str
    topic: Topic
    reference: str = ""
    renewals_code: str = ""
    customer_code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)  # of the message; a list is under "items"


class Gateway(Protocol):
    """One account with one vendor. `name` is its code, such as "paystack"; `test_mode` moves no money.
    `account` is a label of 16 characters that is the same for the same key; another key may be of the same
    account all the same, which `knows_customer` tells.

    Every method may raise `GatewayUnavailable` and `GatewayRefused`.
    """

    name: str
    test_mode: bool
    account: str

    def check_key(self) -> None:
        """Ask for something harmless, to see whether the key is good."""

    def start_checkout(
        self,
        *,
        reference: str,
        amount_minor: int,
        currency: str,
        email: str,
        return_url: str,
        metadata: Mapping[str, str],
    ) -> HostedPage:
        """A page on which the customer pays once with a card that is kept for later.

        `reference` is of ASCII letters, digits, "-", "." and "=". Where it was used before, `GatewayRefused`
        with the code "duplicate_reference": a page cannot be asked for again, so keep its address.
        """

    def find_charge(self, *, reference: str) -> Charge | None:
        """What became of a charge; None where the gateway knows of none."""

    def charge_card(
        self, *, reference: str, amount_minor: int, currency: str, card: Card, metadata: Mapping[str, str]
    ) -> Charge:
        """Charge a kept card, under the address it was first used with. A reference that was used before is
        answered with what became of that.
        """

    def knows_customer(self, *, code: str) -> bool:
        """Whether a customer, and so their card, is of this account."""

    def forget_card(self, *, card: Card) -> None:
        """Have the gateway forget a card, so that nobody can charge it. Forgetting twice is no error."""

    def plan_code(self, *, name: str, amount_minor: int, currency: str, interval: str) -> str:
        """Make a plan (`interval` is of `billing.models.Interval`) and give its code. Not idempotent."""

    def begin_renewals(
        self, *, customer_code: str, plan_code: str, card: Card, first_on: datetime
    ) -> Renewals:
        """Have the gateway charge the card from `first_on` on. Where it does so already: those renewals."""

    def end_renewals(self, *, code: str, token: str) -> Renewals:
        """Charge no more. Ending twice is no error, and what the gateway does not know of has ended."""

    def find_renewals(self, *, code: str) -> Renewals | None: ...

    def renewals_of(self, *, customer_code: str) -> Iterator[Renewals]:
        """All that the gateway knows of a customer, whoever began them."""

    def charges_of(self, *, customer_code: str, since: datetime) -> Iterator[Charge]:
        """Charges of a customer, newest first, whatever became of them."""

    def card_page(self, *, code: str) -> str:
        """Address of the gateway's page on which the customer changes the card of renewals."""

    def refund(self, *, reference: str, amount_minor: int, currency: str, reason: str) -> RefundAnswer:
        """Give back part or all of a charge."""

    def find_refunds(self, *, reference: str) -> list[RefundAnswer]:
        """All refunds of a charge."""

    def read_event(self, *, body: bytes, headers: Mapping[str, str]) -> Event:
        """Check a message's seal in constant time and read it. Raises `Forged`, `ValueError` for nonsense."""

    def read_stored(self, *, body: bytes) -> Event:
        """Read a message again whose seal was checked when it came. Raises `ValueError` for nonsense."""
