"""Events of the gateway: stored once, worked through, tried again, given up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from billing import events
from billing.gateways.paystack import connection
from billing.gateways.registry import gateway
from billing.models import EventStatus, GatewayEvent, Payment, Purpose, Subscription
from billing.subscriptions import locking
from sandbox.paystack.webhooks import HEADER, signature
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.emulators.paystack import KEY, PaystackServer

pytestmark = pytest.mark.django_db

ADDRESS = "/webhooks/paystack/"


def message(name: str = "charge.success", reference: str = "oct-1") -> bytes:
    return json.dumps({"event": name, "data": {"reference": reference}}).encode()


def post(body: bytes, *, key: str = KEY, client: HostClient | None = None, **more: Any) -> int:
    headers = {HEADER: signature(key, body)}
    asked = (client or HostClient()).post(
        ADDRESS, body, content_type="application/json", headers=headers, **more
    )
    return int(asked.status_code)


def store(name: str = "charge.success", reference: str = "oct-1") -> GatewayEvent:
    body = message(name, reference)
    found = gateway()
    return events.store(gateway=found, read=found.read_stored(body=body), body=body)


@pytest.fixture(autouse=True)
def at_paystack(paystack: PaystackServer) -> PaystackServer:
    return paystack


@pytest.fixture
def payment(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Payment:
    """One of Acme's, known as oct-1, of which Paystack knows nothing."""
    monkeypatch.setattr(connection, "PAUSES", ())
    return Payment.objects.create(
        organisation=organisation,
        purpose=Purpose.SUBSCRIBE,
        gateway="paystack",
        test_mode=True,
        reference="oct-1",
        amount_minor=1900,
        currency="USD",
    )


@contextmanager
def elsewhere(subscription: Subscription) -> Iterator[None]:
    """Somebody else compares the subscription with the gateway, on a connection of their own."""
    other = connections["default"].copy()
    with other.cursor() as cursor:
        key = [locking._ROOM, subscription.pk.int % 2**32 - 2**31]
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
    try:
        yield
    finally:
        other.close()


def let_time_pass() -> None:
    GatewayEvent.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


class TestTheDoor:
    def test_a_signed_message_is_stored_and_answered(self) -> None:
        assert post(message()) == 200
        event = GatewayEvent.objects.get()
        assert (event.name, event.status, event.times_received) == ("charge.success", "RECEIVED", 1)
        assert event.body.encode() == message()
        assert event.test_mode

    def test_the_same_body_is_the_same_event(self) -> None:
        assert [post(message()) for _ in range(3)] == [200, 200, 200]
        assert GatewayEvent.objects.get().times_received == 3
        assert post(message(reference="oct-2")) == 200
        assert GatewayEvent.objects.count() == 2

    def test_what_is_of_no_concern_is_kept_without_work(self) -> None:
        assert post(message("charge.dispute.create")) == 200
        assert GatewayEvent.objects.get().status == EventStatus.IGNORED
        assert events.work_through() == 0

    def test_a_forgery_leaves_no_trace(self) -> None:
        assert post(message(), key="sk_test_other") == 401
        assert HostClient().post(ADDRESS, message(), content_type="application/json").status_code == 401
        assert not GatewayEvent.objects.exists()

    @pytest.mark.parametrize("body", [b"", b"nonsense", b"[1]", b'{"event": 1, "data": {}}'])
    def test_nonsense_leaves_no_trace(self, body: bytes) -> None:
        assert post(body) == 400
        assert not GatewayEvent.objects.exists()

    def test_a_body_of_ten_megabytes_is_not_read(self) -> None:
        assert post(b"x" * 10_000_000) == 413
        assert post(message(), CONTENT_LENGTH="many") == 413

    def test_only_from_the_addresses_that_were_set(self, settings: Any) -> None:
        settings.PAYSTACK_ALLOWED_ADDRESSES = ["52.31.139.75"]
        assert post(message()) == 403
        assert post(message(), REMOTE_ADDR="52.31.139.75") == 200

    def test_nobody_is_there_without_an_account(self, settings: Any) -> None:
        settings.PAYSTACK_SECRET_KEY, settings.PAYSTACK_SANDBOX = "", False
        assert post(message()) == 404

    def test_only_by_post_and_only_on_the_platform(self, client: HostClient) -> None:
        assert HostClient().get(ADDRESS).status_code == 405
        assert post(message(), client=client) == 404

    def test_it_asks_little_of_the_database(self, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(5):
            post(message())


class TestWorkingThrough:
    def test_each_is_handled_once(self, payment: Payment) -> None:
        store(reference="oct-1")
        store(reference="oct-1")
        store("refund.processed", reference="oct-1")
        assert events.work_through() == 2
        assert events.work_through() == 0
        assert set(GatewayEvent.objects.values_list("status", flat=True)) == {EventStatus.DONE}

    def test_one_about_nothing_of_ours_is_ignored(self) -> None:
        store(reference="oct-nobody")
        events.work_through()
        assert GatewayEvent.objects.get().status == EventStatus.IGNORED

    def test_a_failure_is_tried_again_later_and_later(
        self, payment: Payment, paystack: PaystackServer
    ) -> None:
        store()
        paystack.faults.add("error", "/transaction/verify", times=3)
        pauses = []
        for _attempt in range(3):
            let_time_pass()
            before = timezone.now()
            assert events.work_through() == 1
            pauses.append((GatewayEvent.objects.get().next_attempt_at - before).total_seconds())
        assert 20 < pauses[0] < 40 < pauses[1] < 80 < pauses[2] < 160
        event = GatewayEvent.objects.get()
        assert (event.status, event.attempts) == (EventStatus.RECEIVED, 3)
        assert event.error == "GatewayUnavailable: answered 500"
        let_time_pass()
        events.work_through()
        event.refresh_from_db()
        assert (event.status, event.error) == (EventStatus.DONE, "")

    def test_one_that_keeps_failing_waits_for_a_person(
        self, payment: Payment, paystack: PaystackServer
    ) -> None:
        event = store()
        paystack.faults.add("busy", "/transaction/verify", times=None)
        for _attempt in range(events.ATTEMPTS):
            let_time_pass()
            events.work_through()
        event.refresh_from_db()
        assert (event.status, event.error) == (EventStatus.FAILED, "GatewayUnavailable: answered 429")
        let_time_pass()
        assert events.work_through() == 0
        paystack.faults.clear()
        assert events.try_again(event_id=event.pk)
        assert events.work_through() == 1
        event.refresh_from_db()
        assert (event.status, event.error) == (EventStatus.DONE, "")
        assert not events.try_again(event_id=event.pk)

    def test_being_busy_uses_up_no_attempt(self, organisation: Organisation) -> None:
        subscription = organisation.subscription
        Subscription.objects.filter(pk=subscription.pk).update(
            gateway="paystack", test_mode=True, gateway_code="SUB_1"
        )
        found = gateway()
        body = json.dumps({"event": "subscription.disable", "data": {"subscription_code": "SUB_1"}}).encode()
        event = events.store(gateway=found, read=found.read_stored(body=body), body=body)
        with elsewhere(subscription):
            assert events.work_through() == 1
        event.refresh_from_db()
        assert (event.status, event.attempts) == (EventStatus.RECEIVED, 0)
        assert event.next_attempt_at < timezone.now() + timedelta(seconds=3)
        let_time_pass()
        events.work_through()
        event.refresh_from_db()
        assert event.status == EventStatus.DONE

    def test_what_a_dead_worker_had_claimed_comes_up_again(self, payment: Payment) -> None:
        store()
        claimed = events._claim()
        assert claimed is not None and events._claim() is None
        let_time_pass()
        assert events.work_through() == 1
        events._settle(claimed, EventStatus.FAILED)  # it was not dead after all, and comes too late
        assert GatewayEvent.objects.get().status == EventStatus.DONE

    def test_an_account_that_is_gone_is_tried_again(self, settings: Any) -> None:
        store()
        settings.PAYSTACK_SECRET_KEY, settings.PAYSTACK_SANDBOX = "", False
        events.work_through()
        assert GatewayEvent.objects.get().error.startswith("NotConfigured")
