"""One trial for an organisation, which ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.plans import offered_plan
from billing.subscriptions import trials
from tests.billing.subscriptions.living import Customer


def test_trial_ends_by_itself_after_two_reminders(customer: Customer) -> None:
    trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))
    assert (customer.plan, customer.subscription.status) == ("PRO", "TRIALING")
    customer.wait(days=10)
    assert customer.told == []
    customer.wait(days=2)
    assert customer.told == ["trial.ending"]
    customer.wait(days=1, hours=2, step=timedelta(hours=1))
    assert customer.told == ["trial.ending"] * 2
    customer.wait(days=1)
    assert customer.told == ["trial.ending"] * 2 + ["subscription.downgraded"]
    assert (customer.plan, customer.subscription.status, customer.payments) == ("FREE", "ACTIVE", [])


def test_late_clock_reminds_once(customer: Customer) -> None:
    trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))
    customer.wait(days=13, hours=12, step=timedelta(days=20))
    assert customer.told == ["trial.ending"]


def test_there_is_one_trial(customer: Customer) -> None:
    trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))
    with pytest.raises(trials.NoTrial):
        trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))
    customer.wait(days=15, step=timedelta(days=15))
    with pytest.raises(trials.NoTrial):
        trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))


def test_who_has_paid_has_no_trial_and_not_every_plan_has_one(customer: Customer) -> None:
    with pytest.raises(trials.NoTrial):
        trials.start_trial(membership=customer.membership, plan=offered_plan("STARTER"))
    customer.subscribe("STARTER")
    with pytest.raises(trials.NoTrial):
        trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))


def test_who_pays_during_the_trial_loses_none_of_it(customer: Customer) -> None:
    trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))
    ends = customer.subscription.trial_ends_at
    customer.wait(days=3)
    customer.subscribe("PRO")
    assert customer.subscription.status == "ACTIVE"
    assert customer.subscription.period_start == ends
    customer.wait(days=20)
    assert (customer.plan, len(customer.payments)) == ("PRO", 1)


def test_other_plan_bought_during_the_trial_begins_at_once(customer: Customer) -> None:
    trials.start_trial(membership=customer.membership, plan=offered_plan("PRO"))
    customer.wait(days=3)
    payment = customer.subscribe("STARTER")
    assert (customer.plan, customer.subscription.period_start) == ("STARTER", payment.paid_at)
