"""What a change to a larger plan costs at once: worked out here, changed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from billing.invoicing.issuing import Line
from billing.models import ItemKind, PlanPrice, Subscription
from billing.subscriptions.periods import Period, first_period
from billing.subscriptions.proration import rest


@dataclass(frozen=True, slots=True)
class Upgrade:
    """`amount_minor` is due at once: what the rest of the period (or a whole new one, where the rhythm
    changes) costs, less `credit_minor` for the unused rest on the smaller plan. `period` is what is paid for
    then."""

    amount_minor: int
    credit_minor: int
    period: Period
    lines: tuple[Line, Line]


def upgrade(*, subscription: Subscription, price: PlanPrice, at: datetime) -> Upgrade | None:
    """What changing to `price` at that moment costs; None where the change waits for the period's end.

    Only a larger plan in the same currency is had at once, and only where nothing is owed to the customer.
    """
    old, period = subscription.price, paid_period(subscription)
    if old is None or period is None or at >= period.end or not _is_larger(price, old):
        return None
    credit = rest(amount_minor=old.amount_minor, period=period, at=at)
    unused = Line(ItemKind.UNUSED, old.plan, old.interval, at, period.end, -credit)
    if price.interval == old.interval:
        cost = rest(amount_minor=price.amount_minor, period=period, at=at)
        after = period
        given = Line(ItemKind.UPGRADE, price.plan, price.interval, at, period.end, cost)
    else:
        after = first_period(begins=at, interval=price.interval)
        given = Line(
            ItemKind.SUBSCRIPTION, price.plan, price.interval, after.start, after.end, price.amount_minor
        )
    due = given.total_minor - credit
    return Upgrade(due, credit, after, (given, unused)) if due >= 0 else None


def paid_period(subscription: Subscription) -> Period | None:
    if subscription.period_start is None or subscription.period_end is None:
        return None
    return Period(subscription.period_start, subscription.period_end)


def _is_larger(price: PlanPrice, old: PlanPrice) -> bool:
    return price.currency == old.currency and price.plan.position > old.plan.position
