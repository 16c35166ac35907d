"""Numbers of invoices, one after another without gaps, as the law of many countries asks.

The seller's row is locked from the number's giving to the end of the caller's transaction, so that one that
is rolled back gives its number back before anybody could take the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from billing.models import InvoiceKind, Seller

SANDBOX_PREFIX: Final = "TEST"  # of the series of invoices for which no money has moved
_COUNTED: Final = {InvoiceKind.INVOICE: "last_invoice", InvoiceKind.CREDIT_NOTE: "last_credit_note"}
_MARKS: Final = {InvoiceKind.INVOICE: "", InvoiceKind.CREDIT_NOTE: "CN-"}


class NoSeller(LookupError):
    """Nobody sells: there is no row of `billing.models.Seller` for it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the seller's row that gave it, whose series it is in."""

    series: Seller
    text: str


def next_number(kind: InvoiceKind, *, prefix: str | None = None) -> Number:
    """The next number of whoever sells now, or of the series with that prefix. Raises `NoSeller`.

    Must be called within a transaction, and as late in it as can be: others wait for it.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is given within the invoice's transaction")
    counted = _COUNTED[kind]
    row = Seller.objects.filter(prefix=prefix) if prefix else Seller.objects.filter(current=True)
    if not row.update(**{counted: F(counted) + 1}):
        raise NoSeller(prefix or "current")
    series = row.get()  # locked by the UPDATE: nobody else can have changed it since
    return Number(series, f"{series.prefix}-{_MARKS[kind]}{getattr(series, counted):06d}")
