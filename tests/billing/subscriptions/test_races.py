"""Several at once: double clicks, two owners, an event beside the person who comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from billing.models import Payment, Refund
from billing.subscriptions import changing, checkout, clockwork, giving_back
from billing.subscriptions.locking import locked
from billing.subscriptions.rights import Refusal
from tenants.accounts.models import PlatformRole, User
from tenants.models import Membership, Role
from tests.billing.subscriptions.books import disagreements
from tests.billing.subscriptions.living import BACK, Customer, hear, price
from tests.emulators.paystack import PaystackServer
from tests.factories.tenants import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def customer(paystack: PaystackServer, settings: Any, transactional_db: None) -> Customer:
    """Of an organisation whose own tables nobody needs here."""
    settings.PAYSTACK_SANDBOX = True
    organisation = OrganisationFactory(ready_schema="t_nobody_looks")
    owner = UserFactory(name="Ada Owner", email="ada@acme.example")
    return Customer(
        paystack, Membership.objects.create(user=owner, organisation=organisation, role=Role.OWNER)
    )


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """What each gave, or what it raised."""
    start = threading.Barrier(len(doings))
    results: list[Any] = [None] * len(doings)

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = doings[number]()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(doings))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_everything_at_once(customer: Customer) -> None:
    """One test, since each that commits empties all tables when it ends."""
    _double_click_on_the_checkout(customer)
    _return_beside_the_event(customer)
    _two_owners_upgrade(customer)
    _refunds_at_once(customer)
    _clocks_at_once(customer)
    assert list(disagreements(customer)) == []


def test_whoever_waits_for_a_change_of_plan_sees_it(customer: Customer) -> None:
    organisation_id = customer.membership.organisation_id
    changing_it = threading.Event()

    def change() -> None:
        with transaction.atomic():
            subscription = locked(organisation_id)
            assert subscription
            changing_it.set()
            _wait_until_somebody_waits()
            subscription.plan = price("PRO").plan
            subscription.save(update_fields=["plan"])

    def look() -> str:
        changing_it.wait(30)
        with transaction.atomic():
            subscription = locked(organisation_id)
        return subscription.plan.code if subscription else ""

    assert at_once(change, look) == [None, "PRO"]


def _wait_until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _look in range(600):
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("nobody waits")


def _double_click_on_the_checkout(customer: Customer) -> None:
    def click() -> Any:
        return checkout.start_checkout(
            membership=customer.membership, price=price("STARTER"), return_url=BACK
        )

    at_once(*[click] * 4)
    assert Payment.objects.filter(status="PENDING").count() == 1


def _return_beside_the_event(customer: Customer) -> None:
    (open_one,) = Payment.objects.filter(status="PENDING")
    customer.paystack.pay(open_one.reference)
    told = customer.paystack.take_webhooks()
    results = at_once(
        *[lambda: checkout.return_from_checkout(reference=open_one.reference)] * 3, *[lambda: hear(told)] * 3
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert [(one.status, one.invoice is not None) for one in Payment.objects.exclude(status="ABANDONED")] == [
        ("SUCCEEDED", True)
    ]
    clockwork.run()


def _two_owners_upgrade(customer: Customer) -> None:
    second = Membership.objects.create(
        user=UserFactory(), organisation=customer.membership.organisation, role=Role.OWNER
    )

    def click(membership: Membership, plan: str) -> Any:
        return changing.change_plan(
            membership=membership, price=price(plan), expected_amount_minor=price(plan).amount_minor
        )

    results = at_once(*[lambda: click(customer.membership, "PRO")] * 2, *[lambda: click(second, "PRO")] * 2)
    assert all(isinstance(result, changing.PlanChange | Refusal) for result in results), results
    assert sum(isinstance(result, changing.PlanChange) for result in results) == 1
    assert Payment.objects.filter(purpose="UPGRADE", status="SUCCEEDED").count() == 1
    clockwork.run()
    assert customer.renewals == [("Pro 1", "active")]


def _refunds_at_once(customer: Customer) -> None:
    staff = User.objects.create(email="sam@octavo.example", name="Sam", role=PlatformRole.SUPER_ADMIN)
    payment = customer.payments[-1]

    def click() -> Any:
        return giving_back.refund(
            by_staff=staff, payment=payment, amount_minor=payment.amount_minor, reason="twice"
        )

    results = at_once(*[click] * 3)
    assert sum(isinstance(result, Refund) for result in results) == 1
    at_once(*[clockwork.run] * 3)
    customer.paystack.advance(timedelta(days=2))
    customer.sync()
    clockwork.run()
    assert customer.paystack.bill()["USD"]["refunded"] == payment.amount_minor


def _clocks_at_once(customer: Customer) -> None:
    """A renewal that several find."""
    customer.paystack.advance(to=customer.subscription.period_end)
    customer.sync()
    told = customer.paystack.take_webhooks()
    at_once(*[clockwork.run] * 2, *[lambda: hear(told)] * 2)
    clockwork.run()
    assert Payment.objects.filter(purpose="RENEWAL").count() == 1
    assert customer.renewals == [("Pro 1", "active")]
