"""A renewal that fails: asked for again, told of, and at last the free plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from billing.models import Invoice
from billing.subscriptions import changing, changing_cards, checkout, clockwork, ending, renewals
from notifications.models import Notification
from tests.billing.subscriptions.living import BACK, Customer, price

DECLINES_LATER = "4084080000000110"
MASTERCARD = "5531886652142950"


def told(customer: Customer) -> list[str]:
    mine = Notification.objects.filter(user=customer.membership.user, kind__in=["payment.failed"])
    return list(mine.values_list("kind", flat=True))


def failing(customer: Customer) -> Customer:
    customer.subscribe("STARTER", card=DECLINES_LATER)
    customer.wait(days=31, hours=1)
    return customer


def test_failed_renewal_is_overdue_and_told_once(customer: Customer) -> None:
    failing(customer)
    now = customer.subscription
    assert (now.status, now.plan.code) == ("PAST_DUE", "STARTER")
    assert now.grace_ends_at - now.past_due_since == timedelta(days=14)
    assert now.next_attempt_at - now.past_due_since == timedelta(days=1)
    assert told(customer) == ["payment.failed"]
    assert customer.renewals == []


def test_attempts_come_after_one_three_five_and_seven_days_then_the_free_plan(customer: Customer) -> None:
    failing(customer)
    since = customer.subscription.past_due_since
    customer.wait(days=15, step=timedelta(days=1))
    attempts = [payment for payment in customer.payments if payment.purpose == "RETRY"]
    assert [(payment.created_at - since).days for payment in attempts] == [1, 3, 5, 7]
    assert {payment.status for payment in attempts} == {"FAILED"}
    assert len(told(customer)) == 5
    assert (customer.plan, customer.subscription.status) == ("FREE", "CANCELLED")
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("attempt", [1, 4])
def test_attempt_that_succeeds_renews_as_if_nothing_had_been(customer: Customer, attempt: int) -> None:
    failing(customer)
    held = next(iter(customer.paystack.world.authorizations))
    customer.wait(days=2 * (attempt - 1))
    customer.paystack.set_card(authorization=held, then="success")
    customer.wait(days=2)
    now = customer.subscription
    assert (now.status, now.period_end) == ("ACTIVE", datetime(2026, 3, 15, 9, tzinfo=UTC))
    assert (now.attempts, now.grace_ends_at, now.next_attempt_at) == (0, None, None)
    assert customer.renewals == [("Starter 1", "active")]
    customer.wait(days=31)
    assert customer.subscription.period_end.month == 4


def test_another_card_pays_what_is_owed_at_once(customer: Customer) -> None:
    failing(customer)
    changing_cards.change_card(membership=customer.membership, return_url=BACK)
    payment = customer.payments[-1]
    assert (payment.purpose, payment.amount_minor) == ("RETRY", 19_00)
    customer.paystack.pay(payment.reference, MASTERCARD)
    checkout.return_from_checkout(reference=payment.reference)
    now = customer.subscription
    assert (now.status, now.card.last4) == ("ACTIVE", "2950")
    customer.wait(days=31, step=timedelta(days=31))
    assert [one.card_last4 for one in customer.payments if one.status == "SUCCEEDED"] == [
        "0110",
        "2950",
        "2950",
    ]


def test_key_that_the_gateway_no_longer_knows_is_not_the_cards_fault(
    customer: Customer, settings: Any
) -> None:
    failing(customer)
    settings.PAYSTACK_SECRET_KEY = "sk_test_revoked_since"
    customer.wait(days=2, step=timedelta(days=1), webhooks=False)
    assert told(customer) == ["payment.failed"]
    assert "FAILED" not in [one.status for one in customer.payments if one.purpose == "RETRY"]


def test_page_and_attempt_are_not_both_paid(customer: Customer) -> None:
    """The page was opened, the attempt came first, then somebody pays on the page after all."""
    failing(customer)
    changing_cards.change_card(membership=customer.membership, return_url=BACK)
    page = customer.payments[-1]
    held = next(iter(customer.paystack.world.authorizations))
    customer.paystack.set_card(authorization=held, then="success")
    customer.wait(days=4, step=timedelta(days=2))
    customer.paystack.pay(page.reference, MASTERCARD)
    customer.wait(days=2, step=timedelta(days=1))
    bill = customer.paystack.bill()["USD"]
    assert bill["charged"] - bill["refunded"] == 2 * 19_00
    assert customer.subscription.period_end.month == 3


def test_who_cancels_while_overdue_is_on_the_free_plan_at_once(customer: Customer) -> None:
    failing(customer)
    ending.cancel(membership=customer.membership)
    assert (customer.plan, customer.subscription.status) == ("FREE", "CANCELLED")
    customer.wait(days=10)
    assert [payment.purpose for payment in customer.payments] == ["SUBSCRIBE", "RENEWAL"]


def test_renewal_that_never_comes_is_asked_for_by_us(customer: Customer) -> None:
    """The gateway neither charges nor fails: after a day we do it ourselves, and it cannot do it too."""
    customer.subscribe("STARTER")
    customer.wait(days=30, step=timedelta(days=30))
    (silent,) = customer.paystack.world.subscriptions.values()
    silent.next_at += timedelta(days=60)
    customer.wait(days=5, step=timedelta(days=1))
    assert customer.subscription.status == "ACTIVE"
    assert [payment.purpose for payment in customer.payments] == ["SUBSCRIBE", "RETRY"]
    customer.wait(days=64, step=timedelta(days=16))
    assert [payment.purpose for payment in customer.payments][2:] == ["RENEWAL"] * 2


def test_answer_that_was_lost_is_asked_for_again_and_not_charged_again(customer: Customer) -> None:
    failing(customer)
    held = next(iter(customer.paystack.world.authorizations))
    customer.paystack.set_card(authorization=held, then="success")
    customer.paystack.faults.add("lost", "/transaction/charge_authorization")
    customer.wait(days=2, step=timedelta(days=1))
    assert customer.subscription.status == "ACTIVE"
    assert customer.paystack.bill()["USD"]["charges"] == 2


def test_other_rhythm_that_cannot_be_paid_is_owed_all_the_same(customer: Customer) -> None:
    """The smaller plan is had from the period's end on, also while its payment is overdue."""
    customer.subscribe("PRO", card=DECLINES_LATER)
    changing.change_plan(membership=customer.membership, price=price("STARTER"), expected_amount_minor=0)
    customer.wait(days=31, hours=2, step=timedelta(days=31))
    now = customer.subscription
    assert (now.status, now.plan.code, now.price) == ("PAST_DUE", "STARTER", price("STARTER"))
    customer.wait(days=1)
    assert (customer.payments[-1].purpose, customer.payments[-1].amount_minor) == ("RETRY", 19_00)


def test_change_in_the_last_minutes_is_charged_by_us(customer: Customer) -> None:
    """Too late for the gateway to renew the new plan: it must not renew the old one either."""
    customer.subscribe("STARTER")
    customer.wait(days=30, hours=23, minutes=57, step=timedelta(days=31))
    changing.change_plan(membership=customer.membership, price=price("PRO"), expected_amount_minor=30_00)
    renewals.follow(organisation_id=customer.membership.organisation_id)
    customer.wait(minutes=10, step=timedelta(minutes=5))
    assert (customer.plan, customer.subscription.status) == ("PRO", "ACTIVE")
    assert (customer.payments[-1].purpose, customer.payments[-1].amount_minor) == ("RETRY", 49_00)
    assert customer.subscription.period_end == datetime(2026, 3, 15, 9, tzinfo=UTC)
    customer.wait(days=1)
    assert customer.renewals == [("Pro 1", "active")]


def test_who_has_no_card_is_told_when_the_period_is_over(customer: Customer) -> None:
    customer.subscribe("STARTER")
    type(customer.subscription).objects.update(card=None)
    customer.wait(days=32, step=timedelta(days=16))
    assert (customer.subscription.status, told(customer)) == ("PAST_DUE", ["payment.failed"])
    customer.wait(days=15, step=timedelta(days=5))
    assert customer.plan == "FREE"


def test_play_money_lasts_no_longer_than_its_period(customer: Customer, settings: Any) -> None:
    """Of the days in which the platform was tried with a test key."""
    customer.subscribe("PRO")
    settings.PAYSTACK_SECRET_KEY = "sk_live_real"
    customer.paystack.advance(timedelta(days=32))
    customer.sync()
    clockwork.run()
    assert (customer.plan, customer.subscription.status) == ("FREE", "CANCELLED")
