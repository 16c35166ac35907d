"""From the price page to a paid plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from billing import reconciling
from billing.models import Invoice, Payment, PaymentMethod, PlanPrice, Refund
from billing.subscriptions import asking, checkout, clockwork
from billing.subscriptions.cards import customer_email
from tenants.models import Membership, Organisation, Role
from tenants.people.members import NotAllowed
from tests.billing.subscriptions.living import BACK, Customer, price

DECLINED = "4084080000005408"


def test_paid_page_puts_the_organisation_on_the_plan(customer: Customer) -> None:
    payment = customer.subscribe("STARTER")
    now = customer.subscription
    assert (payment.status, payment.amount_minor, payment.currency) == ("SUCCEEDED", 19_00, "USD")
    assert (now.plan.code, now.status) == ("STARTER", "ACTIVE")
    assert now.period_end == datetime(2026, 2, 15, 9, tzinfo=UTC)
    assert Invoice.objects.get().total_minor == 19_00
    assert customer.renewals == [("Starter 1", "active")]
    assert now.card is not None
    assert now.card.last4 == "4081"
    assert "AUTH_" not in now.card.sealed_authorization


def test_unpaid_page_changes_nothing_and_is_given_up(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    assert checkout.return_from_checkout(reference=page.reference).status == "PENDING"
    customer.wait(hours=4, step=_hours(2))
    assert (customer.payments[0].status, customer.plan) == ("ABANDONED", "FREE")


def test_money_on_a_page_that_was_given_up_is_not_lost(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    customer.wait(hours=4, step=_hours(4))
    customer.paystack.pay(page.reference)
    reconciling.reconcile_all()
    assert (customer.payments[0].status, customer.plan) == ("SUCCEEDED", "PRO")


def test_declined_card_may_be_followed_by_another_on_the_same_page(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    customer.paystack.pay(page.reference, DECLINED)
    assert checkout.return_from_checkout(reference=page.reference).status == "FAILED"
    assert customer.plan == "FREE"
    customer.paystack.pay(page.reference)
    assert checkout.return_from_checkout(reference=page.reference).status == "SUCCEEDED"
    assert customer.plan == "STARTER"


def test_coming_back_again_and_again_applies_once(customer: Customer) -> None:
    payment = customer.subscribe("STARTER")
    for _ in range(3):
        checkout.return_from_checkout(reference=payment.reference)
    assert Invoice.objects.count() == 1
    assert len(customer.payments) == 1


def test_the_same_page_is_shown_again(customer: Customer) -> None:
    first = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    again = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    other = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    assert first == again
    assert other.reference != first.reference
    assert [payment.status for payment in customer.payments] == ["ABANDONED", "PENDING"]


def test_second_page_paid_in_another_window_is_given_back(customer: Customer) -> None:
    first = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    second = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    customer.paystack.pay(second.reference)
    customer.paystack.pay(first.reference)
    checkout.return_from_checkout(reference=second.reference)
    late = checkout.return_from_checkout(reference=first.reference)
    clockwork.run()
    customer.wait(days=3)
    assert customer.plan == "PRO"
    assert (late.status, Refund.objects.get(payment=late).status) == ("SUCCEEDED", "SUCCEEDED")
    assert customer.paystack.bill()["USD"] == {"charges": 2, "charged": 68_00, "refunded": 19_00}
    assert sum(Invoice.objects.values_list("total_minor", flat=True)) == 49_00


def test_earlier_page_that_was_paid_meanwhile_counts(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    customer.paystack.pay(page.reference)
    with pytest.raises(checkout.AlreadySubscribed):
        checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    assert customer.plan == "STARTER"


def test_who_pays_already_is_told_to_change_the_plan(customer: Customer) -> None:
    customer.subscribe("STARTER")
    for plan in ("STARTER", "PRO"):
        with pytest.raises(checkout.AlreadySubscribed):
            checkout.start_checkout(membership=customer.membership, price=price(plan), return_url=BACK)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_only_owners_subscribe(customer: Customer, role: Role) -> None:
    customer.membership.role = role
    with pytest.raises(NotAllowed):
        checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    assert Payment.objects.count() == 0


def test_price_that_is_not_offered_any_more_is_refused(customer: Customer) -> None:
    PlanPrice.objects.filter(pk=price("PRO").pk).update(offered=False)
    old = PlanPrice.objects.get(plan__code="PRO", interval="MONTH", currency="USD")
    with pytest.raises(checkout.NotOffered):
        checkout.start_checkout(membership=customer.membership, price=old, return_url=BACK)


@pytest.mark.parametrize("change", [{"amount": 1}, {"currency": "NGN"}])
def test_money_that_is_not_as_asked_delivers_nothing(customer: Customer, change: dict[str, object]) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    transaction = customer.paystack.world.transactions[page.reference]
    for name, value in change.items():
        setattr(transaction, name, value)
    customer.paystack.pay(page.reference)
    for _ in range(2):
        payment = checkout.return_from_checkout(reference=page.reference)
        reconciling.reconcile_all()
    payment.refresh_from_db()
    assert (payment.status, payment.applied_at, customer.plan) == ("FAILED", None, "FREE")
    assert payment.failure == "not as asked: 4900 USD"
    assert (payment.amount_minor, payment.currency) == (transaction.amount, transaction.currency)
    assert Invoice.objects.count() == 0


def test_money_that_is_not_as_asked_after_a_declined_card(customer: Customer) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    customer.paystack.pay(page.reference, DECLINED)
    checkout.return_from_checkout(reference=page.reference)
    customer.paystack.world.transactions[page.reference].amount = 1
    customer.paystack.pay(page.reference)
    payment = checkout.return_from_checkout(reference=page.reference)
    assert (payment.status, payment.failure, customer.plan) == ("FAILED", "not as asked: 4900 USD", "FREE")


def test_reference_of_another_organisation_is_unknown(
    customer: Customer, other_organisation: Organisation
) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    for reference, organisation_id in [
        (page.reference, other_organisation.pk),
        ("T123", None),
        ("", None),
        ("../plan", None),
    ]:
        with pytest.raises(checkout.UnknownPayment):
            checkout.return_from_checkout(reference=reference, organisation_id=organisation_id)


def test_gateway_that_is_away_leaves_nothing_half_done(customer: Customer) -> None:
    customer.paystack.faults.add("error", "/transaction/initialize")
    with pytest.raises(asking.GatewayAway):
        checkout.start_checkout(membership=customer.membership, price=price("PRO"), return_url=BACK)
    assert customer.subscribe("PRO").status == "SUCCEEDED"
    assert customer.plan == "PRO"


def test_organisations_of_one_owner_are_customers_of_their_own(
    customer: Customer, other_organisation: Organisation
) -> None:
    """Else a renewal could not be told from another organisation's: see `cards.customer_email`."""
    owner = customer.membership.user
    other = Membership.objects.create(user=owner, organisation=other_organisation, role=Role.OWNER)
    second = Customer(customer.paystack, other)
    second.subscribe("STARTER")
    customer.subscribe("STARTER")
    emails = {customer_email(one.membership.organisation_id) for one in (customer, second)}
    assert len(emails) == 2
    assert len(set(PaymentMethod.objects.values_list("customer_code", flat=True))) == 2
    customer.wait(days=40)
    assert [len(one.payments) for one in (customer, second)] == [2, 2]
    assert {one.subscription.period_end.month for one in (customer, second)} == {3}


def _hours(count: int) -> timedelta:

    return timedelta(hours=count)
