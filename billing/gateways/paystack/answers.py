"""What we read of Paystack's answers, which differ from place to place in what they leave out.

pypaystack2's own models refuse some of them (a verified renewal names its plan by a string) and give others
as plain dictionaries; a model of one's own is its way of reading them.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, field_validator

from billing.gateways.contract import (
    Card,
    Charge,
    RefundAnswer,
    Renewals,
    RenewalState,
    State,
)

STATES = {
    "success": State.SUCCEEDED,
    "failed": State.FAILED,
    "abandoned": State.ABANDONED,
    "reversed": State.REVERSED,
}  # everything else is under way: ongoing, pending, processing, queued, send_otp ...
RENEWAL_STATES = {
    "active": RenewalState.ACTIVE,
    "non-renewing": RenewalState.ENDING,
    "attention": RenewalState.FAILING,
    "completed": RenewalState.ENDED,
    "cancelled": RenewalState.ENDED,
    "complete": RenewalState.ENDED,
}
REFUND_STATES = {
    "processed": State.SUCCEEDED,
    "failed": State.FAILED,
    "needs-attention": State.CHALLENGED,
}  # everything else is under way: pending, processing, queued


class CustomerPart(BaseModel):
    id: int = 0
    customer_code: str = ""
    email: str = ""


class AuthorizationPart(BaseModel):
    """Of a transaction that nobody has paid there is none: all is empty."""

    authorization_code: str | None = None
    signature: str | None = None
    brand: str | None = None
    last4: str | None = None
    exp_month: str | None = None
    exp_year: str | None = None
    reusable: bool | None = None

    @field_validator("exp_month", "exp_year", "last4", mode="before")
    @classmethod
    def as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value

    def card(self, *, email: str) -> Card | None:
        if not self.authorization_code:
            return None
        return Card(
            authorization=self.authorization_code,
            signature=self.signature or self.authorization_code,
            email=email,
            brand=(self.brand or "").strip(),
            last4=self.last4 or "",
            expires_on=_last_day(self.exp_year, self.exp_month),
            reusable=bool(self.reusable),
        )


class PlanPart(BaseModel):
    plan_code: str = ""


class TransactionAnswer(BaseModel):
    """Of a charge about which the bank asks first, there are only `paused` and the page."""

    reference: str
    id: int | None = None
    status: str = ""
    amount: int | None = None
    currency: str | None = None
    paid_at: datetime | None = None
    gateway_response: str | None = None
    customer: CustomerPart = CustomerPart()
    authorization: AuthorizationPart = AuthorizationPart()
    plan: PlanPart | str | None = None  # a code, an object, an empty object, or nothing
    paused: bool = False
    authorization_url: str | None = None

    @field_validator("customer", "authorization", mode="before")
    @classmethod
    def as_object(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {}

    def charge(self, *, amount_minor: int = 0, currency: str = "") -> Charge:
        """The amount and the currency are what was asked for, where the answer does not repeat them."""
        state = State.CHALLENGED if self.paused else STATES.get(self.status, State.PENDING)
        failed = state is State.FAILED
        return Charge(
            reference=self.reference,
            state=state,
            amount_minor=amount_minor if self.amount is None else self.amount,
            currency=self.currency or currency,
            remote_id="" if self.id is None else str(self.id),
            customer_code=self.customer.customer_code,
            plan_code=self.plan.plan_code if isinstance(self.plan, PlanPart) else self.plan or "",
            card=self.authorization.card(email=self.customer.email) if state is State.SUCCEEDED else None,
            paid_at=self.paid_at,
            failure=(self.gateway_response or "") if failed else "",
            challenge_url=(self.authorization_url or "") if self.paused else "",
        )


class PageAnswer(BaseModel):
    authorization_url: str
    reference: str


class PlanAnswer(BaseModel):
    plan_code: str


class LinkAnswer(BaseModel):
    link: str


class CustomerAnswer(BaseModel):
    id: int
    customer_code: str


class SubscriptionAnswer(BaseModel):
    """A new one gives numbers where others give objects: plan, customer and authorization."""

    subscription_code: str
    email_token: str
    status: str
    amount: int
    next_payment_date: datetime | None = None
    plan: PlanPart | int | None = None
    customer: CustomerPart | int | None = None
    authorization: AuthorizationPart | int | None = None

    def renewals(self, *, plan_code: str = "", customer_code: str = "", card: Card | None = None) -> Renewals:
        """What is known already takes the place of numbers."""
        customer = self.customer if isinstance(self.customer, CustomerPart) else CustomerPart()
        if isinstance(self.authorization, AuthorizationPart):
            card = self.authorization.card(email=customer.email)
        return Renewals(
            code=self.subscription_code,
            token=self.email_token,
            state=RENEWAL_STATES.get(self.status, RenewalState.ACTIVE),
            plan_code=self.plan.plan_code if isinstance(self.plan, PlanPart) else plan_code,
            customer_code=customer.customer_code or customer_code,
            amount_minor=self.amount,
            next_on=self.next_payment_date,
            authorization=card.authorization if card else "",
            card=card,
        )


class RefundPart(BaseModel):
    """The amount is a number or a string of digits."""

    id: int
    status: str
    amount: int
    transaction_reference: str | None = None
    bank_reference: str | None = None
    reason: str | None = None

    def answer(self) -> RefundAnswer:
        state = REFUND_STATES.get(self.status, State.PENDING)
        failure = (self.reason or self.status) if state in (State.FAILED, State.CHALLENGED) else ""
        return RefundAnswer(str(self.id), state, self.amount, failure)


def _last_day(year: str | None, month: str | None) -> date | None:
    """Of the month that is on the card; None where it says nothing sensible."""
    try:
        number, of_month = int(year or ""), int(month or "")
        return date(number, of_month, monthrange(number, of_month)[1])
    except ValueError:
        return None
