"""Paystack's stand-in (sandbox/paystack) for tests: what a test drives, and what it tells the platform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from billing import clock
from sandbox.paystack import schema
from sandbox.paystack.emulator import Emulator
from sandbox.paystack.server import Server

KEY = "sk_test_emulated"
BEGINNING = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)  # on the clock of each test, which stands until moved


class PaystackServer(Emulator):
    """The stand-in on a port of this process. `url` is the API's address, `secret_key` its key.

    `advance(timedelta(days=30))` moves its clock, and billing's with it; `pay(reference)` pays a hosted page;
    `take_webhooks()` gives what was sent; set `send` to deliver them instead; `faults.add("lost",
    "/transaction")` and `disturbance` make things go wrong; `set_card` has renewals fail; `bill()` says what
    was charged.
    """

    def __init__(self) -> None:
        super().__init__(secret_key=KEY)
        self.inspect = self._check
        self.problems: list[str] = []  # of answers, by Paystack's own description
        self._server = Server(self)
        self.url = self._server.url

    def stop(self) -> None:
        self._server.stop()

    def _check(self, method: str, address: str, status: int, body: bytes) -> None:
        path, answer = schema.path_of(address), json.loads(body)
        if path is None or "paused" in (answer.get("data") or {}):
            return  # a charge that waits for the bank is described in Paystack's documentation alone
        if problem := schema.problem_of_answer(path, method, status, answer):
            self.problems.append(f"{method} {path}: {problem}")


@pytest.fixture(scope="session")
def paystack_server() -> Iterator[PaystackServer]:
    server = PaystackServer()
    yield server
    server.stop()


@pytest.fixture
def paystack(paystack_server: PaystackServer, settings: object) -> Iterator[PaystackServer]:
    """Paystack's stand-in, empty, at `BEGINNING`; the platform's settings and billing's clock follow it."""
    settings.PAYSTACK_SECRET_KEY = KEY  # type: ignore[attr-defined]
    settings.PAYSTACK_BASE_URL = paystack_server.url  # type: ignore[attr-defined]
    settings.PAYSTACK_SANDBOX = True  # type: ignore[attr-defined]
    paystack_server.on_clock = lambda at: clock.set_ahead(at - timezone.now())
    paystack_server.reset(now=BEGINNING)
    yield paystack_server
    problems, paystack_server.problems = paystack_server.problems, []
    assert problems == []
    paystack_server.on_clock = None
    settings.PAYSTACK_SANDBOX = True  # type: ignore[attr-defined]
    clock.set_ahead(timedelta())
