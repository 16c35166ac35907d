"""Cancelling, keeping, pausing and going on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.limits import LimitReached, reserve_book
from billing.subscriptions import ending, pausing
from tenants.models import Role
from tenants.organisations import deletion
from tenants.people.departure import delete_account
from tenants.people.members import NotAllowed
from tests.billing.subscriptions.living import BACK, Customer
from tests.billing.subscriptions.test_dunning import DECLINES_LATER


def test_cancelled_plan_is_had_to_the_end_of_what_is_paid(customer: Customer) -> None:
    customer.subscribe("STARTER")
    ending.cancel(membership=customer.membership)
    customer.wait(days=30)
    assert (customer.plan, customer.renewals) == ("STARTER", [])
    customer.wait(days=2)
    assert (customer.plan, customer.subscription.status, customer.subscription.price) == (
        "FREE",
        "CANCELLED",
        None,
    )
    assert len(customer.payments) == 1


def test_who_cancelled_may_subscribe_again(customer: Customer) -> None:
    customer.subscribe("STARTER")
    ending.cancel(membership=customer.membership)
    customer.wait(days=40)
    customer.subscribe("PRO")
    assert (customer.plan, customer.subscription.status) == ("PRO", "ACTIVE")


@pytest.mark.parametrize("followed", [True, False])
def test_kept_plan_goes_on(customer: Customer, followed: bool) -> None:
    """Whether the gateway had been told of the cancellation or not."""
    customer.subscribe("STARTER")
    ending.cancel(membership=customer.membership)
    if followed:
        customer.wait(days=1)
    ending.keep(membership=customer.membership)
    customer.wait(days=32)
    assert [payment.status for payment in customer.payments] == ["SUCCEEDED"] * 2
    assert (customer.plan, customer.renewals) == ("STARTER", [("Starter 1", "active")])


def test_nothing_to_end_or_to_keep(customer: Customer) -> None:
    with pytest.raises(ending.NothingToEnd):
        ending.cancel(membership=customer.membership)
    with pytest.raises(ending.NothingToKeep):
        ending.keep(membership=customer.membership)
    customer.subscribe("STARTER")
    ending.cancel(membership=customer.membership)
    with pytest.raises(ending.NothingToEnd):
        ending.cancel(membership=customer.membership)


def test_only_owners_end_and_pause(customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.membership.role = Role.ADMIN
    for doing in (
        lambda: ending.cancel(membership=customer.membership),
        lambda: ending.keep(membership=customer.membership),
        lambda: pausing.pause(membership=customer.membership, until=None),
        lambda: pausing.resume(membership=customer.membership),
    ):
        with pytest.raises(NotAllowed):
            doing()


def test_pause_begins_when_what_is_paid_for_has_run_out(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.wait(days=30)
    assert (customer.subscription.status, customer.renewals) == ("ACTIVE", [])
    customer.wait(days=2)
    assert (customer.subscription.status, customer.plan) == ("PAUSED", "PRO")
    with pytest.raises(LimitReached):
        reserve_book(customer.membership.organisation_id)
    customer.wait(days=60)
    assert len(customer.payments) == 1


def test_pause_taken_back_before_it_began_costs_nothing(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.wait(days=1)
    assert pausing.resume(membership=customer.membership).payment is None
    customer.wait(days=32)
    assert len(customer.payments) == 2


def test_resumed_plan_is_paid_for_and_begins_anew(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.wait(days=45)
    change = pausing.resume(membership=customer.membership)
    assert change.payment is not None
    assert change.payment.amount_minor == 49_00
    assert change.subscription.status == "ACTIVE"
    customer.wait(days=1)
    assert customer.renewals == [("Pro 1", "active")]
    reserve_book(customer.membership.organisation_id)


def test_resumed_before_the_clock_has_paused_it_goes_on_and_keeps_what_it_paid(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.paystack.advance(to=customer.subscription.period_end + timedelta(minutes=2))
    customer.sync()
    pausing.resume(membership=customer.membership)
    assert customer.subscription.status == "ACTIVE"
    assert customer.subscription.paused_at is None
    assert [one.refunded_minor for one in customer.payments] == [0, 0]


def test_pause_ends_by_itself_on_its_day(customer: Customer) -> None:
    customer.subscribe("PRO")
    until = customer.subscription.period_end + timedelta(days=20)
    pausing.pause(membership=customer.membership, until=until)
    customer.wait(days=54)
    assert customer.subscription.status == "ACTIVE"
    assert len(customer.payments) == 2


def test_pause_that_cannot_be_paid_stays_one(customer: Customer) -> None:
    customer.subscribe("PRO", card=DECLINES_LATER)
    pausing.pause(membership=customer.membership, until=customer.subscription.period_end + timedelta(days=5))
    customer.wait(days=60)
    assert customer.subscription.status == "PAUSED"
    assert [payment.status for payment in customer.payments] == ["SUCCEEDED", "FAILED"]


def test_day_within_what_is_paid_for_is_no_day_to_pause_until(customer: Customer) -> None:
    customer.subscribe("PRO")
    with pytest.raises(pausing.CannotPause):
        pausing.pause(membership=customer.membership, until=customer.subscription.period_end)


def test_cancelled_pause_ends_at_once(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.wait(days=40)
    ending.cancel(membership=customer.membership)
    assert (customer.plan, customer.subscription.status) == ("FREE", "CANCELLED")


@pytest.mark.parametrize("kept", [True, False])
def test_organisation_to_be_deleted_renews_nothing(customer: Customer, kept: bool) -> None:
    """Kept after all, it is not charged again unasked; its owner is told to resume."""
    customer.subscribe("STARTER")
    organisation = customer.membership.organisation
    deletion.ask_for_deletion(by=customer.membership, name=organisation.name)
    customer.wait(days=1)
    assert customer.renewals == []
    assert customer.subscription.cancel_at_period_end
    if kept:
        deletion.keep(organisation_id=organisation.pk, by=customer.membership.user)
        assert "subscription.stopped" in customer.told
        ending.keep(membership=customer.membership)
        customer.wait(days=32)
        assert len(customer.payments) == 2


def test_account_of_the_only_owner_takes_its_renewals_with_it(customer: Customer) -> None:
    customer.subscribe("STARTER")
    delete_account(user=customer.membership.user)
    customer.wait(days=1)
    assert customer.renewals == []
    assert customer.subscription.cancel_at_period_end
    customer.wait(days=32, step=timedelta(days=32))
    assert customer.paystack.bill()["USD"]["charges"] == 1


def test_page_for_resuming_where_the_card_is_gone(customer: Customer) -> None:
    customer.subscribe("PRO")
    pausing.pause(membership=customer.membership, until=None)
    customer.wait(days=32)
    type(customer.subscription).objects.update(card=None)
    with pytest.raises(pausing.CannotResume):
        pausing.resume(membership=customer.membership)
    change = pausing.resume(membership=customer.membership, return_url=BACK)
    assert change.payment is not None
    customer.paystack.pay(change.payment.reference)
    customer.wait(days=1)
    assert (customer.subscription.status, customer.renewals) == ("ACTIVE", [("Pro 1", "active")])
