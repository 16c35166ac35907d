"""The gateway that a row is known at."""

from __future__ import annotations

from billing.gateways.contract import Gateway, NotConfigured
from billing.gateways.registry import gateway
from billing.models import Payment, PaymentMethod, Subscription


def gateway_of(row: Payment | PaymentMethod | Subscription) -> Gateway:
    """Raises `NotConfigured` where the platform has another gateway or another mode by now."""
    found = gateway()
    if (found.name, found.test_mode) != (row.gateway, row.test_mode):
        raise NotConfigured(f"{row.gateway}, {'test' if row.test_mode else 'live'} mode")
    return found
