"""The console's subscriptions: what each organisation is on, what it paid, and giving money back."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from billing import reconciling
from billing.gateways.contract import GatewayError
from billing.models import Payment, Plan, Subscription, SubscriptionStatus
from billing.subscriptions.giving_back import refund as give_back
from billing.subscriptions.locking import Busy
from billing.subscriptions.rights import Refusal
from console.access import may_change, staff_only, super_admin_only
from console.forms import RefundForm
from console.invoices import PAGE_SIZE, billing_tabs, searched
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.people.members import NotAllowed

MOST_SHOWN = 50  # lines of history and payments


@require_GET
@staff_only
def subscriptions(request: HttpRequest) -> HttpResponse:
    search, status, plan = searched(request), request.GET.get("status", ""), request.GET.get("plan", "")
    rows = _subscriptions().order_by("-started_at", "-pk")
    if search:
        rows = rows.filter(
            Q(organisation__name__icontains=search)
            | Q(organisation__slug__icontains=search)
            | Q(gateway_code=search)
        )
    if status in SubscriptionStatus.values:
        rows = rows.filter(status=status)
    if plan:
        rows = rows.filter(plan__code=plan[:32].replace("\0", ""))
    context = {
        "here": "billing",
        "tabs": billing_tabs("subscriptions"),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "status": status,
        "statuses": SubscriptionStatus.choices,
        "plan": plan,
        "plans": Plan.objects.filter(offered=True).values_list("code", "name"),
    }
    return render(request, "console/subscriptions.html", context)


@require_GET
@staff_only
def subscription(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(_subscriptions(), pk=subscription_id))


@require_POST
@super_admin_only
def compare(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Ask the gateway now, and write what follows."""
    found = get_object_or_404(_subscriptions(), pk=subscription_id)
    try:
        reconciling.reconcile(subscription=found)
    except (GatewayError, Busy) as error:
        messages.error(request, _("The gateway does not answer: %(error)s") % {"error": error})
    else:
        messages.success(request, _("Compared with the gateway: this is how it stands."))
    return redirect("console:subscription", subscription_id=found.pk)


@require_POST
@super_admin_only
def refund(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Give back part or all of a payment, with a reason that the customer reads on the credit note."""
    payment = get_object_or_404(Payment, pk=payment_id)
    found = get_object_or_404(_subscriptions(), organisation_id=payment.organisation_id)
    form = RefundForm(request.POST, currency=payment.currency)
    if form.is_valid():
        try:
            give_back(
                by_staff=cast(User, request.user),
                payment=payment,
                amount_minor=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
            )
        except (Refusal, NotAllowed) as error:
            form.add_error("amount", str(error))
        else:
            messages.success(request, _("It is given back as soon as the gateway says so."))
            return redirect("console:subscription", subscription_id=found.pk)
    return _page(request, found, refunding=payment.pk, form=form)


def _page(
    request: HttpRequest,
    found: Subscription,
    *,
    refunding: UUID | None = None,
    form: RefundForm | None = None,
) -> HttpResponse:
    payments = Payment.objects.filter(organisation_id=found.organisation_id)
    payments = payments.select_related("invoice", "price__plan").prefetch_related("refunds")[:MOST_SHOWN]
    changes = may_change(request.user)
    context = {
        "here": "billing",
        "subscription": found,
        "payments": [
            (each, form if each.pk == refunding else _refund_form(each) if changes else None)
            for each in payments
        ],
        "history": _history(found),
        "may_change": changes,
    }
    return render(request, "console/subscription.html", context, status=422 if form else 200)


def _refund_form(payment: Payment) -> RefundForm | None:
    """For what is left of a payment that came."""
    left = payment.amount_minor - payment.refunded_minor
    if payment.paid_at is None or left <= 0:
        return None
    return RefundForm(currency=payment.currency, left_minor=left)


def _history(found: Subscription) -> QuerySet[ActivityLog]:
    about = Q(action__startswith="subscription.") | Q(action__startswith="payment.")
    about |= Q(action__startswith="refund.") | Q(action__startswith="billing.")
    rows: QuerySet[ActivityLog] = ActivityLog.objects.filter(about, organisation_id=found.organisation_id)
    return rows.order_by("-created_at")[:MOST_SHOWN]


def _subscriptions() -> QuerySet[Subscription]:
    rows: QuerySet[Subscription] = Subscription.objects.select_related(
        "organisation", "plan", "price", "card", "next_plan", "covered_by__organisation"
    )
    return rows
