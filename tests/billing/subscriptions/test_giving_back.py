"""Refunds: whole, in parts, at once, failed, and made elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from billing import reconciling
from billing.models import Invoice, Payment, Refund, Subscription
from billing.subscriptions import checkout, giving_back
from billing.subscriptions.giving_back import CannotRefund
from sandbox.paystack import refunding
from tenants.accounts.models import User
from tenants.people.members import NotAllowed
from tests.billing.subscriptions.living import BACK, Customer, price

REFUND_FAILS = "4084080000000334"
NEEDS_DETAILS = "4084080000000441"


def given_back(customer: Customer, staff: User, amount_minor: int) -> Refund:
    payment = customer.payments[0]
    return giving_back.refund(by_staff=staff, payment=payment, amount_minor=amount_minor, reason="kindness")


def test_part_then_the_rest_and_not_a_minor_unit_more(customer: Customer, super_admin: User) -> None:
    customer.subscribe("STARTER")
    given_back(customer, super_admin, 5_00)
    customer.wait(days=2)
    with pytest.raises(CannotRefund):
        given_back(customer, super_admin, 14_01)
    given_back(customer, super_admin, 14_00)
    customer.wait(days=2)
    assert customer.paystack.bill()["USD"]["refunded"] == 19_00
    assert set(Refund.objects.values_list("status", flat=True)) == {"SUCCEEDED"}
    notes = Invoice.objects.filter(kind="CREDIT_NOTE").order_by("issued_at")
    assert [note.total_minor for note in notes] == [-5_00, -14_00]
    assert customer.told.count("payment.refunded") == 2


@pytest.mark.parametrize("amount", [0, -1, 19_01])
def test_nonsense_amounts_are_refused(customer: Customer, super_admin: User, amount: int) -> None:
    customer.subscribe("STARTER")
    with pytest.raises(CannotRefund):
        given_back(customer, super_admin, amount)
    assert Refund.objects.count() == 0


def test_only_staff_of_the_platform_pays_back(customer: Customer) -> None:
    customer.subscribe("STARTER")
    with pytest.raises(NotAllowed):
        given_back(customer, customer.membership.user, 1_00)


def test_payment_that_did_not_come_is_not_given_back(customer: Customer, super_admin: User) -> None:
    customer.subscribe("STARTER", card="4084080000005408")
    with pytest.raises(CannotRefund):
        given_back(customer, super_admin, 1_00)


@pytest.mark.parametrize("answer", ["lost", "crash", "error"])
def test_answer_that_was_lost_is_not_paid_back_twice(
    customer: Customer, super_admin: User, answer: Any
) -> None:
    customer.subscribe("STARTER")
    customer.paystack.faults.add(answer, "/refund", method="POST")
    assert given_back(customer, super_admin, 5_00).status == "PENDING"
    customer.wait(days=2, step=timedelta(days=1))
    assert Refund.objects.get().status == "SUCCEEDED"
    assert customer.paystack.bill()["USD"]["refunded"] == 5_00


def test_failed_refund_frees_what_was_held(customer: Customer, super_admin: User) -> None:
    customer.subscribe("STARTER", card=REFUND_FAILS)
    given_back(customer, super_admin, 19_00)
    customer.wait(days=2)
    payment = Payment.objects.get()
    assert (Refund.objects.get().status, payment.refunded_minor) == ("FAILED", 0)
    assert Invoice.objects.filter(kind="CREDIT_NOTE").count() == 0


def test_refund_that_needs_bank_details_waits_for_them(customer: Customer, super_admin: User) -> None:
    customer.subscribe("STARTER", card=NEEDS_DETAILS)
    given_back(customer, super_admin, 19_00)
    customer.wait(days=2)
    refund = Refund.objects.get()
    assert (refund.status, refund.payment.refunded_minor) == ("NEEDS_ATTENTION", 19_00)
    customer.wait(days=2)
    assert Refund.objects.get().status == "NEEDS_ATTENTION"


def test_refund_made_at_the_gateway_is_taken_in(customer: Customer) -> None:
    """By somebody of the platform on Paystack's own pages: its event has it looked at."""
    payment = customer.subscribe("STARTER")
    world = customer.paystack.world
    refunding.begin(customer.paystack, world.transactions[payment.reference], amount=4_00)
    customer.wait(days=2)
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.status) == (4_00, "SUCCEEDED")
    assert Payment.objects.get().refunded_minor == 4_00
    assert Invoice.objects.get(kind="CREDIT_NOTE").total_minor == -4_00


def test_money_that_was_not_as_asked_is_given_back_by_a_person(customer: Customer, super_admin: User) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    customer.paystack.world.transactions[page.reference].amount = 77_00
    customer.paystack.pay(page.reference)
    checkout.return_from_checkout(reference=page.reference)
    given_back(customer, super_admin, 77_00)
    customer.wait(days=2)
    assert customer.paystack.bill()["USD"] == {"charges": 1, "charged": 77_00, "refunded": 77_00}
    assert reconciling.reconcile_all().differences == []


def test_money_for_an_organisation_that_is_gone_goes_back(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    customer.paystack.pay(page.reference)
    Subscription.objects.all().delete()
    payment = checkout.return_from_checkout(reference=page.reference)
    assert payment.status == "SUCCEEDED"
    customer.wait(days=2, step=timedelta(days=1))
    assert customer.paystack.bill()["USD"] == {"charges": 1, "charged": 49_00, "refunded": 49_00}
