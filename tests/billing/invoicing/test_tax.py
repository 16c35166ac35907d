import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from billing.invoicing.tax import Split, rate_for, split_included, split_share
from billing.models import Seller, TaxRate

MANY = 3000


def test_tax_is_taken_out_of_the_price():
    assert split_included(120_00, basis_points=2000) == Split(total=120_00, tax=20_00)
    assert split_included(19_00, basis_points=750).tax == 133  # 7.5 %: 132.56
    assert split_included(19_00, basis_points=0) == Split(total=19_00, tax=0)


def test_half_a_minor_unit_is_rounded_up_and_mirrored_below_zero():
    assert split_included(3, basis_points=2000).tax == 1  # 0.5
    assert split_included(-3, basis_points=2000).tax == -1


def test_splits_add_up_and_agree_with_exact_arithmetic():
    draw = random.Random(5)
    for _ in range(MANY):
        total, rate = draw.randint(-(10**9), 10**9), draw.choice([0, 1, 550, 750, 1925, 2000, 2700, 9999])
        split = split_included(total, basis_points=rate)
        exact = Decimal(total) * rate / (10_000 + rate)
        assert split.net + split.tax == total
        assert split.tax == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_parts_taken_one_after_another_share_the_tax_exactly():
    draw = random.Random(6)
    for _ in range(MANY // 10):
        whole = split_included(draw.randint(1, 50_000), basis_points=draw.choice([1, 750, 2000, 2700]))
        taken = net = tax = 0
        while taken < whole.total:
            amount = draw.randint(1, whole.total - taken)
            part = split_share(amount, of=whole, before=taken)
            assert part.net >= 0 and part.tax >= 0
            taken, net, tax = taken + amount, net + part.net, tax + part.tax
        assert (net, tax) == (whole.net, whole.tax)


@pytest.mark.parametrize(("amount", "before"), [(101, 0), (1, 100), (-1, 0), (1, -1)])
def test_no_more_is_shared_than_there_is(amount, before):
    with pytest.raises(ValueError, match="of 100 after"):
        split_share(amount, of=Split(total=100, tax=20), before=before)


@pytest.mark.django_db
def test_the_rate_in_force_that_day_counts():
    seller = Seller.objects.get(current=True)
    for points, day in [(500, date(2020, 2, 1)), (750, date(2026, 1, 1)), (1000, date(2027, 1, 1))]:
        TaxRate.objects.create(seller=seller, country="NG", name="VAT", basis_points=points, valid_from=day)
    found = {
        day: rate_for(seller=seller, country="NG", on=day) for day in (date(2025, 12, 31), date(2026, 1, 1))
    }
    assert [rate.basis_points for rate in found.values()] == [500, 750]
    assert rate_for(seller=seller, country="NG", on=date(2019, 1, 1)) is None
    assert rate_for(seller=seller, country="FR", on=date(2026, 1, 1)) is None
    assert rate_for(seller=seller, country="", on=date(2026, 1, 1)) is None
