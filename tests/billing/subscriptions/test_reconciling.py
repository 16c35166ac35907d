"""The state follows the API: whatever is told, how often, in whatever order, or not at all."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from billing import reconciling
from billing.gateways.contract import Event, Topic
from billing.models import GatewayEvent
from billing.subscriptions import clockwork, renewals
from billing.subscriptions.locking import alone_at_the_gateway
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


@contextmanager
def another_at_the_gateway(subject: UUID) -> Iterator[None]:
    """Somebody else, by a connection of their own."""
    there, done = threading.Event(), threading.Event()

    def stay() -> None:
        with alone_at_the_gateway(subject):
            there.set()
            done.wait()
        connection.close()

    somebody = threading.Thread(target=stay)
    somebody.start()
    there.wait()
    try:
        yield
    finally:
        done.set()
        somebody.join()


def test_whoever_finds_another_at_the_gateway_says_so_in_a_line(
    customer: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    customer.subscribe("STARTER")
    subscription = customer.subscription
    with another_at_the_gateway(subscription.pk), caplog.at_level("INFO", "billing"):
        assert not renewals.try_to_follow(organisation_id=subscription.organisation_id)
        reconciling.reconcile_all()
    told = [record for record in caplog.records if "by another" in record.message]
    assert [(record.levelname, record.exc_info) for record in told] == [("INFO", None)] * 2
