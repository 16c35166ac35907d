"""The console's page of the payment gateway."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from billing import clock, sandbox
from billing.gateways.contract import NotConfigured
from billing.gateways.registry import account_or_none, gateway, mode
from billing.models import EventStatus, GatewayAccount, GatewayEvent
from insights.models import ActivityLog
from tests.conftest import HostClient
from tests.emulators.paystack import KEY, PaystackServer
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

PAGE = "/console/gateway/"


@pytest.fixture
def operator(super_admin: Any) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture
def unset(paystack: PaystackServer, settings: Any) -> PaystackServer:
    """Paystack is there, and nobody has an account."""
    settings.PAYSTACK_SECRET_KEY, settings.PAYSTACK_SANDBOX = "", False
    return paystack


@pytest.fixture
def sandboxed(unset: PaystackServer, settings: Any) -> PaystackServer:
    settings.PAYSTACK_SANDBOX = True
    settings.PAYSTACK_SANDBOX_URL, settings.PAYSTACK_SANDBOX_KEY = unset.url, KEY
    return unset


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def event(status: str = EventStatus.FAILED, digest: str = "1") -> GatewayEvent:
    return GatewayEvent.objects.create(
        gateway="paystack",
        digest=digest,
        name="charge.success",
        body='{"event": "charge.success", "data": {"reference": "oct-none"}}',
        status=status,
        error="GatewayUnavailable: answered 500" if status == EventStatus.FAILED else "",
    )


class TestTheKey:
    def test_one_is_tried_kept_sealed_and_used(
        self, operator: HostClient, unset: PaystackServer, super_admin: Any, settings: Any
    ) -> None:
        unset.secret_key = key = "sk_test_0123456789abcdef"
        try:
            answer = operator.post(f"{PAGE}key/", {"secret_key": f" {key} "}, follow=True)
            assert "From now on it is used." in text(answer)
            kept = GatewayAccount.objects.get()
            assert (kept.key_hint, kept.test_mode, kept.changed_by) == ("sk_test_…cdef", True, super_admin)
            assert key not in kept.sealed_key
            assert mode() == "test"
            gateway().check_key()
        finally:
            unset.secret_key = KEY
        shown = text(operator.get(PAGE))
        assert "sk_test_…cdef" in shown and key not in shown
        settings.PAYSTACK_SECRET_KEY = "sk_live_0123456789"
        assert account_or_none().source == "console"  # type: ignore[union-attr]
        log = ActivityLog.objects.get(action="gateway.key_set")
        assert (log.actor_id, log.details) == (super_admin.pk, {"hint": "sk_test_…cdef", "test_mode": True})

    @pytest.mark.parametrize(
        ("key", "words"),
        [
            ("", "This field is required."),
            ("pk_test_0123456789", "begins with sk_test_ or sk_live_"),
            ("sk_test_short", "begins with sk_test_ or sk_live_"),
            ("sk_test_" + "x" * 500, "at most 220 characters"),
            ("sk_test_0123456789\nsk_live_1", "begins with"),
            ("sk_test_nobodyknowsme", "does not know this key"),
        ],
    )
    def test_one_that_cannot_be_used_is_not_kept(
        self, operator: HostClient, unset: PaystackServer, key: str, words: str
    ) -> None:
        answer = operator.post(f"{PAGE}key/", {"secret_key": key})
        assert answer.status_code == 400 and words in text(answer)
        if len(key) > 10:
            assert key not in answer.content.decode()
        assert not GatewayAccount.objects.exists()

    def test_one_is_not_kept_while_paystack_is_away(
        self, operator: HostClient, unset: PaystackServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("billing.gateways.paystack.connection.PAUSES", ())
        unset.faults.add("error", "/plan")
        answer = operator.post(f"{PAGE}key/", {"secret_key": "sk_test_0123456789"})
        assert "does not answer" in text(answer)
        assert not GatewayAccount.objects.exists()

    def test_the_one_in_use_is_tried(self, operator: HostClient, paystack: PaystackServer) -> None:
        assert "knows the key." in text(operator.post(f"{PAGE}key/try/", follow=True))
        paystack.secret_key = "sk_test_another"
        try:
            assert "does not know this key" in text(operator.post(f"{PAGE}key/try/", follow=True))
        finally:
            paystack.secret_key = KEY

    def test_forgetting_one_leaves_the_environments(
        self, operator: HostClient, paystack: PaystackServer
    ) -> None:
        GatewayAccount.objects.create(gateway="paystack", sealed_key="sealed", key_hint="sk_test_…0000")
        operator.post(f"{PAGE}key/forget/")
        assert not GatewayAccount.objects.exists()
        assert account_or_none().source == "environment"  # type: ignore[union-attr]
        assert ActivityLog.objects.filter(action="gateway.key_forgotten").count() == 1

    def test_one_that_cannot_be_opened_any_more_is_as_good_as_none(
        self, operator: HostClient, paystack: PaystackServer
    ) -> None:
        kept = GatewayAccount.objects.create(gateway="paystack", sealed_key="sealed", key_hint="sk_live_…1")
        with pytest.raises(NotConfigured):
            gateway()
        assert "sk_live_…1" in text(operator.get(PAGE))
        assert "cannot be opened any more" in text(operator.post(f"{PAGE}key/try/", follow=True))
        operator.post(f"{PAGE}key/forget/")
        assert not GatewayAccount.objects.filter(pk=kept.pk).exists()

    def test_a_key_ends_the_sandboxs_time(self, operator: HostClient, sandboxed: PaystackServer) -> None:
        sandboxed.secret_key = key = "sk_test_0123456789abcdef"
        try:
            operator.post(f"{PAGE}key/", {"secret_key": key})
        finally:
            sandboxed.secret_key = KEY
        assert clock.ahead() == timedelta()

    def test_only_super_admins_change_it(self, unset: PaystackServer) -> None:
        staff = HostClient().sign_in(UserFactory(role="ADMIN"))
        shown = text(staff.get(PAGE))
        assert "Not set up" in shown and "secret_key" not in shown
        for path in ("key/", "key/try/", "key/forget/", "clock/"):
            assert staff.post(PAGE + path).status_code == 404

    @pytest.mark.parametrize(
        ("key", "word"), [("sk_live_0123456789", "Live"), ("sk_test_0123456789", "Test"), ("", "Not set up")]
    )
    def test_the_page_says_whether_money_moves(
        self, operator: HostClient, unset: PaystackServer, settings: Any, key: str, word: str
    ) -> None:
        settings.PAYSTACK_SECRET_KEY = key
        assert f">{word}</span>" in text(operator.get(PAGE))


class TestTheSandbox:
    def test_its_time_is_moved_with_billings(
        self, operator: HostClient, sandboxed: PaystackServer, super_admin: Any
    ) -> None:
        before = clock.now()
        assert "It is Jan. 15, 2026, 9 a.m. in the sandbox" in text(operator.get(PAGE))
        answer = operator.post(f"{PAGE}clock/", {"days": "2"}, follow=True)
        assert "has moved on" in text(answer)
        assert sandboxed.now().day == 17
        assert timedelta(days=1, hours=23) < clock.now() - before < timedelta(days=2, hours=1)
        assert ActivityLog.objects.get(action="sandbox.clock_moved").details == {"days": 2}

    def test_billings_clock_finds_back_to_it(self, sandboxed: PaystackServer) -> None:
        sandboxed.on_clock = None
        sandboxed.advance(timedelta(days=400))
        sandbox.follow_clock()
        assert abs(clock.now() - sandboxed.now()) < timedelta(seconds=10)
        sandboxed.faults.add("error", "/sandbox")
        sandbox.follow_clock()

    @pytest.mark.parametrize("days", ["0", "-1", "63", "x", ""])
    def test_only_by_so_many_days(self, operator: HostClient, sandboxed: PaystackServer, days: str) -> None:
        operator.post(f"{PAGE}clock/", {"days": days})
        assert sandboxed.now().day == 15

    def test_nobody_elses_time_is_moved(self, operator: HostClient, paystack: PaystackServer) -> None:
        answer = operator.post(f"{PAGE}clock/", {"days": "1"}, follow=True)
        assert "There is no sandbox" in text(answer)
        assert paystack.now().day == 15


class TestEvents:
    def test_those_that_failed_are_tried_again(self, operator: HostClient, paystack: PaystackServer) -> None:
        failed = event()
        page = text(operator.get(f"{PAGE}events/?status=FAILED"))
        assert "charge.success" in page and "answered 500" in page
        assert "1 has failed" in text(operator.get(PAGE))
        answer = operator.post(f"{PAGE}events/{failed.pk}/retry/", follow=True)
        assert "looked at again" in text(answer)
        failed.refresh_from_db()
        assert (failed.status, failed.error) == (EventStatus.RECEIVED, "")
        assert "Nothing to do here" in text(operator.post(f"{PAGE}events/{failed.pk}/retry/", follow=True))
        assert ActivityLog.objects.filter(action="gateway.event_retried").count() == 1

    def test_none_is_said_so(self, operator: HostClient, paystack: PaystackServer) -> None:
        assert "No event is here." in text(operator.get(f"{PAGE}events/?status=nonsense"))

    def test_the_list_does_not_query_for_each_row(
        self, operator: HostClient, paystack: PaystackServer
    ) -> None:
        event()
        few = queries_of(operator, f"{PAGE}events/")
        for number in range(2, 12):
            event(EventStatus.DONE, digest=str(number))
        assert queries_of(operator, f"{PAGE}events/") == few
