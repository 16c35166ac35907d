"""Paystack's webhooks: their seal, and what is read out of them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from billing.gateways.contract import Forged, Topic
from billing.gateways.paystack import events
from billing.gateways.paystack.gateway import Paystack
from sandbox.paystack.webhooks import HEADER, Webhook, signature
from tests.emulators.paystack import KEY, PaystackServer


@pytest.fixture
def gateway() -> Paystack:
    return Paystack(secret_key=KEY, base_url="http://127.0.0.1:9")


def message(name: Any = "charge.success", data: Any = None) -> bytes:
    return json.dumps({"event": name, "data": {} if data is None else data}).encode()


def sealed(body: bytes, key: str = KEY) -> dict[str, str]:
    return {HEADER.title(): signature(key, body)}


def read_all(gateway: Paystack, hooks: list[Webhook]) -> list[Any]:
    return [gateway.read_event(body=hook.body, headers=hook.headers) for hook in hooks]


def test_a_genuine_one_says_what_to_look_at(gateway: Paystack) -> None:
    body = message(data={"reference": "oct-1", "customer": {"customer_code": "CUS_1"}, "metadata": 0})
    event = gateway.read_event(body=body, headers=sealed(body))
    assert (event.name, event.topic) == ("charge.success", Topic.CHARGE)
    assert (event.reference, event.customer_code, event.renewals_code) == ("oct-1", "CUS_1", "")
    assert event.data["metadata"] == 0


def test_all_that_the_stand_in_tells_is_understood(gateway: Paystack, paystack: PaystackServer) -> None:
    """A first payment, renewals that fail and are refunded, an expiring card, and the end."""
    found = start_renewals(paystack)
    paystack.advance(timedelta(days=30))
    code = found["subscription_code"]
    authorization = next(iter(paystack.world.authorizations))
    paystack.set_card(authorization=authorization, then="declined")
    paystack.advance(timedelta(days=31))
    paystack.set_card(authorization=authorization, then="success", exp_year="2026", exp_month="04")
    paystack.advance(timedelta(days=31))
    refund(paystack)
    disable(paystack, code, found["email_token"])
    paystack.advance(timedelta(days=31))
    events_told = {event.name: event for event in read_all(gateway, paystack.take_webhooks())}
    assert set(events_told) == {
        "charge.success", "subscription.create", "invoice.create", "invoice.update", "invoice.payment_failed",
        "subscription.expiring_cards", "refund.pending", "refund.processing", "refund.processed",
        "subscription.not_renew", "subscription.disable",
    }  # fmt: skip
    assert all(event.topic is not Topic.OTHER for event in events_told.values())
    for name in ("subscription.create", "invoice.create", "invoice.payment_failed", "subscription.disable"):
        assert (events_told[name].topic, events_told[name].renewals_code) == (Topic.RENEWALS, code)
        assert events_told[name].customer_code.startswith("CUS_")
    assert events_told["refund.processed"].reference == "oct-1"
    assert events_told["subscription.disable"].data["status"] == "complete"
    cards = events_told["subscription.expiring_cards"]
    assert cards.topic is Topic.EXPIRING_CARDS
    assert cards.data["items"][0]["subscription"]["subscription_code"] == code


def start_renewals(paystack: PaystackServer) -> Any:
    call(paystack, "/plan", name="Starter", amount=1900, interval="monthly", currency="USD")
    plan = next(iter(paystack.world.plans))
    begun = {"email": "ada@acme.example", "amount": 1900, "currency": "USD", "reference": "oct-1"}
    call(paystack, "/transaction/initialize", **begun)
    customer = paystack.pay("oct-1").customer
    start = (paystack.now() + timedelta(days=10)).isoformat()
    return call(paystack, "/subscription", customer=customer, plan=plan, start_date=start)


def refund(paystack: PaystackServer) -> None:
    call(paystack, "/refund", transaction="oct-1", amount=100)


def disable(paystack: PaystackServer, code: str, token: str) -> None:
    call(paystack, "/subscription/disable", code=code, token=token)


def call(paystack: PaystackServer, path: str, **body: Any) -> Any:
    import httpx

    answer = httpx.post(paystack.url + path, json=body, headers={"Authorization": f"Bearer {KEY}"})
    assert answer.status_code == 200, answer.text
    return answer.json().get("data")


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("charge.dispute.create", Topic.OTHER),
        ("charge.dispute.remind", Topic.OTHER),
        ("transfer.success", Topic.OTHER),
        ("paymentrequest.pending", Topic.OTHER),
        ("something.quite.new", Topic.OTHER),
        ("refund.needs-attention", Topic.REFUND),
    ],
)
def test_topics(gateway: Paystack, name: str, topic: Topic) -> None:
    body = message(name)
    assert gateway.read_event(body=body, headers=sealed(body)).topic is topic


def test_forged_ones_are_told(gateway: Paystack) -> None:
    body = message()
    for headers in (
        {},
        {HEADER: ""},
        {HEADER: "0" * 128},
        {HEADER: "é" * 10},
        sealed(body, "sk_test_other"),
        sealed(body + b" "),
        {HEADER: signature(KEY, body).upper()},
    ):
        with pytest.raises(Forged):
            gateway.read_event(body=body, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b"1",
        message(name=None),
        message(name=7),
        message(name="x" * 61),
        message(name="charge success\n"),
        message(data="text"),
        message(data=1),
        b'{"event": "charge.success"}',
        b'{"event": "charge.success", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda body: repr(body[:40]),
)
def test_nonsense_is_refused_even_when_signed(gateway: Paystack, body: bytes) -> None:
    with pytest.raises(ValueError):
        gateway.read_event(body=body, headers=sealed(body))


def test_a_body_that_is_too_long_is_not_looked_at(gateway: Paystack) -> None:
    body = message(data={"reference": "x" * events.MOST_BYTES})
    with pytest.raises(ValueError, match="too long"):
        gateway.read_event(body=body, headers=sealed(body))


@pytest.mark.parametrize(
    "reference", [None, 7, [], {}, "", "x" * 101, "a\x00b", "\ud800", "'; DROP TABLE", {"reference": "x"}]
)
def test_an_id_of_a_wrong_kind_is_none(gateway: Paystack, reference: Any) -> None:
    body = message(data={"reference": reference, "customer": reference})
    event = gateway.read_event(body=body, headers=sealed(body))
    assert (event.reference, event.customer_code) == ("", "")
