"""Background work of billing: load by id, call one function."""

from typing import Any
from uuid import UUID

from celery import shared_task

from billing.invoicing import sending


@shared_task(
    name="billing.send_invoice",
    autoretry_for=(OSError,),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=3,
)
def send_invoice(invoice_id: str, **_: Any) -> None:
    sending.send(invoice_id=UUID(invoice_id))


@shared_task(name="billing.send_waiting_invoices")
def send_waiting_invoices() -> None:
    sending.send_waiting()
