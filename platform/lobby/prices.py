"""What it costs, and the way from a price into an organisation's checkout."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from billing import catalogue
from billing.gateways.registry import mode
from billing.models import Interval, PlanPrice
from tenants.accounts.models import User
from tenants.models import Membership, Organisation, OrganisationStatus, Role

WANTED = "octavo_wanted_price"  # session key: the price that waits for its reader to have an account


@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    currencies = catalogue.currencies()
    currency = catalogue.choose_currency(currencies, request.GET.get("currency"))
    interval = Interval.YEAR if request.GET.get("interval") == Interval.YEAR else Interval.MONTH
    offers = catalogue.offers(currency)
    context = {
        "offers": offers,
        "interval": interval,
        "currency": currency,
        "intervals": _switch(Interval.choices, "interval", interval, {"currency": currency}),
        "currencies": _switch(
            [(code, code) for code in currencies], "currency", currency, {"interval": interval}
        ),
        "most_free_months": max((offer.free_months for offer in offers), default=0),
        "first": _first(offers),
        "mode": mode(),
    }
    return render(request, "lobby/prices.html", context)


@require_safe
def buy(request: HttpRequest, price_id: UUID) -> HttpResponse:
    """On to the checkout of one's own organisation; to a choice where there are several, or to an account."""
    try:
        price = catalogue.offered_price(price_id)
    except PlanPrice.DoesNotExist:
        raise Http404 from None
    if not request.user.is_authenticated:
        request.session[WANTED] = str(price.pk)
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
    request.session.pop(WANTED, None)
    owned = _owned(request.user)
    if len(owned) == 1:
        return redirect(_checkout(owned[0], price))
    doors = [(organisation, _checkout(organisation, price)) for organisation in owned]
    return render(request, "lobby/buy.html", {"price": price, "doors": doors})


def _switch(
    choices: list[tuple[str, Any]], name: str, chosen: str, kept: dict[str, str]
) -> list[tuple[str, str, bool]]:
    """Tabs that change one thing of the address."""
    return [(f"?{urlencode({**kept, name: value})}", str(label), value == chosen) for value, label in choices]


def _first(offers: list[catalogue.Offer]) -> catalogue.Offer | None:
    """The one to begin with: which can be tried, else what costs nothing."""
    return next((offer for offer in offers if offer.plan.trial_days), next(iter(offers), None))


def _owned(user: User) -> list[Organisation]:
    rows = Membership.objects.filter(
        user=user, role=Role.OWNER, organisation__status=OrganisationStatus.ACTIVE
    ).select_related("organisation")
    return [each.organisation for each in rows.order_by("-organisation__personal", "organisation__name")]


def _checkout(organisation: Organisation, price: PlanPrice) -> str:
    there = reverse("web:change_plan", args=[price.pk], urlconf="config.urls")
    return f"{reverse('go_to_organisation', args=[organisation.slug])}?{urlencode({'next': there})}"
