"""pypaystack2 as it is, but for the address, against the stand-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pypaystack2 import PaystackClient
from pypaystack2.base_clients import BaseAPIClient
from pypaystack2.enums import Currency, Interval

from tests.emulators.paystack import KEY, PaystackServer


@pytest.fixture
def client(paystack: PaystackServer, monkeypatch: pytest.MonkeyPatch) -> PaystackClient:
    monkeypatch.setattr(BaseAPIClient, "_BASE_URL", paystack.url)
    return PaystackClient(KEY)


def ok(response: Any) -> Any:
    assert response.status, response
    return response.raw.get("data")


def test_a_payment_and_its_renewals(client: PaystackClient, paystack: PaystackServer) -> None:
    begun = ok(client.transactions.initialize(1900, "ada@acme.example", Currency.USD, "first-1"))
    assert begun["authorization_url"].startswith(f"{paystack.url}/checkout/")
    paystack.pay("first-1")
    paid = client.transactions.verify("first-1")
    assert paid.data is not None and paid.data.status == "success"
    assert paid.data.amount == 1900
    plan = ok(client.plans.create("Starter", 1900, Interval.MONTHLY, currency=Currency.USD))
    customer = paid.data.customer
    start = (paystack.now() + timedelta(days=31)).isoformat()
    made = ok(client.subscriptions.create(customer["customer_code"], plan["plan_code"], start_date=start))
    assert made["status"] == "active"
    paystack.advance(timedelta(days=92))
    listed = ok(client.transactions.get_transactions(customer=customer["id"]))
    assert [one["amount"] for one in listed] == [1900] * 4
