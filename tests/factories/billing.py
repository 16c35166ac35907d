"""Plans that nobody has paid for, and payments and invoices whose money came from nowhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from billing.invoicing.issuing import Line, issue
from billing.models import Interval, Invoice, ItemKind, Payment, PaymentStatus, Plan, Purpose, Subscription
from billing.plans import offered_plan
from tenants.keys import uuid7
from tenants.models import Organisation

PERIOD = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def put_on(organisation: Organisation, code: str) -> Organisation:
    """The organisation is on the plan that is offered by this code from now on."""
    Subscription.objects.filter(organisation=organisation).update(plan=offered_plan(code))
    return organisation


def make_payment(organisation: Organisation, *, amount_minor: int = 19_00, **fields: Any) -> Payment:
    """One that has succeeded, with a card that ends in 4242, unless told otherwise."""
    given = {
        "purpose": Purpose.SUBSCRIBE,
        "gateway": "paystack",
        "reference": f"oct-{uuid7().hex}",
        "currency": "USD",
        "status": PaymentStatus.SUCCEEDED,
        "card_brand": "visa",
        "card_last4": "4242",
        "paid_at": PERIOD[0],
        **fields,
    }
    return Payment.objects.create(organisation_id=organisation.pk, amount_minor=amount_minor, **given)


def a_line(
    total_minor: int = 19_00, *, plan: str = "STARTER", kind: ItemKind = ItemKind.SUBSCRIPTION
) -> Line:
    """A month of a plan, or what is `kind`."""
    return Line(kind, Plan.objects.get(code=plan, offered=True), Interval.MONTH, *PERIOD, total_minor)


def make_invoice(
    organisation: Organisation, *amounts: int, language: str | None = None, **payment: Any
) -> Invoice:
    """A paid invoice with a line of each amount, 19.00 USD unless told otherwise."""
    lines = [a_line(amount) for amount in amounts or (19_00,)]
    with transaction.atomic():
        paid = make_payment(organisation, amount_minor=sum(line.total_minor for line in lines), **payment)
        return issue(organisation_id=organisation.pk, lines=lines, payment=paid, language=language)
