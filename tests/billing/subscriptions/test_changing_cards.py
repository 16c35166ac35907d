"""Another card, and notices before one expires."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.models import Invoice, PaymentMethod
from billing.subscriptions import changing_cards, checkout
from tests.billing.subscriptions.living import BACK, Customer

MASTERCARD = "5531886652142950"


def changed(customer: Customer, card: str = MASTERCARD) -> None:
    changing_cards.change_card(membership=customer.membership, return_url=BACK)
    reference = customer.payments[-1].reference
    customer.paystack.pay(reference, card)
    checkout.return_from_checkout(reference=reference)


def test_new_card_is_charged_from_now_on_and_the_small_amount_given_back(customer: Customer) -> None:
    customer.subscribe("STARTER")
    changed(customer)
    customer.wait(days=2, step=timedelta(days=1))
    assert customer.subscription.card.last4 == "2950"
    assert list(PaymentMethod.objects.filter(retired_at=None).values_list("last4", flat=True)) == ["2950"]
    assert customer.paystack.bill()["USD"] == {"charges": 2, "charged": 21_00, "refunded": 2_00}
    assert Invoice.objects.count() == 1
    assert customer.renewals == [("Starter 1", "active")]
    customer.wait(days=31)
    assert customer.payments[-1].card_last4 == "2950"


def test_the_same_card_again_stays_one(customer: Customer) -> None:
    customer.subscribe("STARTER")
    changed(customer, "4084084084084081")
    customer.wait(days=1)
    assert PaymentMethod.objects.count() == 1
    assert customer.renewals == [("Starter 1", "active")]


def test_nothing_is_paid_so_there_is_no_card(customer: Customer) -> None:
    with pytest.raises(changing_cards.NoCardNeeded):
        changing_cards.change_card(membership=customer.membership, return_url=BACK)


def test_expiring_card_is_told_thirty_and_seven_days_ahead(customer: Customer) -> None:
    customer.subscribe("PRO", "YEAR")
    PaymentMethod.objects.update(expires_on=date(2026, 3, 31))
    customer.wait(days=40, step=timedelta(days=10))  # 24 February
    assert customer.told.count("card.expiring") == 0
    customer.wait(days=6, step=timedelta(days=3))
    assert customer.told.count("card.expiring") == 1
    customer.wait(days=27, step=timedelta(days=3))
    assert customer.told.count("card.expiring") == 2
    customer.wait(days=15, step=timedelta(days=5))
    assert customer.told.count("card.expiring") == 2


def test_changed_card_is_not_told_of_any_more(customer: Customer) -> None:
    customer.subscribe("PRO", "YEAR")
    PaymentMethod.objects.update(expires_on=date(2026, 2, 28))
    changed(customer)
    customer.wait(days=30, step=timedelta(days=10))
    assert customer.told.count("card.expiring") == 0
