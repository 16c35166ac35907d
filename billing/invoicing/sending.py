"""Sends invoices by e-mail with the PDF attached: each once, and again when somebody asks for it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from billing import clock, money
from billing.invoicing.document import file_name, pdf_of
from billing.invoicing.numbering import SANDBOX_PREFIX
from billing.invoicing.press import NotSet
from billing.models import BillingProfile, Invoice
from notifications.letters import letter_to
from tenants.doorbell import enqueue
from tenants.models import Organisation

logger = logging.getLogger(__name__)

KEPT_WAITING: Final = timedelta(minutes=1)  # before the sweeper sends what the first ring did not
GIVEN_UP_AFTER: Final = timedelta(days=30)
AGAIN_AFTER: Final = timedelta(minutes=1)  # so that nobody's letter box is filled


def send(*, invoice_id: UUID) -> bool:
    """Send an invoice unless it has been sent or nobody's address is known; tells whether it was.

    The mark and the letter are of one transaction: neither is without the other. Raises `press.NotSet`.
    """
    invoice = Invoice.objects.select_related("corrects").get(pk=invoice_id)
    address = _address(invoice)
    if invoice.emailed_at or not address:
        return False
    mail = message(invoice, address=address)
    with transaction.atomic():
        marked = Invoice.objects.filter(pk=invoice_id, emailed_at=None).update(emailed_at=clock.now())
        if marked:
            mail.send()
    return bool(marked)


def send_again(*, invoice: Invoice) -> bool:
    """Have an invoice sent once more; tells whether it will be: not within a minute of the last time."""
    long_ago = Q(emailed_at=None) | Q(emailed_at__lt=clock.now() - AGAIN_AFTER)
    with transaction.atomic():
        if not Invoice.objects.filter(long_ago, pk=invoice.pk).update(emailed_at=None):
            return False
        enqueue("billing.send_invoice", invoice_id=invoice.pk)
    return True


def send_waiting(*, most: int = 100) -> int:
    """Send what has been waiting because a ring was lost or the mail server was away; how many went."""
    now = clock.now()
    waiting = Invoice.objects.filter(
        emailed_at=None, issued_at__lt=now - KEPT_WAITING, issued_at__gt=now - GIVEN_UP_AFTER
    ).exclude(customer__email="")
    return sum(_try(pk) for pk in waiting.order_by("issued_at").values_list("pk", flat=True)[:most])


def _try(invoice_id: UUID) -> bool:
    """One that cannot be sent keeps no other from it."""
    try:
        return send(invoice_id=invoice_id)
    except (OSError, NotSet):  # SMTPException is an OSError
        logger.warning("invoice not sent", extra={"invoice": str(invoice_id)}, exc_info=True)
        return False


def message(invoice: Invoice, *, address: str) -> EmailMultiAlternatives:
    """The e-mail as it will be sent, with the PDF."""
    organisation = Organisation.objects.filter(pk=invoice.organisation_id).first()
    mail = letter_to(
        address,
        template="billing_credit_note" if invoice.corrects else "billing_invoice",
        language=invoice.language,
        context={
            "organisation_name": organisation.name if organisation else "",
            "number": invoice.number,
            "corrected": invoice.corrects.number if invoice.corrects else "",
            "amount": money.in_words(abs(invoice.total_minor), invoice.currency, language=invoice.language),
            "sandbox": invoice.number.startswith(f"{SANDBOX_PREFIX}-"),
            "seller": invoice.seller_as_was.get("name", ""),
            "url": organisation.url(f"/billing/invoices/{invoice.pk}/") if organisation else "",
        },
    )
    mail.attach(file_name(invoice), pdf_of(invoice), "application/pdf")
    return mail


def _address(invoice: Invoice) -> str:
    """As the billing details say today, else as they did."""
    profile = BillingProfile.objects.filter(pk=invoice.organisation_id).only("email").first()
    return (profile.email if profile else "") or invoice.customer.get("email", "")
