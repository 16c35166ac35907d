"""What endpoints of the organisation hear of money and limits: see `notifications.webhooks.catalogue`.

Each within the transaction of what it tells of.
"""

from __future__ import annotations

from typing import Any

from billing.models import Invoice, Payment, PaymentStatus, Refund, Subscription
from insights.actions import Action
from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit


def tell_of_move(row: Subscription | Payment | Refund, action: Action) -> None:
    if isinstance(row, Subscription):
        subscription = row
        emit(
            "subscription.changed",
            lambda: _subscription(subscription, action),
            organisation_id=row.organisation_id,
        )
    elif isinstance(row, Payment) and row.status == PaymentStatus.FAILED:
        emit("payment.failed", _payment(row), organisation_id=row.organisation_id)


def tell_of_invoice(invoice: Invoice) -> None:
    """That it is issued, and paid: here both are the same moment."""
    for kind in ("invoice.issued", "invoice.paid"):
        emit(kind, _invoice(invoice), organisation_id=invoice.organisation_id)


def tell_of_limit(organisation_id: Any, *, metric: str, window: str, percent: int, limit: int) -> None:
    kind = "limit.reached" if percent >= 100 else "limit.nearing"
    said = {"metric": str(metric), "window": str(window), "percent": percent, "limit": limit}
    emit(kind, {**said, "url": api_url("usage/")}, organisation_id=organisation_id)


def _subscription(row: Subscription, action: Action) -> dict[str, Any]:
    return {
        "change": action.value,
        "plan": row.plan.code,
        "interval": str(row.price.interval) if row.price else "",
        "status": str(row.status),
        "period_end": row.period_end.isoformat().replace("+00:00", "Z") if row.period_end else None,
        "url": api_url("subscription/"),
    }


def _payment(row: Payment) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "reference": row.reference,
        "purpose": str(row.purpose),
        "currency": row.currency,
        "amount_minor": row.amount_minor,
        "url": api_url("payments/"),
    }


def _invoice(row: Invoice) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "status": str(row.status),
        "currency": row.currency,
        "total_minor": row.total_minor,
        "url": api_url(f"invoices/{row.pk}/"),
    }
