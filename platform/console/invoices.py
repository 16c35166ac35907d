"""The console's invoices and payments, those of erased organisations among them."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from billing.invoicing import document
from billing.models import Invoice, InvoiceKind, Payment, PaymentStatus
from console.access import may_change, staff_only

PAGE_SIZE = 25
LONGEST_SEARCH = 100


def billing_tabs(here: str) -> list[tuple[str, str, bool]]:
    pages = [
        ("subscriptions", _("Subscriptions")),
        ("invoices", _("Invoices")),
        ("payments", _("Payments")),
        ("plans", _("Plans")),
        ("prices", _("Models’ prices")),
        ("calls", _("Calls")),
        ("margins", _("Margins")),
        ("seller", _("Seller and taxes")),
        ("gateway", _("Gateway")),
    ]
    return [(reverse(f"console:{name}"), label, name == here) for name, label in pages]


def searched(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")


@require_GET
@staff_only
def invoices(request: HttpRequest) -> HttpResponse:
    search, kind = searched(request), request.GET.get("kind", "")
    rows = _invoices().order_by("-issued_at", "-pk")
    if search:
        rows = rows.filter(Q(number__icontains=search) | Q(customer__name__icontains=search))
    if kind in InvoiceKind.values:
        rows = rows.filter(kind=kind)
    context = {
        "here": "billing",
        "tabs": billing_tabs("invoices"),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "kind": kind,
        "kinds": InvoiceKind.choices,
    }
    return render(request, "console/invoices.html", context)


@require_GET
@staff_only
def invoice(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    found = get_object_or_404(_invoices(), pk=invoice_id)
    context = {
        "here": "billing",
        "invoice": found,
        "items": found.items.all(),
        "payments": (found.corrects or found).payments.all(),
        "credit_notes": found.credit_notes.all(),
    }
    return render(request, "console/invoice.html", context)


@require_GET
@staff_only
def invoice_pdf(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    found = get_object_or_404(_invoices(), pk=invoice_id)
    response = HttpResponse(document.pdf_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{document.file_name(found)}"'
    return response


@require_GET
@staff_only
def payments(request: HttpRequest) -> HttpResponse:
    search, status = searched(request), request.GET.get("status", "")
    rows = Payment.objects.select_related("invoice", "price__plan").order_by("-created_at", "-pk")
    if search:
        rows = rows.filter(
            Q(reference__icontains=search)
            | Q(remote_id=search)
            | Q(invoice__number__icontains=search)
            | Q(invoice__customer__name__icontains=search)
        )
    if status in PaymentStatus.values:
        rows = rows.filter(status=status)
    context = {
        "here": "billing",
        "tabs": billing_tabs("payments"),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "status": status,
        "statuses": PaymentStatus.choices,
        "may_change": may_change(request.user),
    }
    return render(request, "console/payments.html", context)


def _invoices() -> QuerySet[Invoice]:
    rows: QuerySet[Invoice] = Invoice.objects.select_related("corrects", "seller")
    return rows
