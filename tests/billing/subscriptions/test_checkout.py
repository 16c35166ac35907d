"""From the price page to a paid plan."""

from __future__ import annotations

from datetime import UTC, datetime

from billing.models import Invoice
from tests.billing.subscriptions.conftest import Customer


def test_paid_page_puts_the_organisation_on_the_plan(customer: Customer) -> None:
    payment = customer.subscribe("STARTER")
    now = customer.subscription
    assert (payment.status, payment.amount_minor, payment.currency) == ("SUCCEEDED", 19_00, "USD")
    assert (now.plan.code, now.status, now.period_end) == (
        "STARTER",
        "ACTIVE",
        datetime(2026, 2, 15, 9, tzinfo=UTC),
    )
    assert Invoice.objects.get().total_minor == 19_00
    assert customer.renewals == [("Starter 1", "active")]
    assert now.card is not None and now.card.last4 == "4081"
