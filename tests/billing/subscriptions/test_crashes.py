"""Whoever dies, wherever: no money without its effect, and no effect without its money."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from billing import reconciling
from billing.models import Payment
from sandbox.paystack import charging
from tests.billing.subscriptions.books import disagreements
from tests.billing.subscriptions.dying import Died, dying
from tests.billing.subscriptions.living import Customer
from tests.billing.subscriptions.stories import STORIES, Story
from tests.emulators.paystack import BEGINNING


class Undo(Exception):
    """Everything that a life has left behind goes."""


def lives(customer: Customer, story: Story, ends_at: int | None) -> bool:
    """Whether the process died on the way; what was left was healed by the clock and the nightly run."""
    customer.paystack.reset(now=BEGINNING)
    customer.sync()
    died = False
    try:
        with transaction.atomic():
            story.before(customer)
            with dying(ends_at) as life:
                try:
                    story.doing(customer)
                except Died:
                    died = True
            heal(customer)
            wrong = list(disagreements(customer))
            assert wrong == [], f"{story.name} dies at {ends_at}, {life.passed[-1]}: {wrong}"
            assert (customer.plan, customer.subscription.status) in story.outcomes
            raise Undo
    except Undo:
        return died


def heal(customer: Customer) -> None:
    """No webhook comes, and nobody comes back."""
    for span in (timedelta(minutes=16), timedelta(hours=7), timedelta(hours=7)):
        customer.wait(webhooks=False, step=span, seconds=span.total_seconds())
    reconciling.reconcile_all()


# After the row, after the gateway's yes, after the effect, and while renewals are begun. The benchmark
# (bench/billing.py) has everybody die everywhere.
DANGEROUS = [
    ("checkout", 4),
    ("webhook", 6),
    ("upgrade", 1),
    ("upgrade", 3),
    ("upgrade", 4),
    ("renewal", 8),
    ("retry", 3),
    ("card", 3),
    ("cancellation", 4),
    ("resumption", 3),
    ("refund", 4),
]


@pytest.mark.parametrize(("name", "ends_at"), DANGEROUS)
def test_death_is_healed(customer: Customer, name: str, ends_at: int) -> None:
    (story,) = (story for story in STORIES if story.name == name)
    assert lives(customer, story, ends_at)


def test_life_without_a_death_comes_to_its_end(customer: Customer) -> None:
    """Else the others would prove nothing."""
    assert not lives(customer, STORIES[0], None)


def test_books_that_disagree_are_noticed(customer: Customer) -> None:
    customer.subscribe("STARTER")
    assert list(disagreements(customer)) == []
    customer.paystack.pay(_foreign(customer))
    assert len(list(disagreements(customer))) == 1
    Payment.objects.update(applied_at=None, invoice=None)
    assert len(list(disagreements(customer))) == 3


def _foreign(customer: Customer) -> str:
    return charging.begin(customer.paystack, email="x@y.example", amount=1_00, currency="USD").reference
