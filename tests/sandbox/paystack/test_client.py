"""pypaystack2 as it is, but for the address, against the stand-in.

Every answer here, and in all other tests with the fixture, is checked against Paystack's description.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pypaystack2 import PaystackClient
from pypaystack2.base_clients import BaseAPIClient
from pypaystack2.enums import Currency, Interval
from pypaystack2.models import RefundAccount

from tests.emulators.paystack import KEY, PaystackServer


@pytest.fixture
def client(paystack: PaystackServer, monkeypatch: pytest.MonkeyPatch) -> PaystackClient:
    monkeypatch.setattr(BaseAPIClient, "_BASE_URL", paystack.url)
    return PaystackClient(KEY)


def ok(response: Any) -> Any:
    assert response.status, response
    return response.raw.get("data")


def refused(response: Any) -> tuple[int, str]:
    assert not response.status, response
    return response.status_code, response.code


@pytest.fixture
def customer(client: PaystackClient, paystack: PaystackServer) -> Any:
    """Ada, who has paid 19.00 on the hosted page."""
    begun = ok(client.transactions.initialize(1900, "ada@acme.example", Currency.USD, "first-1"))
    assert begun["authorization_url"].startswith(f"{paystack.url}/checkout/")
    paystack.pay("first-1")
    return ok(client.transactions.verify("first-1"))["customer"]


@pytest.fixture
def plan(client: PaystackClient) -> Any:
    return ok(client.plans.create("Starter", 1900, Interval.MONTHLY, currency=Currency.USD))


def test_a_payment_and_its_renewals(
    client: PaystackClient, paystack: PaystackServer, customer: Any, plan: Any
) -> None:
    start = (paystack.now() + timedelta(days=31)).isoformat()
    made = ok(client.subscriptions.create(customer["customer_code"], plan["plan_code"], start_date=start))
    assert made["status"] == "active"
    paystack.advance(timedelta(days=92))
    listed = ok(client.transactions.get_transactions(customer=customer["id"]))
    assert [one["amount"] for one in listed] == [1900] * 4
    code, token = made["subscription_code"], made["email_token"]
    assert ok(client.subscriptions.get_update_link(code))["link"].startswith(f"{paystack.url}/manage/")
    ok(client.subscriptions.send_update_link(code))
    ok(client.subscriptions.disable(code, token))
    assert ok(client.subscriptions.get_subscription(code))["status"] == "non-renewing"
    ok(client.subscriptions.enable(code, token))
    assert [one["status"] for one in ok(client.subscriptions.get_subscriptions())] == ["active"]
    assert refused(client.subscriptions.disable(code, "wrong")) == (404, "not_found")


def test_its_models_read_the_answers(client: PaystackClient, customer: Any, plan: Any) -> None:
    verified = client.transactions.verify("first-1")
    assert verified.data.status == "success"
    assert client.plans.get_plan(plan["plan_code"]).data.amount == 1900
    assert client.customers.get_customer(customer["customer_code"]).data.email == "ada@acme.example"
    assert client.transactions.totals().data.total_volume == 1900


def test_a_plan_overrides_the_amount_and_begins_renewals(
    client: PaystackClient, paystack: PaystackServer, plan: Any
) -> None:
    ok(client.transactions.initialize(1, "ada@acme.example", reference="with-plan", plan=plan["plan_code"]))
    paystack.pay("with-plan")
    paid = ok(client.transactions.verify("with-plan"))
    assert (paid["amount"], paid["currency"], paid["plan"]) == (1900, "USD", plan["plan_code"])
    assert [one["status"] for one in ok(client.subscriptions.get_subscriptions())] == ["active"]


def test_what_is_wrong_is_refused(client: PaystackClient, customer: Any) -> None:
    transactions = client.transactions
    assert refused(transactions.initialize(1900, "ada@acme.example", reference="first-1")) == (
        400,
        "duplicate_reference",
    )
    assert refused(transactions.initialize("19", "ada@acme.example")) == (400, "invalid_params")  # type: ignore[arg-type]
    assert refused(transactions.initialize(0, "ada@acme.example")) == (400, "invalid_amount")
    assert refused(transactions.initialize(1900, "nobody")) == (400, "invalid_email_address")
    assert refused(transactions.initialize(1900, "ada@acme.example", reference="a_b")) == (
        400,
        "invalid_reference",
    )
    assert refused(transactions.verify("never")) == (404, "transaction_not_found")
    assert refused(client.plans.get_plan("PLN_nothing")) == (404, "plan_not_found")
    assert refused(PaystackClient("sk_test_other").transactions.totals()) == (401, "invalid_Key")


@pytest.mark.parametrize(("follow", "amount"), [(True, 2500), (False, 1900)])
def test_a_new_price_is_for_subscribers_too_unless_told_otherwise(
    client: PaystackClient, customer: Any, plan: Any, follow: bool, amount: int
) -> None:
    made = ok(client.subscriptions.create(customer["customer_code"], plan["plan_code"]))
    ok(client.plans.update(plan["plan_code"], amount=2500, update_existing_subscriptions=follow))
    assert ok(client.subscriptions.get_subscription(made["subscription_code"]))["amount"] == amount
    assert [one["amount"] for one in ok(client.plans.get_plans())] == [2500]


def test_customers(client: PaystackClient, customer: Any) -> None:
    made = ok(client.customers.create("olga@globex.example", first_name="Olga"))
    ok(client.customers.update(made["customer_code"], last_name="Other"))
    listed = ok(client.customers.get_customers())
    assert [one["email"] for one in listed] == ["ada@acme.example", "olga@globex.example"]
    whole = ok(client.customers.get_customer("ada@acme.example"))
    code = whole["authorizations"][0]["authorization_code"]
    ok(client.customers.deactivate(code))
    assert refused(client.transactions.charge(100, "ada@acme.example", code)) == (
        400,
        "invalid_authorization",
    )


def test_one_transaction_by_its_number(client: PaystackClient, customer: Any) -> None:
    number = ok(client.transactions.verify("first-1"))["id"]
    assert ok(client.transactions.get_transaction(number))["reference"] == "first-1"


def test_a_refund_that_needs_the_customers_bank(client: PaystackClient, paystack: PaystackServer) -> None:
    ok(client.transactions.initialize(1900, "ada@acme.example", Currency.USD, "first-2"))
    paystack.pay("first-2", "4084080000000441")
    made = ok(client.refunds.create("first-2", 900))
    paystack.advance(timedelta(days=1))
    assert ok(client.refunds.get_refund(str(made["id"])))["status"] == "needs-attention"
    account = RefundAccount(currency=Currency.USD, account_number="0123456789", bank_id="9")
    ok(client.refunds.retry_refund(made["id"], account))
    paystack.advance(timedelta(days=1))
    assert [one["status"] for one in ok(client.refunds.get_refunds())] == ["processed"]
