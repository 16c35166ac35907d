"""Whoever dies, wherever: no money without its effect, and no effect without its money."""

from __future__ import annotations

import pytest

from billing.models import Payment
from sandbox.paystack import charging
from tests.billing.subscriptions.books import disagreements
from tests.billing.subscriptions.lives import Legacy, live
from tests.billing.subscriptions.living import Customer
from tests.billing.subscriptions.stories import STORIES

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
    legacy = live(customer, story, ends_at)
    assert legacy.died
    assert legacy.wrong == []


def test_life_without_a_death_comes_to_its_end(customer: Customer) -> None:
    """Else the others would prove nothing."""
    assert live(customer, STORIES[0], None) == Legacy("", [])


def test_books_that_disagree_are_noticed(customer: Customer) -> None:
    customer.subscribe("STARTER")
    assert list(disagreements(customer)) == []
    customer.paystack.pay(_foreign(customer))
    assert len(list(disagreements(customer))) == 1
    Payment.objects.update(applied_at=None, invoice=None)
    assert len(list(disagreements(customer))) == 3


def _foreign(customer: Customer) -> str:
    return charging.begin(customer.paystack, email="x@y.example", amount=1_00, currency="USD").reference
