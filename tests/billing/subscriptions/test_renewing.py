"""Months and years of renewals, charged once each."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from billing import reconciling
from billing.models import Invoice, PlanPrice
from billing.subscriptions import renewals
from tests.billing.subscriptions.living import Customer, price


def test_twenty_four_months(customer: Customer) -> None:
    """By the clock alone; the benchmark lives through them with all webhooks."""
    customer.subscribe("STARTER")
    for _ in range(24):
        customer.wait(days=31, step=timedelta(days=31), webhooks=False)
    paid = [payment for payment in customer.payments if payment.status == "SUCCEEDED"]
    assert len(paid) == len(customer.payments) == 25
    assert customer.paystack.bill()["USD"] == {"charges": 25, "charged": 25 * 19_00, "refunded": 0}
    spans = [(payment.period_start, payment.period_end) for payment in paid]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))
    assert spans[-1][1] == datetime(2028, 2, 15, 9, tzinfo=UTC)
    assert Invoice.objects.count() == 25


@pytest.mark.parametrize(
    ("begins", "day", "webhooks"),
    [
        ("2026-01-29T09:00:00+00:00", 1, False),
        ("2026-01-31T23:30:00+00:00", 1, True),
        ("2028-02-28T23:59:00+00:00", 28, False),
    ],
)
def test_months_of_every_length(customer: Customer, begins: str, day: int, webhooks: bool) -> None:
    """With events, and by the clock alone."""
    customer.paystack.advance(to=datetime.fromisoformat(begins))
    customer.sync()
    customer.subscribe("STARTER")
    customer.wait(days=95, step=timedelta(days=12), webhooks=webhooks)
    assert [payment.status for payment in customer.payments] == ["SUCCEEDED"] * 4
    assert customer.subscription.period_end.day == day
    assert len(customer.renewals) == 1


def test_years(customer: Customer) -> None:
    customer.subscribe("PRO", "YEAR")
    customer.wait(days=2 * 366, step=timedelta(days=61))
    assert [payment.amount_minor for payment in customer.payments] == [490_00] * 3
    assert customer.subscription.period_end == datetime(2029, 1, 15, 9, tzinfo=UTC)


def test_who_has_a_price_keeps_it(customer: Customer) -> None:
    """A new price is for new subscribers: neither we nor the gateway charge it to others, nor tell them."""
    customer.subscribe("STARTER")
    old = price("STARTER")
    PlanPrice.objects.filter(pk=old.pk).update(offered=False)
    PlanPrice.objects.create(plan=old.plan, interval="MONTH", currency="USD", amount_minor=29_00)
    customer.wait(days=63, step=timedelta(days=21))
    assert [payment.amount_minor for payment in customer.payments] == [19_00] * 3


def test_renewals_that_we_do_not_know_are_ended(customer: Customer) -> None:
    """Such as those begun just before a crash, beside those begun after it."""
    customer.subscribe("STARTER")
    world = customer.paystack.world
    (ours,) = world.subscriptions.values()
    double = ours.model_copy(update={"code": "SUB_double", "token": "double", "id": 99_999})
    world.subscriptions[double.code] = double
    report = reconciling.reconcile_all()
    assert [one.what for one in report.differences] == ["unknown renewals"]
    assert (double.status, ours.status) == ("non-renewing", "active")
    assert reconciling.reconcile_all().differences == []


def test_renewal_charged_twice_is_given_back_once(customer: Customer) -> None:
    customer.subscribe("STARTER")
    world = customer.paystack.world
    (ours,) = world.subscriptions.values()
    double = ours.model_copy(update={"code": "SUB_double", "token": "double", "id": 99_999})
    world.subscriptions[double.code] = double
    customer.wait(days=32, step=timedelta(days=32))
    customer.wait(days=2)
    assert customer.paystack.bill()["USD"] == {"charges": 3, "charged": 57_00, "refunded": 19_00}
    assert customer.subscription.period_end == datetime(2026, 3, 15, 9, tzinfo=UTC)
    assert sum(Invoice.objects.values_list("total_minor", flat=True)) == 38_00


def test_ended_on_the_gateways_page_is_a_cancellation(customer: Customer) -> None:
    customer.subscribe("STARTER")
    (ours,) = customer.paystack.world.subscriptions.values()
    ours.status = "non-renewing"
    report = reconciling.reconcile_all()
    assert [one.what for one in report.differences] == ["ended at the gateway"]
    assert (customer.plan, customer.subscription.cancel_at_period_end) == ("STARTER", True)
    customer.wait(days=32)
    assert customer.plan == "FREE"


@pytest.mark.parametrize("change", ["later", "dearer", "gone"])
def test_renewals_that_are_not_as_wished_are_begun_anew(customer: Customer, change: str) -> None:
    customer.subscribe("STARTER")
    world = customer.paystack.world
    (ours,) = world.subscriptions.values()
    if change == "later":
        ours.next_at += timedelta(days=20)
    elif change == "dearer":
        ours.amount = 29_00
    else:
        world.subscriptions.clear()
    report = reconciling.reconcile_all()
    assert [one.what for one in report.differences] == ["renewals not as wished"]
    assert customer.renewals == [("Starter 1", "active")]
    assert reconciling.reconcile_all().differences == []
    customer.wait(days=32, step=timedelta(days=32))
    assert [payment.amount_minor for payment in customer.payments] == [19_00, 19_00]


def test_two_at_once_begin_renewals_once(customer: Customer) -> None:
    """Whoever loses ends what it has begun: here the row is another by the time that it is written."""
    customer.subscribe("STARTER")
    subscription = customer.subscription
    wish = renewals.wish_of(subscription)
    assert wish is not None
    type(subscription).objects.filter(pk=subscription.pk).update(cancel_at_period_end=True, gateway_code="")
    renewals._begin(subscription, wish)
    assert customer.renewals == []
    assert customer.subscription.gateway_code == ""


def test_nightly_run_leaves_a_line_for_the_console(customer: Customer) -> None:
    customer.subscribe("STARTER")
    reconciling.reconcile_all()
    line = reconciling.last_report()
    assert line is not None
    assert line.organisation_id is None
    assert line.details == {"checked": 1, "failed": 0, "found": 0, "differences": []}


def test_gateway_that_is_away_is_asked_again(customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.paystack.faults.add("crash", "/", times=None)
    assert reconciling.reconcile_all().failed == 1
    customer.paystack.faults.clear()
    assert reconciling.reconcile_all().failed == 0
