"""Invoices to read, to keep and to have sent again; and the payments they are for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.invoicing import document, sending
from billing.models import Invoice, Payment
from web.access import MemberRequest, member_required
from web.views.billing.frame import payer, reader, tabs

PAGE = 25


@require_safe
@member_required
def invoices(request: MemberRequest) -> HttpResponse:
    reader(request)
    page = Paginator(_invoices(request), PAGE).get_page(request.GET.get("page"))
    context = {"here": "billing", "tabs": tabs(request, "invoices"), "page": page}
    return render(request, "web/billing/invoices.html", context)


@require_safe
@member_required
def invoice(request: MemberRequest, invoice_id: UUID) -> HttpResponse:
    reader(request)
    found = get_object_or_404(_invoices(request), pk=invoice_id)
    context = {
        "here": "billing",
        "invoice": found,
        "items": found.items.all(),
        "payments": (found.corrects or found).payments.all(),
        "credit_notes": found.credit_notes.all(),
    }
    return render(request, "web/billing/invoice.html", context)


@require_safe
@member_required
def pdf(request: MemberRequest, invoice_id: UUID) -> HttpResponse:
    reader(request)
    return as_download(get_object_or_404(_invoices(request), pk=invoice_id))


@require_POST
@member_required
def send(request: MemberRequest, invoice_id: UUID) -> HttpResponse:
    payer(request)
    found = get_object_or_404(_invoices(request), pk=invoice_id)
    if sending.send_again(invoice=found):
        messages.success(request, _("Invoice %(number)s is on its way.") % {"number": found.number})
    else:
        messages.info(request, _("It was sent a moment ago: look into the letter box first."))
    return redirect("web:invoice", invoice_id=found.pk)


@require_safe
@member_required
def payments(request: MemberRequest) -> HttpResponse:
    """What was asked for and what came, with the invoice as the receipt."""
    reader(request)
    rows = Payment.objects.filter(organisation_id=request.membership.organisation_id)
    rows = rows.select_related("invoice", "price__plan").prefetch_related("refunds")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"here": "billing", "tabs": tabs(request, "payments"), "page": page}
    return render(request, "web/billing/payments.html", context)


def as_download(invoice: Invoice) -> HttpResponse:
    """Its PDF, to be saved."""
    response = HttpResponse(document.pdf_of(invoice), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{document.file_name(invoice)}"'
    return response


def _invoices(request: MemberRequest) -> QuerySet[Invoice]:
    rows: QuerySet[Invoice] = Invoice.objects.filter(organisation_id=request.membership.organisation_id)
    return rows.select_related("corrects")
