"""The console's page of who sells, and of the taxes that prices include."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from billing import clock
from billing.invoicing import selling
from billing.invoicing.parties import seller_now
from billing.models import Seller, TaxRate
from console.access import may_change, staff_only, super_admin_only
from console.forms import SellerForm, TaxRateForm
from console.invoices import billing_tabs
from tenants.accounts.models import User


@require_GET
@staff_only
def seller(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@super_admin_only
def change_seller(request: HttpRequest) -> HttpResponse:
    form = SellerForm(request.POST)
    if form.is_valid():
        try:
            selling.change_seller(seller=_current(), details=form.details(), by=_person(request))
        except selling.TooLate as error:
            form.add_error("number_prefix", str(error))
        except IntegrityError:
            form.add_error("number_prefix", _("Another seller has this prefix."))
        else:
            return _done(request, _("Saved. Invoices from now on have it so."))
    return _page(request, seller_form=form)


@require_POST
@super_admin_only
def sell_as_another(request: HttpRequest) -> HttpResponse:
    """Another company sells from now on, with numbers of its own."""
    form = SellerForm(request.POST, prefix="another")
    if form.is_valid():
        try:
            selling.sell_as_another(details=form.details(), by=_person(request))
        except IntegrityError:
            form.add_error("number_prefix", _("Another seller has this prefix."))
        else:
            return _done(request, _("From now on this company sells."))
    return _page(request, another_form=form)


@require_POST
@super_admin_only
def add_tax_rate(request: HttpRequest) -> HttpResponse:
    form = TaxRateForm(request.POST)
    if form.is_valid():
        try:
            selling.add_tax_rate(seller=_current(), by=_person(request), **form.rate())
        except selling.TooLate as error:
            form.add_error("valid_from", str(error))
        else:
            return _done(request, _("Saved. Invoices from that day on show it."))
    return _page(request, rate_form=form)


@require_POST
@super_admin_only
def remove_tax_rate(request: HttpRequest, rate_id: UUID) -> HttpResponse:
    rate = get_object_or_404(TaxRate, pk=rate_id)
    try:
        selling.remove_tax_rate(rate=rate, by=_person(request))
    except selling.TooLate as error:
        messages.error(request, str(error))
        return redirect("console:seller")
    return _done(request, _("The rate is taken back."))


def _page(
    request: HttpRequest,
    *,
    seller_form: SellerForm | None = None,
    another_form: SellerForm | None = None,
    rate_form: TaxRateForm | None = None,
) -> HttpResponse:
    now = _current()
    today = clock.now().date()
    given: list[Form | None] = [seller_form, another_form, rate_form]
    context = {
        "here": "billing",
        "tabs": billing_tabs("seller"),
        "seller": now,
        "complete": selling.is_complete(now),
        "form": seller_form or SellerForm.of(now),
        "another_form": another_form or SellerForm(prefix="another"),
        "rate_form": rate_form or TaxRateForm(initial={"valid_from": today}),
        "rates": [
            (rate, rate.valid_from > today) for rate in now.tax_rates.order_by("country", "-valid_from")
        ],
        "former": Seller.objects.filter(current=False).order_by("prefix"),
        "may_change": may_change(request.user),
    }
    failed = any(form is not None and form.errors for form in given)
    return render(request, "console/seller.html", context, status=422 if failed else 200)


def _done(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("console:seller")


def _current() -> Seller:
    seller = seller_now()
    if seller is None:
        raise Http404
    return seller


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
