"""Changing what models cost. A price that was is kept, so that every ledger entry can be reckoned again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from billing.models import ExchangeRate, PastPrice, Price
from billing.prices import ANY_MODEL, forget_prices
from insights import record
from insights.actions import Action
from tenants.accounts.models import User


@dataclass(frozen=True, slots=True)
class Rates:
    """Micro-units of the US dollar: of a million tokens in, in from a cache, and out; of one picture."""

    input_micros: int
    cached_micros: int
    output_micros: int
    picture_micros: int


def set_price(*, by: User, provider: str, model: str, rates: Rates) -> Price:
    """What calls of a model cost from now on; `model` "*" is any that has no price of its own.

    Entries of the ledger that are closed keep the price they were closed with. Workers follow within half a
    minute.
    """
    with transaction.atomic():
        Price.objects.bulk_create([Price(provider=provider, model=model, version=0)], ignore_conflicts=True)
        price = Price.objects.select_for_update().get(provider=provider, model=model or ANY_MODEL)
        if price.version and _rates_of(price) == rates:
            return price
        for name in Rates.__slots__:
            setattr(price, name, getattr(rates, name))
        price.version += 1
        price.save()
        _keep(price, by)
        details = {"provider": provider, "model": model, "version": price.version}
        record(Action.PRICE_CHANGED, actor=by, resource=price, details=details)
    transaction.on_commit(forget_prices)
    return price


def set_exchange_rate(*, by: User, currency: str, usd_micros: int) -> ExchangeRate:
    """What one unit of a currency is worth, in micro-units of the US dollar; nobody is charged by it."""
    with transaction.atomic():
        rate, _made = ExchangeRate.objects.update_or_create(
            currency=currency, defaults={"usd_micros": usd_micros}
        )
        details = {"currency": currency, "usd_micros": usd_micros}
        record(Action.EXCHANGE_RATE_CHANGED, actor=by, resource=rate, details=details)
    return rate


def _rates_of(price: Price) -> Rates:
    return Rates(*(getattr(price, name) for name in Rates.__slots__))


def _keep(price: Price, by: User) -> None:
    PastPrice.objects.create(
        provider=price.provider,
        model=price.model,
        version=price.version,
        input_micros=price.input_micros,
        cached_micros=price.cached_micros,
        output_micros=price.output_micros,
        picture_micros=price.picture_micros,
        currency=price.currency,
        set_by=by,
    )
