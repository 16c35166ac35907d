import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from billing import clock
from billing.limits import (
    LimitReached,
    Of,
    Taken,
    allowance,
    count,
    release,
    release_storage,
    reserve_book,
    reserve_storage,
    standings,
)
from billing.models import (
    CountedBy,
    Limit,
    Metric,
    Plan,
    Subscription,
    SubscriptionStatus,
    UsageMetric,
    Window,
)
from tenants.models import Group, GroupMember, Membership, Tier

pytestmark = pytest.mark.usefixtures("still_clock")
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
    taken = [reserve_book(organisation.id) for _ in range(10)]
    release(organisation.id, taken[0])
    reserve_book(organisation.id)
    assert allowance(organisation.id, Metric.BOOKS_CREATED).left == 0


def test_nothing_is_released_below_zero(organisation):
    release(organisation.id, Taken(Metric.BOOKS_CREATED, 1, date(2026, 11, 22)))
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
    period = reserve_book(organisation.id).day
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


def limit_books(amount, window=Window.MONTH, **scope):
    return Limit.objects.create(metric=Metric.BOOKS_CREATED, window=window, amount=amount, **scope)


@pytest.fixture
def membership(organisation, member):
    return Membership.objects.select_related("organisation", "user").get(user=member)


def refused(organisation, membership=None):
    with pytest.raises(LimitReached) as refusal:
        reserve_book(organisation.id, membership=membership)
    return refusal.value


# --- days and months -------------------------------------------------------------------------------------


def at(monkeypatch, *moment):
    monkeypatch.setattr(clock, "now", lambda: datetime(*moment, tzinfo=UTC))


def test_a_daily_limit_starts_anew_at_midnight_where_the_organisation_is(organisation, monkeypatch):
    organisation.time_zone = "Pacific/Auckland"  # 13 hours ahead in November
    organisation.save()
    limit_books(1, Window.DAY, plan=organisation.subscription.plan)
    at(monkeypatch, 2026, 11, 22, 10, 59)
    reserve_book(organisation.id)
    refusal = refused(organisation)
    assert (refusal.window, refusal.limit, refusal.left, refusal.renewed_on) == (
        Window.DAY,
        1,
        0,
        date(2026, 11, 23),
    )
    assert "starts anew at midnight" in str(refusal)
    at(monkeypatch, 2026, 11, 22, 11, 0)
    assert reserve_book(organisation.id).day == date(2026, 11, 23)


def test_what_came_to_nothing_is_given_back_to_the_day_it_was_held_in(organisation, monkeypatch):
    limit_books(1, Window.DAY, organisation=organisation)
    at(monkeypatch, 2026, 11, 30, 12)
    taken = reserve_book(organisation.id)
    at(monkeypatch, 2026, 12, 1, 12)
    reserve_book(organisation.id)
    release(organisation.id, Taken.from_json(taken.as_json()))
    refused(organisation)  # today's is still used
    at(monkeypatch, 2026, 11, 30, 13)
    reserve_book(organisation.id)


def test_months_of_a_year_and_its_end(organisation, monkeypatch):
    limit_books(1, organisation=organisation)
    at(monkeypatch, 2026, 12, 31, 23)
    reserve_book(organisation.id)
    assert refused(organisation).renewed_on == date(2027, 1, 1)
    at(monkeypatch, 2027, 1, 1, 0)
    reserve_book(organisation.id)


# --- whose limit ------------------------------------------------------------------------------------------


def test_each_member_of_a_group_may_make_so_many(organisation, member, owner, membership):
    group = Group.objects.create(organisation=organisation, name="Class 3b")
    other = Membership.objects.get(user=owner)
    for one in (membership, other):
        GroupMember.objects.create(group=group, membership=one)
    limit_books(2, group=group)
    for one in (membership, other):
        for _ in range(2):
            reserve_book(organisation.id, membership=one)
        refusal = refused(organisation, one)
        assert (refusal.of, refusal.limit, refusal.left) == (Of.GROUP, 2, 0)
    assert "An owner or admin of your organisation can raise it." in str(refusal)
    assert allowance(organisation.id, Metric.BOOKS_CREATED).used == 4


def test_the_most_generous_group_counts_and_ones_own_limit_before_all(organisation, membership):
    for name, amount in (("Small", 1), ("Large", 3)):
        group = Group.objects.create(organisation=organisation, name=name)
        GroupMember.objects.create(group=group, membership=membership)
        limit_books(amount, group=group)
    for _ in range(3):
        reserve_book(organisation.id, membership=membership)
    assert refused(organisation, membership).limit == 3
    own = limit_books(4, membership=membership)
    reserve_book(organisation.id, membership=membership)
    assert refused(organisation, membership).of == Of.PERSON
    own.amount = None
    own.save()
    reserve_book(organisation.id, membership=membership)


def test_the_highest_tier_counts_ones_own_or_a_groups(organisation, membership):
    basic = Tier.objects.create(organisation=organisation, name="Basic", rank=1)
    premium = Tier.objects.create(organisation=organisation, name="Premium", rank=2)
    limit_books(5, tier=basic)
    limit_books(1, tier=premium)
    membership.tier = basic
    membership.save()
    group = Group.objects.create(organisation=organisation, name="Board", tier=premium)
    GroupMember.objects.create(group=group, membership=membership)
    reserve_book(organisation.id, membership=membership)
    assert refused(organisation, membership).limit == 1


def test_a_single_exception_ends_by_itself(organisation, membership, monkeypatch):
    limit_books(1, organisation=organisation)
    exception = limit_books(5, Window.EVER, organisation=organisation)
    exception.expires_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    exception.save()
    on_plan(organisation, "FREE", books_limit=0)
    at(monkeypatch, 2026, 11, 22, 11, 59)
    reserve_book(organisation.id)
    at(monkeypatch, 2026, 12, 22, 12)
    assert (refused(organisation).of, refused(organisation).limit) == (Of.PLAN, 0)


def test_an_exception_of_the_organisation_goes_before_its_plan(organisation):
    on_plan(organisation, "FREE", books_limit=1)
    limit_books(2, Window.EVER, organisation=organisation)
    reserve_book(organisation.id)
    reserve_book(organisation.id)
    assert refused(organisation).of == Of.ORGANISATION


def test_a_refusal_takes_nothing_anywhere(organisation, membership):
    limit_books(0, Window.DAY, membership=membership)
    refused(organisation, membership)
    assert not UsageMetric.objects.exclude(value=0).exists()


def test_a_paused_subscription_makes_no_books_but_keeps_files(organisation):
    Subscription.objects.filter(organisation=organisation).update(status=SubscriptionStatus.PAUSED)
    refusal = refused(organisation)
    assert refusal.paused
    assert "paused" in str(refusal)
    reserve_storage(organisation.id, 100)


def test_other_peoples_and_other_organisations_limits_do_not_count(
    organisation, other_organisation, membership, other_member
):
    elsewhere = Membership.objects.get(user=other_member)
    limit_books(0, membership=elsewhere)
    limit_books(0, organisation=other_organisation)
    group = Group.objects.create(organisation=other_organisation, name="Theirs")
    limit_books(0, group=group)
    reserve_book(organisation.id, membership=membership)


# --- what it costs, and what it tells ---------------------------------------------------------------------


def test_holding_a_book_takes_one_statement(organisation, membership, django_assert_num_queries):
    limit_books(5, Window.DAY, membership=membership)
    with django_assert_num_queries(1):
        reserve_book(organisation.id, membership=membership)


def test_use_is_counted_for_the_organisation_and_the_person_by_day_month_and_for_ever(
    organisation, membership, monkeypatch
):
    at(monkeypatch, 2026, 11, 22, 12)
    count(organisation.id, Metric.WORDS_WRITTEN, 900, person_id=membership.user_id)
    count(organisation.id, Metric.WORDS_WRITTEN, 100)
    rows = UsageMetric.objects.filter(metric=Metric.WORDS_WRITTEN)
    assert sorted((row.window, str(row.period), row.person_id is None, row.value) for row in rows) == [
        ("DAY", "2026-11-22", False, 900),
        ("DAY", "2026-11-22", True, 1000),
        ("EVER", "1970-01-01", False, 900),
        ("EVER", "1970-01-01", True, 1000),
        ("MONTH", "2026-11-01", False, 900),
        ("MONTH", "2026-11-01", True, 1000),
    ]


def test_standings_list_every_limit_that_applies(organisation, membership):
    limit_books(3, Window.DAY, organisation=organisation)
    limit_books(2, membership=membership)
    reserve_book(organisation.id, membership=membership)
    found = standings(organisation.id, Metric.BOOKS_CREATED, membership)
    assert [(one.of, one.window, one.used, one.limit, one.percent) for one in found] == [
        (Of.PLAN, Window.EVER, 1, 10, 10),
        (Of.ORGANISATION, Window.DAY, 1, 3, 33),
        (Of.PERSON, Window.MONTH, 1, 2, 50),
    ]


# --- at once ----------------------------------------------------------------------------------------------


def at_once(number, doing):
    """`doing` in so many threads at the same moment; what each of them answered."""
    together = threading.Barrier(number)
    results = []

    def run():
        try:
            together.wait(timeout=30)
            results.append(doing())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scope", ["plan", "day", "person"])
def test_thirty_threads_get_exactly_ten_books(organisation, member, scope):
    membership = Membership.objects.get(user=member)
    if scope == "day":
        limit_books(10, Window.DAY, organisation=organisation)
    if scope == "person":
        limit_books(10, Window.DAY, membership=membership)
    if scope != "plan":
        on_plan(organisation, "PRO")

    def commission():
        try:
            reserve_book(organisation.id, membership=membership)
        except LimitReached:
            return "refused"
        return "reserved"

    assert at_once(30, commission) == ["refused"] * 20 + ["reserved"] * 10
    assert allowance(organisation.id, Metric.BOOKS_CREATED).used == 10
