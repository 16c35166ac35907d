"""Choosing a plan: what there is, what a choice costs, and the way to pay for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing import catalogue
from billing.gateways.contract import NotConfigured
from billing.gateways.registry import mode
from billing.models import Interval, PlanPrice, Subscription
from billing.subscriptions import changing, checkout, excess, trials
from billing.subscriptions.changing import AmountChanged
from billing.subscriptions.rights import Refusal, may_manage_billing
from tenants.models import Membership
from web.access import MemberRequest, member_required
from web.views.billing.frame import in_words, own_subscription, payer, reader, return_address, tabs
from web.views.billing.returning import onward

MOST_MINOR = 10**15  # nothing costs more


@require_safe
@member_required
def plans(request: MemberRequest) -> HttpResponse:
    membership = reader(request)
    subscription = own_subscription(membership)
    paid = subscription.price
    # Whoever pays already changes within their currency: the rest of a period is reckoned in it.
    currencies = [paid.currency] if paid else catalogue.currencies()
    currency = catalogue.choose_currency(currencies, request.GET.get("currency"))
    interval = _interval(request.GET.get("interval"), paid)
    offers = catalogue.offers(currency)
    context = {
        "here": "billing",
        "tabs": tabs(request, "plans"),
        "subscription": subscription,
        "offers": offers,
        "interval": interval,
        "currency": currency,
        "intervals": [
            (_address(value, currency), label, value == interval) for value, label in Interval.choices
        ],
        "currencies": [(_address(interval, code), code, code == currency) for code in currencies],
        "may_pay": may_manage_billing(membership),
        "tryable": {offer.plan.pk for offer in offers if trials.may_try(subscription, offer.plan)},
        "mode": mode(),
    }
    return render(request, "web/billing/plans.html", context)


def _address(interval: str, currency: str) -> str:
    return f"?{urlencode({'interval': interval, 'currency': currency})}"


def _interval(asked: str | None, paid: PlanPrice | None) -> Interval:
    if asked in Interval.values:
        return Interval(asked)
    return Interval(paid.interval) if paid else Interval.MONTH


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def change_plan(request: MemberRequest, price_id: UUID) -> HttpResponse:
    """What choosing a price comes to, with exact amounts; and, once it is confirmed, the choice itself."""
    by = payer(request)
    price, subscription = _price(price_id), own_subscription(by)
    try:
        if request.method == "POST":
            return _choose(request, by, subscription, price)
        context = _preview(subscription, price)
    except (Refusal, NotConfigured) as error:
        messages.error(request, in_words(error))
        return redirect("web:plans")
    context |= {"here": "billing", "price": price, "subscription": subscription, "mode": mode()}
    return render(request, "web/billing/change.html", context)


@require_POST
@member_required
def start_trial(request: MemberRequest, price_id: UUID) -> HttpResponse:
    by = payer(request)
    plan = _price(price_id).plan
    try:
        trials.start_trial(membership=by, plan=plan)
    except Refusal as error:
        messages.error(request, str(error))
        return redirect("web:plans")
    messages.success(request, _("You are trying %(plan)s. Nothing is charged.") % {"plan": plan.name})
    return redirect("web:billing")


def _price(price_id: UUID) -> PlanPrice:
    try:
        return catalogue.offered_price(price_id)
    except PlanPrice.DoesNotExist:
        raise Http404 from None


def _preview(subscription: Subscription, price: PlanPrice) -> dict[str, Any]:
    """For who pays already, the change; for others the first payment."""
    if subscription.price:
        return {"change": changing.change_preview(subscription=subscription, price=price)}
    checkout.check_may_subscribe(subscription)
    checkout.check_offered(price)
    over = excess.over(organisation_id=subscription.organisation_id, plan=price.plan)
    return {"change": None, "excess": over}


def _choose(
    request: MemberRequest, by: Membership, subscription: Subscription, price: PlanPrice
) -> HttpResponse:
    return_url = return_address(by)
    if not subscription.price:
        page = checkout.start_checkout(membership=by, price=price, return_url=return_url)
        return HttpResponseRedirect(page.url)
    amount, as_of = _shown(request)
    done = changing.change_plan(
        membership=by, price=price, expected_amount_minor=amount, as_of=as_of, return_url=return_url
    )
    if done.payment is not None:
        return onward(request, done.payment)
    if done.subscription.next_price_id:
        messages.success(request, _("%(plan)s begins when this period ends.") % {"plan": price.plan.name})
    else:
        messages.success(request, _("You are on %(plan)s now.") % {"plan": price.plan.name})
    return redirect("web:billing")


def _shown(request: MemberRequest) -> tuple[int, datetime]:
    """The amount that was shown, in minor units, and when. Raises `AmountChanged` for what makes no sense."""
    amount = request.POST.get("amount", "")
    try:
        as_of = parse_datetime(request.POST.get("as_of", ""))
    except ValueError:
        as_of = None
    if not amount.isascii() or not amount.isdigit() or int(amount[:20]) > MOST_MINOR:
        raise AmountChanged
    if as_of is None or as_of.tzinfo is None:
        raise AmountChanged
    return int(amount), as_of
