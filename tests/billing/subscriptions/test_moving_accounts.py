"""The platform's key is changed: for another of the same account, or for one of another account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from billing.gateways.registry import gateway
from billing.models import GatewayPlan, PaymentMethod
from billing.subscriptions import checkout, clockwork
from billing.subscriptions.changing_cards import change_card
from insights.models import ActivityLog
from tests.billing.subscriptions.books import disagreements
from tests.billing.subscriptions.living import BACK, Customer
from tests.emulators.paystack import BEGINNING

ANOTHER_KEY = "sk_test_another"


@pytest.fixture
def takes_another_key(customer: Customer, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """What the stand-in knows stays as it is."""
    customer.subscribe("STARTER")
    monkeypatch.setattr(customer.paystack, "secret_key", ANOTHER_KEY)
    settings.PAYSTACK_SECRET_KEY = ANOTHER_KEY


@pytest.fixture
def takes_another_account(takes_another_key: None, customer: Customer) -> None:
    """Which knows of nobody."""
    customer.paystack.reset(now=BEGINNING)


def test_another_key_of_the_same_account_changes_nothing(takes_another_key: None, customer: Customer) -> None:
    code = GatewayPlan.objects.get().code
    clockwork.run()
    customer.wait(days=32, step=timedelta(days=8))
    assert list(disagreements(customer)) == []
    assert (customer.plan, len(customer.payments)) == ("STARTER", 2)
    assert customer.told == []
    assert GatewayPlan.objects.get().code == code
    assert PaymentMethod.objects.get().account == gateway().account


def test_card_of_another_account_is_asked_for_again(takes_another_account: None, customer: Customer) -> None:
    clockwork.run()
    clockwork.run()
    assert (customer.subscription.card, customer.subscription.gateway_code) == (None, "")
    assert customer.told == ["card.needed"]
    assert PaymentMethod.objects.filter(retired_at=None).count() == 0
    assert ActivityLog.objects.filter(action="subscription.card_put_aside").count() == 1


def test_card_given_again_pays_in_the_account_that_is_used_now(
    takes_another_account: None, customer: Customer
) -> None:
    clockwork.run()
    change_card(membership=customer.membership, return_url=BACK)
    reference = customer.payments[-1].reference
    customer.paystack.pay(reference)
    checkout.return_from_checkout(reference=reference)
    clockwork.run()
    assert customer.renewals == [("Starter 1", "active")]
    customer.wait(days=32, step=timedelta(days=8))
    assert [one.purpose for one in customer.payments] == ["SUBSCRIBE", "CARD", "RENEWAL"]
    assert customer.told == ["card.needed"]


def test_nothing_is_put_aside_while_the_gateway_does_not_answer(
    takes_another_account: None, customer: Customer
) -> None:
    customer.paystack.faults.add("error", "/customer", times=None)
    clockwork.run()
    customer.paystack.faults.clear()
    assert customer.subscription.card is not None
    assert customer.told == []
