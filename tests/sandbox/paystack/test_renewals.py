"""What happens to the stand-in's subscriptions as months go by."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.paystack import cards, charging, renewing
from sandbox.paystack.records import Plan, Subscription
from tests.emulators.paystack import PaystackServer


def subscribe(
    paystack: PaystackServer,
    *,
    first_at: datetime | None = None,
    interval: str = "monthly",
    card: str = cards.GOOD,
    limit: int = 0,
) -> Subscription:
    now = paystack.now()
    charging.begin(paystack, email="ada@acme.example", amount=100, currency="USD", reference="oct-1")
    paid = paystack.pay("oct-1", card)
    plan = Plan(
        id=1, code="PLN_1", name="Starter", amount=1900, currency="USD", interval=interval,
        invoice_limit=limit, created_at=now, updated_at=now,
    )  # fmt: skip
    paystack.world.plans[plan.code] = plan
    held = paystack.world.authorizations[paid.authorization]
    return renewing.begin(
        paystack,
        customer=paid.customer,
        plan=plan.code,
        held=held,
        first_at=first_at or now + timedelta(days=10),
    )


def told(paystack: PaystackServer) -> list[tuple[str, Any]]:
    return [(hook.event, json.loads(hook.body)["data"]) for hook in paystack.take_webhooks()]


def names(paystack: PaystackServer) -> list[str]:
    return [name for name, _data in told(paystack)]


def charged_on(paystack: PaystackServer) -> list[str]:
    rows = paystack.world.transactions.values()
    return [f"{one.created_at:%Y-%m-%d}" for one in rows if one.plan]


@pytest.mark.parametrize("day", [29, 30, 31])
def test_who_begins_late_in_a_month_is_charged_on_the_28th(paystack: PaystackServer, day: int) -> None:
    paystack.reset(now=datetime(2026, 1, day, 9, tzinfo=UTC))
    subscribe(paystack, first_at=paystack.now())
    paystack.advance(timedelta(days=90))
    assert charged_on(paystack) == [f"2026-01-{day}", "2026-02-28", "2026-03-28", "2026-04-28"]


@pytest.mark.parametrize(
    ("interval", "dates"),
    [
        ("annually", ["2026-01-25", "2027-01-25", "2028-01-25"]),
        ("monthly", [f"{2026 + month // 12}-{month % 12 + 1:02}-25" for month in range(25)]),
    ],
)
def test_two_years_of_renewals_take_a_moment(
    paystack: PaystackServer, interval: str, dates: list[str]
) -> None:
    subscribe(paystack, interval=interval)
    begun = time.monotonic()
    paystack.advance(to=datetime(2028, 2, 1, tzinfo=UTC))
    assert charged_on(paystack) == dates
    assert time.monotonic() - begun < 10


def test_a_cycle_tells_ahead_then_of_the_charge_then_of_the_invoice(paystack: PaystackServer) -> None:
    made = subscribe(paystack)
    names(paystack)
    paystack.advance(timedelta(days=7))
    ((name, invoice),) = told(paystack)
    assert (name, invoice["status"], invoice["paid"]) == ("invoice.create", "pending", False)
    assert invoice["subscription"]["subscription_code"] == made.code
    paystack.advance(timedelta(days=3))
    (charge, paid), (update, closed) = told(paystack)
    assert (charge, update) == ("charge.success", "invoice.update")
    assert paid["metadata"] == {"invoice_action": "update"}
    assert paid["plan"]["plan_code"] == "PLN_1"
    assert (closed["status"], closed["paid"]) == ("success", True)
    assert closed["transaction"]["reference"] == paid["reference"]


def test_a_failed_renewal_waits_for_the_next_date(paystack: PaystackServer) -> None:
    made = subscribe(paystack)
    paystack.set_card(authorization=made.authorization, then=cards.INSUFFICIENT)
    paystack.advance(timedelta(days=10))
    assert made.status == "attention"
    assert names(paystack)[-2:] == ["invoice.payment_failed", "invoice.update"]
    paystack.advance(timedelta(days=25))
    assert charged_on(paystack) == ["2026-01-25"]
    paystack.set_card(authorization=made.authorization, then=cards.SUCCESS)
    paystack.advance(timedelta(days=10))
    assert made.status == "active"
    assert charged_on(paystack) == ["2026-01-25", "2026-02-25"]


def test_ending_tells_now_and_at_the_end(paystack: PaystackServer) -> None:
    made = subscribe(paystack)
    names(paystack)
    renewing.disable(paystack, made)
    assert (made.status, names(paystack)) == ("non-renewing", ["subscription.not_renew"])
    paystack.advance(timedelta(days=10))
    ((name, data),) = told(paystack)
    assert (name, data["status"], made.status) == ("subscription.disable", "complete", "cancelled")
    with pytest.raises(charging.Refused):
        renewing.enable(paystack, made)


def test_a_limited_one_completes(paystack: PaystackServer) -> None:
    made = subscribe(paystack, limit=2)
    paystack.advance(timedelta(days=100))
    assert (made.status, len(charged_on(paystack))) == ("completed", 2)
    assert names(paystack)[-1] == "subscription.disable"


def test_a_card_expires(paystack: PaystackServer) -> None:
    made = subscribe(paystack)
    paystack.set_card(authorization=made.authorization, exp_year="2026", exp_month="02")
    paystack.advance(to=datetime(2026, 2, 28, 23, tzinfo=UTC))
    events = [data for name, data in told(paystack) if name == "subscription.expiring_cards"]
    assert [[one["expiry_date"] for one in data] for data in events] == [["02/2026"]]
    assert made.status == "active"
    paystack.advance(to=datetime(2026, 3, 26, tzinfo=UTC))
    assert made.status == "attention"
    assert [one.gateway_response for one in paystack.world.transactions.values()][-1] == "Expired Card"


def test_one_plan_is_subscribed_to_once(paystack: PaystackServer) -> None:
    made = subscribe(paystack)
    held = paystack.world.authorizations[made.authorization]
    again = {"customer": made.customer, "plan": made.plan, "held": held, "first_at": paystack.now()}
    with pytest.raises(charging.Refused) as refused:
        renewing.begin(paystack, **again)
    assert refused.value.code == "duplicate_subscription"
    renewing.disable(paystack, made)
    assert renewing.begin(paystack, **again).status == "active"


def test_the_same_card_has_one_signature_for_all(paystack: PaystackServer) -> None:
    for number, email in enumerate(("ada@acme.example", "ada@acme.example", "olga@globex.example")):
        charging.begin(paystack, email=email, amount=100, currency="USD", reference=f"oct-{number}")
        paystack.pay(f"oct-{number}")
    held = list(paystack.world.authorizations.values())
    assert len(held) == 2
    assert len({one.signature for one in held}) == 1


def test_what_is_under_way_can_be_controlled_from_outside(paystack: PaystackServer) -> None:
    made = subscribe(paystack)

    def ask(name: str, **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {paystack.secret_key}"}
        answer = httpx.post(f"{paystack.url}/sandbox/{name}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    ask("set_card", authorization=made.authorization, then="declined")
    assert ask("advance", days=31)["now"] == "2026-02-15T09:00:00+00:00"
    assert made.status == "attention"
    ask("disturb", copies=2)
    assert ask("bill") == {"USD": {"charges": 1, "charged": 100, "refunded": 0}}
    ask("fault", kind="error", path="/transaction")
    assert httpx.get(f"{paystack.url}/transaction").status_code == 500
    assert httpx.post(f"{paystack.url}/sandbox/bill", json={}).status_code == 401
