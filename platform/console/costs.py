"""The console's pages of what models cost, and of what is left of what organisations pay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing import clock, margin, pricing
from billing.models import ExchangeRate, PastPrice, Price
from billing.months import Month, last_months
from console.access import may_change, staff_only, super_admin_only
from console.cost_forms import PriceForm, RateForm
from console.invoices import billing_tabs
from tenants.accounts.models import User

HISTORY = 50  # past prices that are shown
MONTHS = 12  # that can be looked at


@require_http_methods(["GET", "HEAD"])
@staff_only
def prices(request: HttpRequest) -> HttpResponse:
    return _prices(request, PriceForm(initial=request.GET.dict()))


@require_POST
@super_admin_only
def set_price(request: HttpRequest) -> HttpResponse:
    form = PriceForm(request.POST)
    if not form.is_valid():
        return _prices(request, form)
    price = pricing.set_price(by=cast(User, request.user), **form.given())
    words = _("From now on calls of %(model)s are reckoned like this. What was reckoned before stays.")
    messages.success(request, words % {"model": price.model})
    return redirect("console:prices")


@require_GET
@staff_only
def margins(request: HttpRequest) -> HttpResponse:
    return _margins(request, RateForm())


@require_POST
@super_admin_only
def set_rate(request: HttpRequest) -> HttpResponse:
    form = RateForm(request.POST)
    if not form.is_valid():
        return _margins(request, form)
    rate = pricing.set_exchange_rate(by=cast(User, request.user), **form.given())
    messages.success(request, _("%(currency)s is reckoned at this rate.") % {"currency": rate.currency})
    return redirect("console:margins")


def _prices(request: HttpRequest, form: PriceForm) -> HttpResponse:
    context = {
        "here": "billing",
        "tabs": billing_tabs("prices"),
        "prices": Price.objects.order_by("provider", "model"),
        "past": _changed()[:HISTORY],
        "form": form,
        "may_change": may_change(request.user),
    }
    return render(request, "console/prices.html", context, status=422 if form.errors else 200)


def _changed() -> QuerySet[PastPrice]:
    """What the console has set, the newest first; prices that were never changed stand above."""
    return PastPrice.objects.filter(version__gt=1).select_related("set_by")


def _margins(request: HttpRequest, form: RateForm) -> HttpResponse:
    months = last_months(MONTHS, at=clock.now())
    month = _chosen(months, request.GET.get("month", ""))
    context = {
        "here": "billing",
        "tabs": billing_tabs("margins"),
        "month": month.first,
        "months": [one.first for one in months],
        "margins": margin.margin_by_plan(since=month.since, until=month.until),
        "losing": margin.sold_below_cost(since=month.since, until=month.until),
        "rates": ExchangeRate.objects.all(),
        "form": form,
        "may_change": may_change(request.user),
    }
    return render(request, "console/margins.html", context, status=422 if form.errors else 200)


def _chosen(months: Sequence[Month], asked: str) -> Month:
    """The month that was asked for; the latest where that is none of these."""
    return next((month for month in months if f"{month.first:%Y-%m}" == asked), months[0])
