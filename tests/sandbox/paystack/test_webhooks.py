"""Webhooks of the stand-in: signed, tried again by Paystack's schedule, and disturbed on purpose."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta

import pytest

from sandbox.paystack import charging
from sandbox.paystack.webhooks import Disturbance, Webhook
from tests.emulators.paystack import BEGINNING, KEY, PaystackServer


def payments(paystack: PaystackServer, count: int = 1) -> None:
    for number in range(count):
        reference = f"oct-{number}"
        charging.begin(paystack, email="ada@acme.example", amount=100, currency="USD", reference=reference)
        paystack.pay(reference)


class Merchant:
    """Answers with what it is told to, and remembers when it was asked for what."""

    def __init__(self, paystack: PaystackServer, *statuses: int) -> None:
        self.paystack, self.statuses = paystack, list(statuses)
        self.asked: list[datetime] = []
        self.references: list[str] = []
        paystack.send = self

    def __call__(self, hook: Webhook) -> int:
        self.asked.append(self.paystack.now())
        self.references.append(json.loads(hook.body)["data"]["reference"])
        return self.statuses.pop(0) if self.statuses else 200


def test_they_are_signed(paystack: PaystackServer) -> None:
    payments(paystack)
    (hook,) = paystack.take_webhooks()
    seal = hmac.new(KEY.encode(), hook.body, hashlib.sha512).hexdigest()
    assert hook.headers["x-paystack-signature"] == seal
    assert paystack.take_webhooks() == []


def test_in_test_mode_they_are_tried_hourly_for_ten_hours(paystack: PaystackServer) -> None:
    merchant = Merchant(paystack, *[500] * 100)
    payments(paystack)
    paystack.advance(timedelta(days=5))
    assert merchant.asked == [BEGINNING + timedelta(hours=number) for number in range(11)]


def test_live_ones_are_tried_every_three_minutes_and_then_hourly_for_three_days(
    paystack: PaystackServer,
) -> None:
    paystack.live_schedule = True
    merchant = Merchant(paystack, *[0] * 100)
    payments(paystack)
    paystack.advance(timedelta(days=5))
    minutes = [(at - BEGINNING) / timedelta(minutes=1) for at in merchant.asked]
    assert minutes[:6] == [0, 3, 6, 9, 12, 72]
    assert minutes[-1] == 12 + 72 * 60


@pytest.mark.parametrize("status", [0, 201, 204, 302, 404, 500])
def test_anything_but_a_200_is_tried_again(paystack: PaystackServer, status: int) -> None:
    merchant = Merchant(paystack, status)
    payments(paystack)
    paystack.advance(timedelta(days=1))
    assert len(merchant.asked) == 2


def test_copies_and_any_order(paystack: PaystackServer) -> None:
    merchant = Merchant(paystack)
    paystack.disturbance = Disturbance(copies=3, shuffled=True)
    payments(paystack, 20)
    paystack.run_due()
    orderly = [f"oct-{number}" for number in range(20) for _copy in range(3)]
    assert merchant.references != orderly
    assert sorted(merchant.references) == sorted(orderly)


def test_late_and_lost_ones_come_in_the_end(paystack: PaystackServer) -> None:
    merchant = Merchant(paystack)
    paystack.disturbance = Disturbance(lost=0.5, delay=600)
    payments(paystack, 20)
    paystack.run_due()
    assert merchant.references == []
    paystack.advance(timedelta(minutes=10))
    assert 0 < len(merchant.references) < 20
    paystack.advance(timedelta(hours=10))
    assert sorted(merchant.references) == sorted(f"oct-{number}" for number in range(20))


def test_whoever_is_told_may_ask_at_once(paystack: PaystackServer) -> None:
    import httpx

    found = []

    def ask(hook: Webhook) -> int:
        reference = json.loads(hook.body)["data"]["reference"]
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = httpx.get(f"{paystack.url}/transaction/verify/{reference}", headers=headers)
        found.append(answer.json()["data"]["status"])
        return 200

    paystack.send = ask
    payments(paystack)
    paystack.run_due()
    assert found == ["success"]
