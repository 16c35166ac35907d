"""The state follows the API: whatever is told, how often, in whatever order, or not at all."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from billing import reconciling
from billing.gateways.contract import Event, Topic
from billing.models import GatewayEvent
from billing.subscriptions import clockwork
from tests.billing.subscriptions.books import disagreements
from tests.billing.subscriptions.living import Customer, hear
from tests.billing.subscriptions.stories import (
    card_changed,
    overdue,
    paid_page,
    refunded,
    renewed,
    subscribed,
    upgraded,
)


def test_events_thrice_in_any_order_come_to_the_same(customer: Customer) -> None:
    """Those of a whole life, told only when it is over."""
    customer.subscribe("STARTER")
    customer.paystack.advance(timedelta(days=20))
    customer.sync()
    upgraded(customer)
    customer.paystack.advance(timedelta(days=45))
    customer.sync()
    told = customer.paystack.take_webhooks() * 3
    random.Random(5).shuffle(told)
    hear(told)
    clockwork.run()
    assert list(disagreements(customer)) == []
    assert [(one.purpose, one.status) for one in customer.payments] == [
        ("SUBSCRIBE", "SUCCEEDED"),
        ("UPGRADE", "SUCCEEDED"),
        ("RENEWAL", "SUCCEEDED"),
        ("RENEWAL", "SUCCEEDED"),
    ]


@pytest.mark.parametrize(
    "read",
    [
        Event("charge.success", Topic.CHARGE, reference="T_nobody"),
        Event("charge.success", Topic.CHARGE, customer_code="CUS_nobody"),
        Event("subscription.disable", Topic.RENEWALS, renewals_code="SUB_nobody", customer_code="CUS_nobody"),
        Event("refund.processed", Topic.REFUND, reference="T_nobody"),
        Event("transfer.success", Topic.OTHER),
    ],
)
def test_event_about_nobody_of_ours_is_of_no_concern(customer: Customer, read: Event) -> None:
    customer.subscribe("STARTER")
    event = GatewayEvent(gateway="paystack", test_mode=True, name=read.name)
    assert not reconciling.handle_event(event=event, read=read)
    assert len(customer.payments) == 1


@pytest.mark.parametrize(
    ("before", "doing", "path"),
    [
        (None, paid_page, "/plan"),
        (None, paid_page, "/subscription"),
        (subscribed, upgraded, "/transaction/charge_authorization"),
        (subscribed, upgraded, "/subscription/disable"),
        (subscribed, card_changed, "/refund"),
        (subscribed, refunded, "/refund"),
        (overdue, renewed, "/transaction/charge_authorization"),
    ],
)
def test_answer_that_is_lost_after_it_was_done(
    customer: Customer, before: object, doing: object, path: str
) -> None:
    """Of every write: done once, and known in the end."""
    if callable(before):
        before(customer)
    customer.paystack.faults.add("lost", path, method="POST")
    assert callable(doing)
    doing(customer)
    assert customer.paystack.faults.waiting == []
    customer.wait(webhooks=False, minutes=16, step=timedelta(minutes=16))
    customer.wait(webhooks=False, hours=14, step=timedelta(hours=7))
    assert list(disagreements(customer)) == []
