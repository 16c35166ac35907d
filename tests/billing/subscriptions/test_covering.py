"""Organisations that another one pays for."""

from __future__ import annotations

import pytest

from billing.models import Subscription
from billing.subscriptions import changing, checkout, covering, ending
from tenants.models import Membership, Organisation, Role
from tenants.signals import organisation_erased
from tests.billing.subscriptions.living import BACK, Customer, price


@pytest.fixture
def second(customer: Customer, other_organisation: Organisation) -> Organisation:
    """Globex, which Ada owns too."""
    owner = customer.membership.user
    Membership.objects.create(user=owner, organisation=other_organisation, role=Role.OWNER)
    return other_organisation


def plan_of(organisation: Organisation) -> str:
    return Subscription.objects.select_related("plan").get(organisation=organisation).plan.code


def test_covered_organisation_has_the_payers_plan(customer: Customer, second: Organisation) -> None:
    customer.subscribe("ENTERPRISE")
    assert list(covering.coverable(membership=customer.membership)) == [second]
    covering.cover(membership=customer.membership, organisation=second)
    assert plan_of(second) == "ENTERPRISE"
    assert [
        one.organisation for one in covering.covered(organisation_id=customer.membership.organisation_id)
    ] == [second]
    covering.uncover(membership=customer.membership, organisation=second)
    assert plan_of(second) == "FREE"


def test_it_falls_with_the_payer(customer: Customer, second: Organisation) -> None:
    customer.subscribe("ENTERPRISE")
    covering.cover(membership=customer.membership, organisation=second)
    shown = changing.change_preview(subscription=customer.subscription, price=price("PRO"))
    assert shown.uncovered == [second]
    ending.cancel(membership=customer.membership)
    customer.wait(days=32)
    assert (customer.plan, plan_of(second)) == ("FREE", "FREE")
    assert Subscription.objects.get(organisation=second).covered_by is None


def test_it_falls_with_a_downgrade(customer: Customer, second: Organisation) -> None:
    customer.subscribe("ENTERPRISE")
    covering.cover(membership=customer.membership, organisation=second)
    changing.change_plan(membership=customer.membership, price=price("PRO"), expected_amount_minor=0)
    customer.wait(days=33)
    assert (customer.plan, plan_of(second)) == ("PRO", "FREE")


def test_only_enterprise_covers_and_only_what_its_owner_owns(
    customer: Customer, second: Organisation, organisation: Organisation
) -> None:
    customer.subscribe("PRO")
    with pytest.raises(covering.CannotCover):
        covering.cover(membership=customer.membership, organisation=second)
    changing.change_plan(
        membership=customer.membership, price=price("ENTERPRISE"), expected_amount_minor=199_00
    )
    covering.cover(membership=customer.membership, organisation=second)
    covering.uncover(membership=customer.membership, organisation=second)
    Membership.objects.filter(organisation=second, user=customer.membership.user).update(role=Role.ADMIN)
    for not_mine in (second, organisation):
        with pytest.raises(covering.CannotCover):
            covering.cover(membership=customer.membership, organisation=not_mine)


def test_who_is_covered_neither_subscribes_nor_changes(customer: Customer, second: Organisation) -> None:
    customer.subscribe("ENTERPRISE")
    covering.cover(membership=customer.membership, organisation=second)
    membership = Membership.objects.get(organisation=second, user=customer.membership.user)
    with pytest.raises(checkout.AlreadySubscribed):
        checkout.start_checkout(membership=membership, price=price("PRO"), return_url=BACK)
    with pytest.raises(changing.CannotChange):
        changing.change_plan(membership=membership, price=price("PRO"), expected_amount_minor=0)


def test_it_falls_when_the_payer_is_erased(customer: Customer, second: Organisation) -> None:
    customer.subscribe("ENTERPRISE", "YEAR")
    covering.cover(membership=customer.membership, organisation=second)
    organisation = customer.membership.organisation
    organisation_erased.send(Organisation, organisation=organisation)
    Subscription.objects.filter(organisation=organisation).delete()
    assert plan_of(second) == "FREE"
