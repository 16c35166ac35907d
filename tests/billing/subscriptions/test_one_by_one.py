"""One payment that cannot be settled keeps none of the others waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing import clock
from billing.models import Payment
from billing.subscriptions import checkout, settling
from billing.subscriptions.one_by_one import one_by_one
from tenants.models import Organisation
from tests.billing.subscriptions.living import BACK, Customer, price
from tests.factories.billing import make_payment


def test_a_payment_that_cannot_be_settled_stops_no_other(
    customer: Customer, other_organisation: Organisation
) -> None:
    page = checkout.start_checkout(membership=customer.membership, price=price("STARTER"), return_url=BACK)
    customer.paystack.pay(page.reference)
    odd = make_payment(
        other_organisation, reference="oct-odd", status="PENDING", test_mode=True, paid_at=None
    )
    known = customer.paystack.world.transactions
    known[odd.reference] = known[page.reference]  # the answer is about another payment
    for reference, age in ((page.reference, 60), (odd.reference, 5)):  # the odd one comes first
        made = clock.now() - timedelta(minutes=age)
        Payment.objects.filter(reference=reference).update(created_at=made)
    settling.settle_open()
    assert customer.plan == "STARTER"


def test_what_was_raised_is_logged_with_its_row(caplog: pytest.LogCaptureFixture) -> None:
    assert one_by_one(lambda number: 1 // number, [0, 1, 2]) == 1
    (told,) = caplog.records
    assert (told.levelname, vars(told)["row"]) == ("ERROR", "0")
