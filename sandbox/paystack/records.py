"""What the stand-in remembers. Amounts are in minor units; all times are in UTC."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

INTEGRATION = 428626  # the merchant's number, the same in all answers

TransactionStatus = Literal["abandoned", "ongoing", "success", "failed", "reversed"]
SubscriptionStatus = Literal["active", "non-renewing", "attention", "completed", "cancelled"]
RefundStatus = Literal["pending", "processing", "processed", "failed", "needs-attention"]


class Customer(BaseModel):
    id: int
    code: str
    email: str
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    metadata: Any = None
    created_at: datetime


class Authorization(BaseModel):
    """A card as one customer may be charged on it. `signature` is the same wherever the card is.

    `then` is what becomes of charges made with it later; see `sandbox.paystack.cards`.
    """

    id: int
    code: str
    customer: str
    email: str
    signature: str
    bin: str
    last4: str
    exp_month: str
    exp_year: str
    brand: str
    then: str
    reusable: bool = True
    active: bool = True


class Plan(BaseModel):
    id: int
    code: str
    name: str
    amount: int
    currency: str
    interval: str
    description: str | None = None
    invoice_limit: int = 0
    send_invoices: bool = True
    send_sms: bool = True
    created_at: datetime
    updated_at: datetime


class Transaction(BaseModel):
    """`refunded` is what has gone back or is on its way."""

    id: int
    reference: str
    access_code: str
    customer: str
    amount: int
    currency: str
    status: TransactionStatus = "abandoned"
    gateway_response: str = "The transaction was not completed"
    plan: str = ""
    authorization: str = ""
    challenged_card: str = ""  # the number of a card about which its bank is asking
    metadata: Any = None
    callback_url: str = ""
    invoice_limit: int = 0
    refunded: int = 0
    created_at: datetime
    paid_at: datetime | None = None


class Subscription(BaseModel):
    """`next_at` is when it is charged, or, when it renews no more, when it ends."""

    id: int
    code: str
    token: str
    customer: str
    plan: str
    authorization: str
    amount: int
    status: SubscriptionStatus = "active"
    next_at: datetime | None
    invoice_limit: int = 0
    payments: int = 0
    invoices: list[str] = Field(default_factory=list)
    noticed_for: datetime | None = None  # the renewal that invoice.create was sent for
    created_at: datetime


class Invoice(BaseModel):
    id: int
    code: str
    subscription: str
    amount: int
    period_start: datetime
    period_end: datetime
    status: str = "pending"
    paid: bool = False
    reference: str = ""
    paid_at: datetime | None = None
    created_at: datetime


class Refund(BaseModel):
    """`outcome` is what it ends as, once `next_at` has come."""

    id: int
    reference: str  # of the transaction
    amount: int
    currency: str
    status: RefundStatus = "pending"
    outcome: RefundStatus = "processed"
    next_at: datetime | None
    customer_note: str = ""
    merchant_note: str = ""
    created_at: datetime


class Delivery(BaseModel):
    """A webhook on its way. `attempts` counts those that were not answered with 200."""

    id: int
    event: str
    body: str
    due_at: datetime
    attempts: int = 0


class World(BaseModel):
    """Everything, by code or reference. `offset` is how many seconds its clock is ahead of the real one;
    with `frozen_at` the clock stands still unless it is moved.
    """

    last_id: int = 1_000_000
    offset: float = 0.0
    frozen_at: datetime | None = None
    cards_told_in: str = ""  # the last month ("2026-11") in which expiring cards were told of
    customers: dict[str, Customer] = Field(default_factory=dict)
    authorizations: dict[str, Authorization] = Field(default_factory=dict)
    plans: dict[str, Plan] = Field(default_factory=dict)
    transactions: dict[str, Transaction] = Field(default_factory=dict)
    subscriptions: dict[str, Subscription] = Field(default_factory=dict)
    invoices: dict[str, Invoice] = Field(default_factory=dict)
    refunds: dict[int, Refund] = Field(default_factory=dict)
    deliveries: dict[int, Delivery] = Field(default_factory=dict)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id


def new_code(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(8)[:15]}"


def wall_clock() -> datetime:
    return datetime.now(UTC)
