"""What organisations have paid beside what their calls have cost, for those who run the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from billing.models import ExchangeRate, Invoice, InvoiceStatus, LedgerEntry, LedgerState, Subscription
from billing.money import minor_units
from tenants.models import Organisation


@dataclass(frozen=True, slots=True)
class Margin:
    """In micro-units of the US dollar; takings are without tax. `unknown` names currencies without a rate."""

    name: str
    organisations: int
    takings: int
    costs: int
    unknown: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        return self.takings - self.costs

    @property
    def percent(self) -> int | None:
        """Of the takings, rounded down; None where nothing was taken."""
        return self.left * 100 // self.takings if self.takings else None


def margin_by_plan(*, since: datetime, until: datetime) -> list[Margin]:
    """Of each plan's present subscribers, in the plans' order. Five queries, whatever there is."""
    plans = Subscription.objects.values("plan__code", "plan__position").annotate(count=Count("pk"))
    counted = list(plans.order_by("plan__position"))
    of = dict(Subscription.objects.values_list("organisation_id", "plan__code"))
    takings, costs = _takings(since, until), _costs(since, until)
    return [
        _added_up(
            row["plan__code"],
            row["count"],
            {key: value for key, value in takings.items() if of.get(key) == row["plan__code"]},
            sum(micros for key, micros in costs.items() if of.get(key) == row["plan__code"]),
        )
        for row in counted
    ]


def sold_below_cost(*, since: datetime, until: datetime, most: int = 25) -> list[tuple[Organisation, Margin]]:
    """Organisations whose calls have cost more than they paid, the largest loss first."""
    takings, costs = _takings(since, until), _costs(since, until)
    margins = {
        key: _added_up("", 1, {key: takings[key]} if key in takings else {}, micros)
        for key, micros in costs.items()
    }
    losing = [key for key, margin in margins.items() if margin.left < 0]
    losing.sort(key=lambda key: margins[key].left)
    known = Organisation.objects.select_related("subscription__plan").in_bulk(losing[:most])
    return [(known[key], margins[key]) for key in losing[:most] if key in known]


@dataclass(frozen=True, slots=True)
class _Takings:
    micros: int
    unknown: frozenset[str]


def _added_up(name: str, count: int, takings: Mapping[UUID, _Takings], costs: int) -> Margin:
    unknown: set[str] = set()
    for one in takings.values():
        unknown |= one.unknown
    total = sum(one.micros for one in takings.values())
    return Margin(name, count, total, costs, tuple(sorted(unknown)))


def _takings(since: datetime, until: datetime) -> dict[UUID, _Takings]:
    """What each organisation has paid, without tax and less what was given back."""
    invoices = Invoice.objects.filter(issued_at__gte=since, issued_at__lt=until)
    paid = invoices.exclude(status__in=[InvoiceStatus.VOID, InvoiceStatus.UNCOLLECTIBLE, InvoiceStatus.OPEN])
    rows: Any = paid.values_list("organisation_id", "currency").annotate(net=Sum("net_minor"))
    rates = dict(ExchangeRate.objects.values_list("currency", "usd_micros")) | {"USD": 1_000_000}
    found: dict[UUID, _Takings] = {}
    for organisation_id, currency, net in rows:
        before = found.get(organisation_id, _Takings(0, frozenset()))
        if currency in rates:
            micros = net * rates[currency] // minor_units(currency)
            found[organisation_id] = _Takings(before.micros + micros, before.unknown)
        else:
            found[organisation_id] = _Takings(before.micros, before.unknown | {currency})
    return found


def _costs(since: datetime, until: datetime) -> dict[UUID, int]:
    entries = LedgerEntry.objects.filter(
        state=LedgerState.SETTLED, created_at__gte=since, created_at__lt=until
    )
    rows = entries.values_list("organisation_id").annotate(micros=Coalesce(Sum("amount_micros"), 0))
    return dict(rows)
