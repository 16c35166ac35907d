"""Issuing invoices, in the transaction that makes a payment count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from billing import clock, emitting
from billing.invoicing.numbering import SANDBOX_PREFIX, next_number
from billing.invoicing.parties import Customer, customer_of, seller_now, sender_of
from billing.invoicing.tax import Split, rate_for, split_included
from billing.models import (
    Invoice,
    InvoiceItem,
    InvoiceKind,
    InvoiceStatus,
    ItemKind,
    Payment,
    PaymentStatus,
    Plan,
    TaxRate,
)
from tenants.doorbell import enqueue


@dataclass(frozen=True, slots=True)
class Line:
    """What is invoiced: `total_minor` includes the tax, and is negative for what is given back.

    The period runs from `period_start` up to `period_end`, which is no longer part of it.
    """

    kind: ItemKind
    plan: Plan | None
    interval: str
    period_start: datetime | None
    period_end: datetime | None
    total_minor: int


def issue(
    *, organisation_id: UUID, lines: Sequence[Line], payment: Payment, language: str | None = None
) -> Invoice:
    """Invoice a payment that has SUCCEEDED, and have the invoice sent once the transaction has committed.

    Must be called within the transaction that applies the payment, as late in it as can be, since others wait
    for the number; called again it gives the invoice that there is. The lines add up to the payment's amount.
    `language` is by default that of the billing details. Raises `ValueError` for lines that do not fit, and
    `NoSeller`.
    """
    if payment.invoice_id is not None:
        return Invoice.objects.get(pk=payment.invoice_id)
    _check(lines, payment)
    customer = customer_of(organisation_id)
    now = clock.now()
    rate = _rate(customer, on=now.date())
    items = [_item(position, line, rate) for position, line in enumerate(lines, start=1)]
    invoice = _numbered(payment, customer, items, language=language or customer.language, now=now)
    for item in items:
        item.invoice = invoice
    InvoiceItem.objects.bulk_create(items)
    payment.invoice = invoice
    payment.save(update_fields=["invoice"])
    emitting.tell_of_invoice(invoice)
    enqueue("billing.send_invoice", invoice_id=invoice.pk)
    return invoice


def _check(lines: Sequence[Line], payment: Payment) -> None:
    if payment.status != PaymentStatus.SUCCEEDED:
        raise ValueError(f"payment {payment.reference} is {payment.status}")
    total = sum(line.total_minor for line in lines)
    if not lines or total != payment.amount_minor:
        raise ValueError(f"lines of {total} for a payment of {payment.amount_minor}")


def _rate(customer: Customer, *, on: date) -> TaxRate | None:
    seller = seller_now()
    return rate_for(seller=seller, country=customer.party.country, on=on) if seller else None


def _item(position: int, line: Line, rate: TaxRate | None) -> InvoiceItem:
    split = split_included(line.total_minor, basis_points=rate.basis_points if rate else 0)
    return InvoiceItem(
        position=position,
        kind=line.kind,
        plan=line.plan,
        plan_name=line.plan.name if line.plan else "",
        interval=line.interval,
        period_start=line.period_start,
        period_end=line.period_end,
        net_minor=split.net,
        tax_name=rate.name if rate else "",
        tax_basis_points=rate.basis_points if rate else 0,
        tax_minor=split.tax,
        total_minor=split.total,
    )


def _numbered(
    payment: Payment, customer: Customer, items: Sequence[InvoiceItem], *, language: str, now: datetime
) -> Invoice:
    whole = Split(sum(item.total_minor for item in items), sum(item.tax_minor for item in items))
    # From here on whoever issues another invoice waits for this transaction.
    number = next_number(InvoiceKind.INVOICE, prefix=SANDBOX_PREFIX if payment.test_mode else None)
    return Invoice.objects.create(
        organisation_id=payment.organisation_id,
        seller=number.series,
        number=number.text,
        status=InvoiceStatus.PAID,
        currency=payment.currency,
        net_minor=whole.net,
        tax_minor=whole.tax,
        total_minor=whole.total,
        customer=customer.party.as_kept(),
        seller_as_was=sender_of(number.series).as_kept(),
        language=language,
        issued_at=now,
        due_on=now.date(),
        paid_at=payment.paid_at or now,
    )
