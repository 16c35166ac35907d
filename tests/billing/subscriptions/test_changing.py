"""Upgrades at once for the difference, everything else from the period's end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing import clock
from billing.models import EVER, Invoice, Payment, UsageMetric
from billing.subscriptions import changing, ending
from billing.subscriptions.asking import UnderWay
from billing.subscriptions.changing import AmountChanged, CannotChange, change_plan, change_preview
from tests.billing.subscriptions.living import Customer, price

CHALLENGES_LATER = "4084080000000227"
DECLINES_LATER = "4084080000000110"


def upgraded(customer: Customer, plan: str = "PRO", interval: str = "MONTH") -> changing.PlanChange:
    shown = change_preview(subscription=customer.subscription, price=price(plan, interval))
    return change_plan(
        membership=customer.membership,
        price=shown.price,
        expected_amount_minor=shown.amount_due_minor,
        as_of=shown.as_of,
    )


def test_upgrade_costs_the_difference_for_the_rest_and_comes_at_once(customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.wait(days=10)
    before = customer.subscription
    shown = change_preview(subscription=before, price=price("PRO"))
    left = (before.period_end - shown.as_of).total_seconds() / (31 * 86400)
    assert shown.at_once
    assert abs(shown.amount_due_minor - 30_00 * left) <= 1
    assert (shown.next_charge_at, shown.next_amount_minor) == (before.period_end, 49_00)
    change = upgraded(customer)
    now = customer.subscription
    assert change.payment is not None
    assert (change.payment.status, now.plan.code) == ("SUCCEEDED", "PRO")
    assert (now.period_start, now.period_end) == (before.period_start, before.period_end)
    invoice = Invoice.objects.get(payments=change.payment)
    assert invoice.total_minor == change.payment.amount_minor
    assert [item.kind for item in invoice.items.all()] == ["UPGRADE", "UNUSED"]


def test_renewals_are_begun_anew_on_the_larger_plan(customer: Customer) -> None:
    customer.subscribe("STARTER")
    upgraded(customer)
    customer.wait(days=1)
    assert customer.renewals == [("Pro 1", "active")]
    customer.wait(days=35)
    assert [payment.amount_minor for payment in customer.payments][-1] == 49_00
    assert len(customer.payments) == 3


def test_amount_that_was_shown_is_what_is_charged(customer: Customer) -> None:
    customer.subscribe("STARTER")
    shown = change_preview(subscription=customer.subscription, price=price("PRO"))
    customer.wait(minutes=14, step=timedelta(minutes=14))
    change = change_plan(
        membership=customer.membership,
        price=price("PRO"),
        expected_amount_minor=shown.amount_due_minor,
        as_of=shown.as_of,
    )
    assert change.payment is not None
    assert change.payment.amount_minor == shown.amount_due_minor


def test_amount_that_is_not_what_was_shown_is_refused(customer: Customer) -> None:
    customer.subscribe("STARTER")
    shown = change_preview(subscription=customer.subscription, price=price("PRO"))
    for expected, as_of in [
        (shown.amount_due_minor - 100, None),
        (shown.amount_due_minor + 100, shown.as_of),
        (shown.amount_due_minor, shown.as_of - timedelta(hours=1)),
        (0, clock.now() + timedelta(days=20)),
    ]:
        with pytest.raises(AmountChanged):
            change_plan(
                membership=customer.membership,
                price=price("PRO"),
                expected_amount_minor=expected,
                as_of=as_of,
            )
    assert len(customer.payments) == 1


def test_declined_upgrade_changes_nothing(customer: Customer) -> None:
    customer.subscribe("STARTER", card=DECLINES_LATER)
    before = customer.subscription
    change = upgraded(customer)
    assert change.payment is not None
    assert change.payment.status == "FAILED"
    assert change.payment.failure
    assert customer.subscription == before
    assert (customer.plan, customer.renewals) == ("STARTER", [("Starter 1", "active")])


def test_bank_may_ask_before_an_upgrade(customer: Customer) -> None:
    customer.subscribe("STARTER", card=CHALLENGES_LATER)
    change = upgraded(customer)
    assert change.payment is not None
    assert (change.payment.status, customer.plan) == ("CHALLENGED", "STARTER")
    assert change.payment.hosted_url.startswith(customer.paystack.url)
    with pytest.raises(UnderWay):
        upgraded(customer)
    customer.paystack.answer_bank(change.payment.reference)
    customer.wait(minutes=5, step=timedelta(minutes=5))
    assert (customer.payments[-1].status, customer.plan) == ("SUCCEEDED", "PRO")


def test_bank_that_says_no_leaves_the_plan(customer: Customer) -> None:
    customer.subscribe("STARTER", card=CHALLENGES_LATER)
    change = upgraded(customer)
    assert change.payment is not None
    customer.paystack.answer_bank(change.payment.reference, approved=False)
    customer.wait(minutes=5, step=timedelta(minutes=5))
    assert (customer.payments[-1].status, customer.plan) == ("FAILED", "STARTER")


def test_question_that_nobody_answers_is_given_up(customer: Customer) -> None:
    customer.subscribe("STARTER", card=CHALLENGES_LATER)
    upgraded(customer)
    customer.wait(hours=4, step=timedelta(hours=4))
    assert customer.payments[-1].status == "ABANDONED"
    upgraded(customer)


def test_upgrade_paid_in_the_next_period_is_given_back(customer: Customer) -> None:
    """The bank's question was answered when what had been worked out did not hold any more."""
    customer.subscribe("STARTER", card=CHALLENGES_LATER)
    customer.wait(days=30, hours=23)
    change = upgraded(customer)
    assert change.payment is not None
    held = next(iter(customer.paystack.world.authorizations))
    customer.paystack.set_card(authorization=held, then="success")
    customer.wait(hours=2, step=timedelta(hours=1))
    assert customer.subscription.period_end.month == 3
    customer.paystack.answer_bank(change.payment.reference)
    customer.wait(days=2)
    late = Payment.objects.get(pk=change.payment.pk)
    assert (late.status, late.refunded_minor) == ("SUCCEEDED", late.amount_minor)
    assert customer.plan == "STARTER"


def test_downgrade_comes_at_the_periods_end(customer: Customer) -> None:
    customer.subscribe("PRO")
    ends = customer.subscription.period_end
    shown = change_preview(subscription=customer.subscription, price=price("STARTER"))
    assert (shown.at_once, shown.amount_due_minor, shown.changes_at) == (False, 0, ends)
    change = upgraded(customer, "STARTER")
    assert (change.payment, customer.plan) == (None, "PRO")
    customer.wait(days=30)
    assert (customer.plan, customer.renewals) == ("PRO", [("Starter 1", "active")])
    customer.wait(days=2)
    assert (customer.plan, customer.payments[-1].amount_minor) == ("STARTER", 19_00)
    assert customer.subscription.next_price is None


def test_what_is_over_the_smaller_plans_limits_is_told_before(customer: Customer) -> None:
    customer.subscribe("PRO")
    organisation = customer.membership.organisation
    UsageMetric.objects.create(organisation=organisation, metric="BOOKS_CREATED", period=EVER, value=130)
    UsageMetric.objects.create(organisation=organisation, metric="STORAGE_USED", period=EVER, value=1024)
    shown = change_preview(subscription=customer.subscription, price=price("STARTER"))
    assert [(one.metric, one.used, one.limit) for one in shown.excess] == [("BOOKS_CREATED", 130, 100)]


def test_other_rhythm_comes_at_the_periods_end(customer: Customer) -> None:
    customer.subscribe("STARTER")
    assert upgraded(customer, "STARTER", "YEAR").payment is None
    customer.wait(days=32)
    assert (customer.subscription.price.interval, customer.payments[-1].amount_minor) == ("YEAR", 190_00)
    assert customer.subscription.period_end.year == 2027


def test_larger_plan_by_the_year_begins_a_new_period(customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.wait(days=15)
    shown = change_preview(subscription=customer.subscription, price=price("PRO", "YEAR"))
    assert shown.amount_due_minor == 490_00 - shown.credit_minor
    assert 9_00 < shown.credit_minor < 10_50
    upgraded(customer, "PRO", "YEAR")
    assert customer.subscription.period_end.year == 2027
    customer.wait(days=20)
    assert len(customer.payments) == 2


def test_larger_plan_that_would_owe_the_customer_waits(customer: Customer) -> None:
    customer.subscribe("STARTER", "YEAR")
    shown = change_preview(subscription=customer.subscription, price=price("PRO", "MONTH"))
    assert (shown.at_once, shown.amount_due_minor) == (False, 0)


def test_currency_changes_at_the_periods_end(customer: Customer) -> None:
    customer.subscribe("STARTER")
    naira = price("PRO", currency="NGN")
    assert not change_preview(subscription=customer.subscription, price=naira).at_once


def test_upgrade_then_downgrade_then_cancel_in_one_period(customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.wait(days=5)
    upgraded(customer, "ENTERPRISE")
    customer.wait(days=5)
    upgraded(customer, "PRO")
    assert customer.subscription.next_price == price("PRO")
    customer.wait(days=5)
    ending.cancel(membership=customer.membership)
    assert (customer.plan, customer.subscription.next_price) == ("ENTERPRISE", None)
    customer.wait(days=1)
    assert customer.renewals == []
    customer.wait(days=17)
    assert (customer.plan, customer.subscription.status) == ("FREE", "CANCELLED")
    assert len(customer.payments) == 2


def test_in_the_last_seconds_a_change_costs_nothing(customer: Customer) -> None:
    customer.subscribe("STARTER")
    at = customer.subscription.period_end - timedelta(seconds=3)
    shown = change_preview(subscription=customer.subscription, price=price("PRO"), as_of=at)
    assert (shown.at_once, shown.amount_due_minor) == (True, 0)


@pytest.mark.parametrize("state", ["free", "same"])
def test_nothing_to_change(customer: Customer, state: str) -> None:
    if state == "same":
        customer.subscribe("STARTER")
    with pytest.raises(CannotChange):
        change_preview(subscription=customer.subscription, price=price("STARTER"))
