"""Plans are published anew without changing what anybody has subscribed to."""

from __future__ import annotations

import pytest

from billing.features import Feature
from billing.models import CountedBy, Interval, Plan, Subscription
from billing.plans import FIRST_PLAN, LastPlan, Terms, offered_plan, publish, withdraw
from insights.models import ActivityLog
from tenants.organisations.features import brings

pytestmark = pytest.mark.django_db


def terms(**changes):
    usual = {
        "name": "Starter",
        "books_limit": 100,
        "books_counted_by": CountedBy.EVER,
        "storage_limit": 10 * 1024**3,
        "api_calls_limit": None,
        "features": [],
        "trial_days": 0,
        "position": 2,
    }
    return Terms(**{**usual, **changes})


PRICES = {(Interval.MONTH, "USD"): 2100}


def test_whoever_is_on_a_plan_keeps_its_version_and_price(organisation, super_admin):
    before = offered_plan("STARTER")
    price = before.prices.get(interval=Interval.MONTH, currency="USD")
    Subscription.objects.filter(organisation=organisation).update(plan=before, price=price)
    after = publish(by=super_admin, code="STARTER", terms=terms(books_limit=50), prices=PRICES)
    assert (after.version, after.books_limit, offered_plan("STARTER").pk) == (2, 50, after.pk)
    subscription = Subscription.objects.get(organisation=organisation)
    assert (subscription.plan.books_limit, subscription.price.amount_minor) == (100, 1900)
    assert not subscription.plan.offered


def test_a_version_that_nobody_has_is_changed_itself(super_admin):
    before = offered_plan("STARTER")
    after = publish(by=super_admin, code="STARTER", terms=terms(books_limit=50), prices=PRICES)
    assert (after.pk, after.version, after.books_limit) == (before.pk, 1, 50)
    assert [price.amount_minor for price in after.prices.filter(offered=True)] == [2100]


def test_publishing_the_same_again_changes_nothing(super_admin):
    publish(by=super_admin, code="STARTER", terms=terms(), prices=PRICES)
    lines = ActivityLog.objects.count()
    publish(by=super_admin, code="STARTER", terms=terms(), prices=PRICES)
    assert ActivityLog.objects.count() == lines
    assert Plan.objects.filter(code="STARTER").count() == 1


def test_a_new_plan_can_be_added_and_withdrawn(super_admin):
    plan = publish(by=super_admin, code="SCHOOL", terms=terms(name="School"), prices=PRICES)
    assert offered_plan("SCHOOL") == plan
    withdraw(by=super_admin, plan=plan)
    with pytest.raises(Plan.DoesNotExist):
        offered_plan("SCHOOL")
    again = publish(by=super_admin, code="SCHOOL", terms=terms(name="School"), prices=PRICES)
    assert again.offered


def test_the_first_plan_stays(super_admin):
    with pytest.raises(LastPlan):
        withdraw(by=super_admin, plan=offered_plan(FIRST_PLAN))


def test_features_are_those_of_the_plan(organisation):
    assert not brings(organisation.id, Feature.SINGLE_SIGN_ON)
    Subscription.objects.filter(organisation=organisation).update(plan=offered_plan("ENTERPRISE"))
    assert brings(organisation.id, Feature.SINGLE_SIGN_ON)


def test_every_feature_of_the_plans_is_known():
    for plan in Plan.objects.all():
        assert set(plan.features) <= set(Feature.values)
