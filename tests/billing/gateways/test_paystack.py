"""The contract of gateways, kept by Paystack's adapter against the stand-in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.gateways.contract import (
    Card,
    Charge,
    GatewayRefused,
    GatewayUnavailable,
    HostedPage,
    KeyRefused,
    Renewals,
    RenewalState,
    State,
)
from billing.gateways.paystack import connection
from billing.gateways.paystack.gateway import Paystack
from sandbox.paystack import cards
from tests.emulators.paystack import KEY, PaystackServer

USD = "USD"
RETURN = "https://acme.example/billing/return/"


@pytest.fixture
def gateway(paystack: PaystackServer, monkeypatch: pytest.MonkeyPatch) -> Paystack:
    monkeypatch.setattr(connection, "PAUSES", (0.0, 0.0))
    return Paystack(secret_key=KEY, base_url=paystack.url)


def start(gateway: Paystack, reference: str = "oct-1", amount_minor: int = 1900) -> HostedPage:
    return gateway.start_checkout(
        reference=reference,
        amount_minor=amount_minor,
        currency=USD,
        email="Ada@acme.example",
        return_url=RETURN,
        metadata={"organisation": "acme"},
    )


def paid(
    gateway: Paystack, paystack: PaystackServer, reference: str = "oct-1", card: str = cards.GOOD
) -> Charge:
    start(gateway, reference)
    paystack.pay(reference, card)
    charge = gateway.find_charge(reference=reference)
    assert charge is not None
    return charge


def charge_card(gateway: Paystack, card: Card, reference: str = "oct-2") -> Charge:
    return gateway.charge_card(
        reference=reference, amount_minor=4900, currency=USD, card=card, metadata={"purpose": "RETRY"}
    )


@pytest.fixture
def card(gateway: Paystack, paystack: PaystackServer) -> Card:
    charge = paid(gateway, paystack)
    assert charge.card is not None
    return charge.card


@pytest.fixture
def plan(gateway: Paystack) -> str:
    return gateway.plan_code(name="Starter", amount_minor=1900, currency=USD, interval="MONTH")


@pytest.fixture
def renewals(gateway: Paystack, paystack: PaystackServer, card: Card, plan: str) -> Renewals:
    return begin(gateway, paystack, card, plan)


def begin(gateway: Paystack, paystack: PaystackServer, card: Card, plan: str) -> Renewals:
    charge = gateway.find_charge(reference="oct-1")
    assert charge is not None
    first_on = paystack.now() + timedelta(days=31)
    return gateway.begin_renewals(
        customer_code=charge.customer_code, plan_code=plan, card=card, first_on=first_on
    )


class TestCharges:
    def test_a_page_leads_to_a_charge_with_a_card(self, gateway: Paystack, paystack: PaystackServer) -> None:
        page = start(gateway)
        assert page.reference == "oct-1"
        assert page.url.startswith(f"{paystack.url}/checkout/")
        before = gateway.find_charge(reference="oct-1")
        assert before is not None and before.state is State.ABANDONED and before.card is None
        paystack.pay("oct-1")
        charge = gateway.find_charge(reference="oct-1")
        assert charge is not None and charge.card is not None
        assert (charge.state, charge.amount_minor, charge.currency) == (State.SUCCEEDED, 1900, USD)
        assert charge.paid_at == paystack.now()
        assert (charge.card.last4, charge.card.brand, charge.card.email) == (
            "4081",
            "visa",
            "ada@acme.example",
        )
        assert charge.card.reusable
        assert charge.card.expires_on == date(2029, 1, 31)

    def test_an_unknown_charge_is_none(self, gateway: Paystack) -> None:
        assert gateway.find_charge(reference="never") is None
        assert gateway.find_charge(reference="") is None

    @pytest.mark.parametrize("reference", ["../plan", "a/b", "?x=1", "%2e%2e/balance", "ü", "x" * 5000])
    def test_a_reference_from_outside_stays_one(self, gateway: Paystack, reference: str) -> None:
        assert gateway.find_charge(reference=reference) is None

    def test_a_reference_is_used_once(self, gateway: Paystack) -> None:
        start(gateway)
        with pytest.raises(GatewayRefused) as refused:
            start(gateway)
        assert refused.value.code == "duplicate_reference"

    @pytest.mark.parametrize(
        ("number", "words"), [("4084080000005408", "Declined"), ("4084080000670037", "Insufficient Funds")]
    )
    def test_a_failure_says_why(
        self, gateway: Paystack, paystack: PaystackServer, number: str, words: str
    ) -> None:
        charge = paid(gateway, paystack, card=number)
        assert (charge.state, charge.failure, charge.card) == (State.FAILED, words, None)

    def test_a_kept_card_is_charged(self, gateway: Paystack, card: Card) -> None:
        charge = charge_card(gateway, card)
        assert (charge.state, charge.amount_minor, charge.currency) == (State.SUCCEEDED, 4900, USD)
        assert gateway.find_charge(reference="oct-2") == charge

    def test_a_kept_card_may_fail(self, gateway: Paystack, paystack: PaystackServer, card: Card) -> None:
        paystack.set_card(authorization=card.authorization, then=cards.INSUFFICIENT)
        charge = charge_card(gateway, card)
        assert (charge.state, charge.failure) == (State.FAILED, "Insufficient Funds")

    def test_a_bank_may_ask(self, gateway: Paystack, paystack: PaystackServer, card: Card) -> None:
        paystack.set_card(authorization=card.authorization, then=cards.CHALLENGE)
        charge = charge_card(gateway, card)
        assert (charge.state, charge.amount_minor, charge.currency) == (State.CHALLENGED, 4900, USD)
        assert charge.challenge_url.startswith(f"{paystack.url}/challenge/")
        waiting = gateway.find_charge(reference="oct-2")
        assert waiting is not None and waiting.state is State.PENDING
        paystack.answer_bank("oct-2")
        answered = gateway.find_charge(reference="oct-2")
        assert answered is not None and answered.state is State.SUCCEEDED

    def test_only_its_own_address_charges_a_card(self, gateway: Paystack, card: Card) -> None:
        other = Card(card.authorization, card.signature, "olga@globex.example")
        with pytest.raises(GatewayRefused) as refused:
            charge_card(gateway, other)
        assert refused.value.code == "email_mismatch"
        assert gateway.find_charge(reference="oct-2") is None

    def test_the_same_reference_charges_once(
        self, gateway: Paystack, paystack: PaystackServer, card: Card
    ) -> None:
        first = charge_card(gateway, card)
        assert charge_card(gateway, card) == first
        assert paystack.bill() == {USD: {"charges": 2, "charged": 6800, "refunded": 0}}

    def test_a_forgotten_card_is_not_charged(self, gateway: Paystack, card: Card) -> None:
        gateway.forget_card(card=card)
        gateway.forget_card(card=card)
        with pytest.raises(GatewayRefused):
            charge_card(gateway, card)

    def test_charges_of_a_customer_newest_first(
        self, gateway: Paystack, paystack: PaystackServer, card: Card, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("billing.gateways.paystack.gateway.PAGE", 2)
        since = paystack.now() + timedelta(hours=1)
        paystack.advance(timedelta(hours=2))
        for number in range(2, 7):
            charge_card(gateway, card, f"oct-{number}")
        charge = gateway.find_charge(reference="oct-1")
        assert charge is not None
        found = list(gateway.charges_of(customer_code=charge.customer_code, since=since))
        assert [one.reference for one in found] == [f"oct-{number}" for number in (6, 5, 4, 3, 2)]
        assert list(gateway.charges_of(customer_code="CUS_nobody", since=since)) == []

    def test_an_unknown_currency_is_refused(self, gateway: Paystack) -> None:
        with pytest.raises(GatewayRefused, match="XAF"):
            gateway.plan_code(name="Starter", amount_minor=1, currency="XAF", interval="MONTH")


class TestRenewals:
    def test_they_charge_from_their_first_day_on(
        self, gateway: Paystack, paystack: PaystackServer, renewals: Renewals, plan: str, card: Card
    ) -> None:
        assert renewals.state is RenewalState.ACTIVE
        assert (renewals.plan_code, renewals.card) == (plan, card)
        assert renewals.next_on == paystack.now() + timedelta(days=31)
        assert gateway.find_renewals(code=renewals.code) == renewals
        paystack.advance(timedelta(days=31))
        charges = list(
            gateway.charges_of(customer_code=renewals.customer_code, since=paystack.now() - timedelta(days=1))
        )
        assert [(one.plan_code, one.state, one.amount_minor) for one in charges] == [
            (plan, State.SUCCEEDED, 1900)
        ]
        verified = gateway.find_charge(reference=charges[0].reference)
        assert verified is not None and verified.plan_code == plan

    def test_beginning_twice_gives_the_same(
        self, gateway: Paystack, paystack: PaystackServer, renewals: Renewals, card: Card, plan: str
    ) -> None:
        assert begin(gateway, paystack, card, plan).code == renewals.code

    def test_ending_stops_the_next_charge(
        self, gateway: Paystack, paystack: PaystackServer, renewals: Renewals
    ) -> None:
        ended = gateway.end_renewals(code=renewals.code, token=renewals.token)
        assert ended.state is RenewalState.ENDING
        assert gateway.end_renewals(code=renewals.code, token=renewals.token).state is RenewalState.ENDING
        paystack.advance(timedelta(days=40))
        over = gateway.find_renewals(code=renewals.code)
        assert over is not None and over.state is RenewalState.ENDED
        assert gateway.end_renewals(code=renewals.code, token=renewals.token).state is RenewalState.ENDED
        assert paystack.bill()[USD]["charges"] == 1

    def test_ending_needs_the_token(self, gateway: Paystack, renewals: Renewals) -> None:
        with pytest.raises(GatewayRefused):
            gateway.end_renewals(code=renewals.code, token="wrong")

    def test_a_failed_one_is_failing(
        self, gateway: Paystack, paystack: PaystackServer, renewals: Renewals
    ) -> None:
        paystack.set_card(authorization=renewals.authorization, then=cards.DECLINED)
        paystack.advance(timedelta(days=31))
        failing = gateway.find_renewals(code=renewals.code)
        assert failing is not None and failing.state is RenewalState.FAILING
        paystack.advance(timedelta(days=20))
        assert (
            len(
                list(
                    gateway.charges_of(
                        customer_code=renewals.customer_code, since=paystack.now() - timedelta(days=50)
                    )
                )
            )
            == 1
        )

    def test_unknown_ones_are_none_and_have_ended(self, gateway: Paystack) -> None:
        assert gateway.end_renewals(code="SUB_nothing", token="any").state is RenewalState.ENDED
        assert gateway.find_renewals(code="SUB_nothing") is None
        assert list(gateway.renewals_of(customer_code="CUS_nobody")) == []

    def test_all_of_a_customer(self, gateway: Paystack, renewals: Renewals) -> None:
        assert [one.code for one in gateway.renewals_of(customer_code=renewals.customer_code)] == [
            renewals.code
        ]

    def test_the_card_is_changed_on_the_gateways_page(
        self, gateway: Paystack, paystack: PaystackServer, renewals: Renewals
    ) -> None:
        import httpx

        page = gateway.card_page(code=renewals.code)
        assert httpx.post(page, data={"card": "5531886652142950"}).status_code == 200
        changed = gateway.find_renewals(code=renewals.code)
        assert changed is not None and changed.card is not None
        assert changed.card.last4 == "2950"


class TestRefunds:
    def test_it_goes_through_its_states(
        self, gateway: Paystack, paystack: PaystackServer, card: Card
    ) -> None:
        begun = gateway.refund(reference="oct-1", amount_minor=500, currency=USD, reason="Unhappy")
        assert (begun.state, begun.amount_minor) == (State.PENDING, 500)
        paystack.advance(timedelta(days=1))
        found = gateway.find_refunds(reference="oct-1")
        assert [(one.remote_id, one.state, one.amount_minor) for one in found] == [
            (begun.remote_id, State.SUCCEEDED, 500)
        ]
        assert paystack.bill()[USD]["refunded"] == 500

    def test_no_more_than_was_paid(self, gateway: Paystack, card: Card) -> None:
        gateway.refund(reference="oct-1", amount_minor=1500, currency=USD, reason="")
        with pytest.raises(GatewayRefused):
            gateway.refund(reference="oct-1", amount_minor=401, currency=USD, reason="")
        assert len(gateway.find_refunds(reference="oct-1")) == 1

    @pytest.mark.parametrize(
        ("number", "state"), [("4084080000000334", State.FAILED), ("4084080000000441", State.CHALLENGED)]
    )
    def test_it_may_not_work(
        self, gateway: Paystack, paystack: PaystackServer, number: str, state: State
    ) -> None:
        paid(gateway, paystack, card=number)
        gateway.refund(reference="oct-1", amount_minor=1900, currency=USD, reason="")
        paystack.advance(timedelta(days=1))
        assert [one.state for one in gateway.find_refunds(reference="oct-1")] == [state]

    def test_all_of_it_reverses_the_charge(
        self, gateway: Paystack, paystack: PaystackServer, card: Card
    ) -> None:
        gateway.refund(reference="oct-1", amount_minor=1900, currency=USD, reason="")
        paystack.advance(timedelta(days=1))
        charge = gateway.find_charge(reference="oct-1")
        assert charge is not None and charge.state is State.REVERSED

    def test_none_of_an_unknown_charge(self, gateway: Paystack) -> None:
        assert gateway.find_refunds(reference="never") == []


class TestFaults:
    def test_a_lost_answer_is_found_by_reference(
        self, gateway: Paystack, paystack: PaystackServer, card: Card
    ) -> None:
        paystack.faults.add("lost", "/transaction/charge_authorization")
        with pytest.raises(GatewayUnavailable):
            charge_card(gateway, card)
        done = gateway.find_charge(reference="oct-2")
        assert done is not None and done.state is State.SUCCEEDED
        assert charge_card(gateway, card) == done
        assert paystack.bill()[USD]["charges"] == 2

    def test_a_lost_page_was_begun(self, gateway: Paystack, paystack: PaystackServer) -> None:
        paystack.faults.add("lost", "/transaction/initialize")
        with pytest.raises(GatewayUnavailable):
            start(gateway)
        begun = gateway.find_charge(reference="oct-1")
        assert begun is not None and begun.state is State.ABANDONED

    def test_lost_renewals_are_begun_once(
        self, gateway: Paystack, paystack: PaystackServer, card: Card, plan: str
    ) -> None:
        paystack.faults.add("lost", "/subscription")
        with pytest.raises(GatewayUnavailable):
            begin(gateway, paystack, card, plan)
        assert begin(gateway, paystack, card, plan).state is RenewalState.ACTIVE
        assert len(paystack.world.subscriptions) == 1

    def test_a_lost_refund_is_found(self, gateway: Paystack, paystack: PaystackServer, card: Card) -> None:
        paystack.faults.add("lost", "/refund", method="POST")
        with pytest.raises(GatewayUnavailable):
            gateway.refund(reference="oct-1", amount_minor=500, currency=USD, reason="")
        assert [one.amount_minor for one in gateway.find_refunds(reference="oct-1")] == [500]

    @pytest.mark.parametrize("kind", ["crash", "error", "busy"])
    def test_a_write_is_never_tried_again(
        self, gateway: Paystack, paystack: PaystackServer, card: Card, kind: str
    ) -> None:
        paystack.faults.add(kind, "/transaction/charge_authorization")  # type: ignore[arg-type]
        with pytest.raises(GatewayUnavailable):
            charge_card(gateway, card)
        assert gateway.find_charge(reference="oct-2") is None

    @pytest.mark.parametrize("kind", ["crash", "lost", "error", "busy"])
    def test_a_read_is_tried_again_briefly(
        self, gateway: Paystack, paystack: PaystackServer, card: Card, kind: str
    ) -> None:
        paystack.faults.add(kind, "/transaction/verify", times=2)  # type: ignore[arg-type]
        assert gateway.find_charge(reference="oct-1") is not None
        paystack.faults.add(kind, "/transaction/verify", times=3)  # type: ignore[arg-type]
        with pytest.raises(GatewayUnavailable):
            gateway.find_charge(reference="oct-1")

    def test_a_read_that_took_long_is_not_tried_again(
        self, gateway: Paystack, paystack: PaystackServer, card: Card, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "READING", 0.05)
        monkeypatch.setattr(connection, "AGAIN_WITHIN", 0.02)
        paystack.faults.add("slow", "/transaction/verify", seconds=0.3)
        with pytest.raises(GatewayUnavailable, match="ReadTimeout"):
            gateway.find_charge(reference="oct-1")

    def test_nonsense_says_nothing(self, gateway: Paystack, paystack: PaystackServer, card: Card) -> None:
        paystack.faults.add("garbage", "/transaction/charge_authorization")
        with pytest.raises(GatewayUnavailable):
            charge_card(gateway, card)
        assert gateway.find_charge(reference="oct-2") is not None

    def test_a_slow_answer_counts_as_none(
        self, gateway: Paystack, paystack: PaystackServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "WRITING", 0.05)
        paystack.faults.add("slow", "/plan", seconds=0.3)
        with pytest.raises(GatewayUnavailable, match="ReadTimeout"):
            gateway.plan_code(name="Starter", amount_minor=1900, currency=USD, interval="YEAR")

    def test_a_wrong_key_is_refused(self, paystack: PaystackServer) -> None:
        Paystack(secret_key=KEY, base_url=paystack.url).check_key()
        with pytest.raises(KeyRefused, match="Invalid key"):
            Paystack(secret_key="sk_test_other", base_url=paystack.url).check_key()

    def test_nobody_there(self, gateway: Paystack) -> None:
        nowhere = Paystack(secret_key=KEY, base_url="http://127.0.0.1:9")
        with pytest.raises(GatewayUnavailable, match="ConnectError"):
            nowhere.check_key()


@pytest.mark.parametrize(("key", "test_mode"), [("sk_test_1", True), ("sk_live_1", False), ("else", True)])
def test_the_key_says_whether_money_moves(key: str, test_mode: bool) -> None:
    assert Paystack(secret_key=key, base_url="http://127.0.0.1:9").test_mode is test_mode
