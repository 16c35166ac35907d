"""The gateway that rows are known at."""

from __future__ import annotations

from django.db.models import QuerySet

from billing.gateways.contract import Gateway, NotConfigured
from billing.gateways.registry import gateway
from billing.models import Payment, PaymentMethod, Subscription


def gateway_of(row: Payment | PaymentMethod | Subscription) -> Gateway:
    """Raises `NotConfigured` where the platform has another gateway or another mode by now."""
    found = gateway()
    if (found.name, found.test_mode) != (row.gateway, row.test_mode):
        raise NotConfigured(f"{row.gateway}, {'test' if row.test_mode else 'live'} mode")
    return found


def at_hand(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Those of the platform's present gateway and mode; none where there is no gateway."""
    try:
        found = gateway()
    except NotConfigured:
        return rows.none()
    return rows.filter(gateway=found.name, test_mode=found.test_mode)


def account_in_use() -> str:
    """The label of the account that is asked now; empty where there is none."""
    try:
        return gateway().account
    except NotConfigured:
        return ""


def is_play_money(subscription: Subscription) -> bool:
    """Whether it was paid for in the test mode of a platform that takes real money by now."""
    try:
        return subscription.test_mode and not gateway().test_mode
    except NotConfigured:
        return False
