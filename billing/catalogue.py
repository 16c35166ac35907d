"""What is offered to new subscribers: plans with their prices in one currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from billing.models import Interval, Plan, PlanPrice

FIRST_CURRENCY: Final = "USD"  # shown first, where it is offered
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan as it is offered; without prices it costs nothing, or is not sold in this currency."""

    plan: Plan
    monthly: PlanPrice | None = None
    yearly: PlanPrice | None = None
    sold: bool = False  # in any currency

    @property
    def prices(self) -> list[PlanPrice]:
        return [price for price in (self.monthly, self.yearly) if price]

    @property
    def saved_minor(self) -> int:
        """What a year paid at once costs less than twelve months, in minor units."""
        if self.monthly is None or self.yearly is None:
            return 0
        return max(0, MONTHS * self.monthly.amount_minor - self.yearly.amount_minor)

    @property
    def free_months(self) -> int:
        """How many whole months that saves."""
        return self.saved_minor // self.monthly.amount_minor if self.monthly else 0


def currencies() -> list[str]:
    """Those in which anything is offered, ours first."""
    prices = PlanPrice.objects.filter(offered=True, plan__offered=True)
    found = set(prices.values_list("currency", flat=True))
    return sorted(found, key=lambda currency: (currency != FIRST_CURRENCY, currency))


def choose_currency(offered: Sequence[str], *wished: str | None) -> str:
    """The first wish that is offered, else the first of those offered."""
    wishes = [wish for wish in wished if wish and wish in offered]
    return next(iter([*wishes, *offered]), FIRST_CURRENCY)


def offers(currency: str) -> list[Offer]:
    """All offered plans in their order, with the prices in this currency. Two queries."""
    prices: dict[UUID, list[PlanPrice]] = {}
    for price in PlanPrice.objects.filter(offered=True, plan__offered=True):
        prices.setdefault(price.plan_id, []).append(price)
    return [_offer(plan, prices.get(plan.pk, []), currency) for plan in Plan.objects.filter(offered=True)]


def offered_price(price_id: UUID) -> PlanPrice:
    """Raises `PlanPrice.DoesNotExist` for one that new subscribers do not get."""
    return PlanPrice.objects.select_related("plan").get(pk=price_id, offered=True, plan__offered=True)


def _offer(plan: Plan, prices: Sequence[PlanPrice], currency: str) -> Offer:
    by_interval = {price.interval: price for price in prices if price.currency == currency}
    return Offer(plan, by_interval.get(Interval.MONTH), by_interval.get(Interval.YEAR), sold=bool(prices))
