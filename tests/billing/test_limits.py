import threading
from datetime import date

import pytest
from django.db import connection

from billing.limits import (
    LimitReached,
    allowance,
    release_book,
    release_storage,
    reserve_book,
    reserve_storage,
)
from billing.models import CountedBy, Metric, Plan, Subscription

GIGABYTE = 1024**3


def on_plan(organisation, code, **changes):
    plan = Plan.objects.get(code=code)
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.save()
    Subscription.objects.filter(organisation=organisation).update(plan=plan)


def test_a_new_organisation_is_on_the_free_plan(organisation):
    assert allowance(organisation.id, Metric.BOOKS_CREATED).left == 10
    assert allowance(organisation.id, Metric.STORAGE_USED).left == GIGABYTE


def test_the_eleventh_book_is_refused_and_says_what_to_do(organisation):
    for _ in range(10):
        reserve_book(organisation.id)
    with pytest.raises(LimitReached) as refusal:
        reserve_book(organisation.id)
    assert refusal.value.metric == Metric.BOOKS_CREATED
    assert (refusal.value.limit, refusal.value.left, refusal.value.renewed_on) == (10, 0, None)
    assert str(refusal.value) == "Your plan’s 10 books have all been used. A larger plan has room for more."


def test_a_released_book_may_be_made_again(organisation):
    for _ in range(10):
        reserve_book(organisation.id)
    release_book(organisation.id)
    reserve_book(organisation.id)
    assert allowance(organisation.id, Metric.BOOKS_CREATED).left == 0


def test_nothing_is_released_below_zero(organisation):
    release_book(organisation.id)
    assert allowance(organisation.id, Metric.BOOKS_CREATED).used == 0


def test_one_organisations_books_do_not_count_for_another(organisation, other_organisation):
    for _ in range(10):
        reserve_book(organisation.id)
    reserve_book(other_organisation.id)
    assert allowance(other_organisation.id, Metric.BOOKS_CREATED).left == 9


def test_an_unlimited_plan_has_no_end(organisation):
    on_plan(organisation, "PRO")
    for _ in range(11):
        reserve_book(organisation.id)
    found = allowance(organisation.id, Metric.BOOKS_CREATED)
    assert (found.used, found.limit, found.left) == (11, None, None)


def test_a_monthly_allowance_says_when_it_is_renewed(organisation):
    on_plan(organisation, "FREE", books_counted_by=CountedBy.MONTH, books_limit=1)
    period = reserve_book(organisation.id)
    with pytest.raises(LimitReached) as refusal:
        reserve_book(organisation.id)
    month = period.month % 12 + 1
    assert refusal.value.renewed_on == date(period.year + (month == 1), month, 1)
    assert "New ones come on" in str(refusal.value)


def test_storage_is_counted_in_bytes(organisation):
    reserve_storage(organisation.id, GIGABYTE - 100)
    with pytest.raises(LimitReached) as refusal:
        reserve_storage(organisation.id, 101)
    assert refusal.value.left == 100
    reserve_storage(organisation.id, 100)
    release_storage(organisation.id, GIGABYTE)
    assert allowance(organisation.id, Metric.STORAGE_USED).used == 0


@pytest.mark.django_db(transaction=True)
def test_thirty_threads_get_exactly_ten_books(organisation):
    together = threading.Barrier(30)
    results = []

    def commission():
        try:
            together.wait(timeout=30)
            reserve_book(organisation.id)
            results.append("reserved")
        except LimitReached:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=commission) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused"] * 20 + ["reserved"] * 10
    assert allowance(organisation.id, Metric.BOOKS_CREATED).used == 10
