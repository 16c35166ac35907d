"""Credit notes: what takes back an invoice or part of it, since an invoice is never changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from billing import clock
from billing.invoicing.numbering import next_number
from billing.invoicing.parties import sender_of
from billing.invoicing.tax import Split, split_share
from billing.models import Invoice, InvoiceItem, InvoiceKind, InvoiceStatus, ItemKind
from tenants.doorbell import enqueue


@dataclass
class CreditTooLarge(ValueError):
    """More than is left of the invoice; `left` is in its minor units."""

    left: int

    def __str__(self) -> str:
        return f"only {self.left} is left of the invoice"


def issue_credit_note(*, invoice: Invoice, amount_minor: int, reason: str) -> Invoice:
    """Take back `amount_minor` (above zero, tax included) of an invoice, and have the credit note sent.

    Its amounts are negative. The tax is the invoice's in proportion, and exactly the invoice's when all of it
    is taken back. Must be called within a transaction. Raises `CreditTooLarge` and `ValueError`.
    """
    original = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if original.kind != InvoiceKind.INVOICE or amount_minor <= 0:
        raise ValueError(f"{amount_minor} of {original.number} cannot be taken back")
    before = -(original.credit_notes.aggregate(sum=Sum("total_minor"))["sum"] or 0)
    if amount_minor > original.total_minor - before:
        raise CreditTooLarge(left=original.total_minor - before)
    part = split_share(amount_minor, of=Split(original.total_minor, original.tax_minor), before=before)
    note = _numbered(original, part, reason)
    _add_item(note, original, part)
    enqueue("billing.send_invoice", invoice_id=note.pk)
    return note


def _numbered(original: Invoice, part: Split, reason: str) -> Invoice:
    number = next_number(InvoiceKind.CREDIT_NOTE, prefix=original.seller.prefix)
    now = clock.now()
    return Invoice.objects.create(
        organisation_id=original.organisation_id,
        seller=number.series,
        kind=InvoiceKind.CREDIT_NOTE,
        number=number.text,
        status=InvoiceStatus.PAID,
        corrects=original,
        currency=original.currency,
        net_minor=-part.net,
        tax_minor=-part.tax,
        total_minor=-part.total,
        customer=original.customer,
        seller_as_was=sender_of(number.series).as_kept(),
        language=original.language,
        issued_at=now,
        due_on=now.date(),
        paid_at=now,
        reason=reason[:200],
    )


def _add_item(note: Invoice, original: Invoice, part: Split) -> None:
    taxed = original.items.first()  # all items of an invoice have one rate
    InvoiceItem.objects.create(
        invoice=note,
        position=1,
        kind=ItemKind.REFUND,
        plan=taxed.plan if taxed else None,
        plan_name=taxed.plan_name if taxed else "",
        interval=taxed.interval if taxed else "",
        period_start=taxed.period_start if taxed else None,
        period_end=taxed.period_end if taxed else None,
        net_minor=-part.net,
        tax_name=taxed.tax_name if taxed else "",
        tax_basis_points=taxed.tax_basis_points if taxed else 0,
        tax_minor=-part.tax,
        total_minor=-part.total,
    )
