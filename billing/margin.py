"""What organisations have paid beside what their calls have cost, for those who run the platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Max, Sum
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
    """Of each plan's present subscribers, in the plans' order. Four queries, whatever there is."""
    plans = Subscription.objects.values("plan__code").annotate(count=Count("pk"), place=Max("plan__position"))
    counted = plans.order_by("place", "plan__code").values_list("plan__code", "count")
    takings, costs = _takings(since, until, by=_PLAN), _costs(since, until, by=_PLAN)
    return [_margin(code, count, takings.get(code, _NOTHING), costs.get(code, 0)) for code, count in counted]


def sold_below_cost(*, since: datetime, until: datetime, most: int = 25) -> list[tuple[Organisation, Margin]]:
    """Organisations whose calls have cost more than they paid, the largest loss first."""
    takings = _takings(since, until, by="organisation_id")
    costs = _costs(since, until, by="organisation_id")
    margins = {key: _margin("", 1, takings.get(key, _NOTHING), micros) for key, micros in costs.items()}
    losing = [key for key, margin in margins.items() if margin.left < 0]
    losing.sort(key=lambda key: margins[key].left)
    known = Organisation.objects.select_related("subscription__plan").in_bulk(losing[:most])
    return [(known[key], margins[key]) for key in losing[:most] if key in known]


@dataclass(frozen=True, slots=True)
class _Takings:
    micros: int
    unknown: frozenset[str]


_NOTHING: Final = _Takings(0, frozenset())
_PLAN: Final = "organisation__subscription__plan__code"


def _margin(name: str, count: int, takings: _Takings, costs: int) -> Margin:
    return Margin(name, count, takings.micros, costs, tuple(sorted(takings.unknown)))


def _takings(since: datetime, until: datetime, *, by: str) -> dict[Any, _Takings]:
    """What was paid, without tax and less what was given back, by a column of the invoices."""
    invoices = Invoice.objects.filter(issued_at__gte=since, issued_at__lt=until)
    paid = invoices.exclude(status__in=[InvoiceStatus.VOID, InvoiceStatus.UNCOLLECTIBLE, InvoiceStatus.OPEN])
    rows: Any = paid.order_by().values_list(by, "currency").annotate(net=Sum("net_minor"))
    rates = dict(ExchangeRate.objects.values_list("currency", "usd_micros")) | {"USD": 1_000_000}
    found: dict[Any, _Takings] = {}
    for key, currency, net in rows:
        before = found.get(key, _NOTHING)
        if currency in rates:
            micros = net * rates[currency] // minor_units(currency)
            found[key] = _Takings(before.micros + micros, before.unknown)
        else:
            found[key] = _Takings(before.micros, before.unknown | {currency})
    return found


def _costs(since: datetime, until: datetime, *, by: str) -> dict[Any, int]:
    """What calls have cost, by a column of the ledger."""
    entries = LedgerEntry.objects.filter(
        state=LedgerState.SETTLED, created_at__gte=since, created_at__lt=until
    )
    rows = entries.order_by().values_list(by).annotate(micros=Coalesce(Sum("amount_micros"), 0))
    return dict(rows)
