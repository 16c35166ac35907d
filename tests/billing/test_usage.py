"""What was used, and who is told when it nears a limit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from billing import clock, ledger, limits, usage
from billing.models import Limit, Metric, Plan, UsageAlert, Window
from notifications.models import Kind, Notification
from tenants.accounts.models import User
from tenants.keys import uuid7
from tenants.models import Group, GroupMember, Membership

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def at(monkeypatch):
    """Sets billing's clock."""

    def set_clock(*moment):
        monkeypatch.setattr(clock, "now", lambda: datetime(*moment, tzinfo=UTC))

    return set_clock


@pytest.fixture
def membership(organisation, member):
    return Membership.objects.select_related("organisation", "user").get(user=member)


def told(kind):
    rows = Notification.objects.filter(kind=kind).select_related("user")
    return [(row.user.email, row.words.title) for row in rows]


# --- alerts ------------------------------------------------------------------------------------------------


def test_owners_and_admins_are_told_once_at_80_and_at_100_percent(organisation, owner, member):
    taken = [limits.reserve_book(organisation.id) for _ in range(8)]
    assert told(Kind.USAGE_NEARING) == [("ada@acme.example", "80 % of your books are used")]
    limits.release(organisation.id, taken[0])
    for _ in range(2):
        limits.reserve_book(organisation.id)
    assert len(told(Kind.USAGE_NEARING)) == 1
    assert told(Kind.USAGE_REACHED) == []
    limits.reserve_book(organisation.id)
    assert told(Kind.USAGE_REACHED) == [("ada@acme.example", "100 % of your books are used")]


def test_a_raised_limit_may_be_told_of_again(organisation, owner):
    for _ in range(8):
        limits.reserve_book(organisation.id)
    Plan.objects.filter(code="FREE").update(books_limit=20)
    for _ in range(8):
        limits.reserve_book(organisation.id)
    assert [row.cap for row in UsageAlert.objects.order_by("cap")] == [10, 20]
    assert len(told(Kind.USAGE_NEARING)) == 2


def test_what_crosses_both_at_once_is_told_as_reached_alone(organisation, owner):
    limits.reserve_storage(organisation.id, 1024**3)
    assert told(Kind.USAGE_NEARING) == []
    ((_, title),) = told(Kind.USAGE_REACHED)
    assert title == "100 % of your storage is used"
    (row,) = Notification.objects.all()
    assert row.words.body == "100 % of 1.0 GB. A larger plan has room for more."


def test_a_refused_holding_tells_nobody(organisation, owner):
    with pytest.raises(limits.LimitReached):
        limits.reserve_storage(organisation.id, 1024**3 + 1)
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("before", "now", "cap", "expected"),
    [(0, 7, 10, []), (7, 8, 10, [80]), (8, 9, 10, []), (9, 10, 10, [100]), (0, 10, 10, [100]), (0, 0, 0, [])],
)
def test_percentages_that_are_crossed(before, now, cap, expected):
    from billing.alerts import crossed

    assert list(crossed(before=before, now=now, cap=cap)) == expected


# --- statistics --------------------------------------------------------------------------------------------


def test_use_of_the_month_and_of_today(organisation, membership, at):
    at(2026, 11, 1, 12)
    limits.reserve_book(organisation.id, membership=membership)
    at(2026, 11, 22, 12)
    limits.reserve_book(organisation.id, membership=membership)
    limits.reserve_storage(organisation.id, 500)
    limits.count(organisation.id, Metric.WORDS_WRITTEN, 900, person_id=membership.user_id)
    month = usage.used(organisation, Window.MONTH)
    assert (month[Metric.BOOKS_CREATED], month[Metric.WORDS_WRITTEN], month[Metric.STORAGE_USED]) == (
        2,
        900,
        500,
    )
    assert usage.used(organisation, Window.DAY)[Metric.BOOKS_CREATED] == 1


def test_days_without_use_are_there_with_nothing(organisation, at):
    at(2026, 11, 20, 12)
    limits.reserve_book(organisation.id)
    at(2026, 11, 22, 12)
    limits.reserve_book(organisation.id)
    days = usage.by_day(organisation, Metric.BOOKS_CREATED, days=4)
    assert [(day.day.day, day.value) for day in days] == [(19, 0), (20, 1), (21, 0), (22, 1)]


def test_a_forecast_goes_on_as_it_has(organisation, at):
    at(2026, 11, 15, 12)
    assert usage.forecast(organisation, Metric.BOOKS_CREATED, used_this_month=7) == 14
    at(2026, 11, 30, 12)
    assert usage.forecast(organisation, Metric.BOOKS_CREATED, used_this_month=7) == 7


def test_people_and_groups_are_added_up(organisation, membership, owner):
    other = Membership.objects.get(user=owner)
    group = Group.objects.create(organisation=organisation, name="Class 3b")
    for one in (membership, other):
        GroupMember.objects.create(group=group, membership=one)
        limits.reserve_book(organisation.id, membership=one)
    limits.reserve_book(organisation.id, membership=other)
    people = usage.by_person(organisation, Window.MONTH)
    assert people == {
        membership.user_id: {Metric.BOOKS_CREATED: 1},
        other.user_id: {Metric.BOOKS_CREATED: 2},
    }
    assert usage.by_group(organisation, people) == {group.pk: {Metric.BOOKS_CREATED: 3}}


def test_who_has_left_the_platform_is_counted_for_the_organisation_alone(organisation):
    limits.count(organisation.id, Metric.WORDS_WRITTEN, 5, person_id=uuid7())
    assert usage.used(organisation, Window.EVER)[Metric.WORDS_WRITTEN] == 5
    assert usage.by_person(organisation, Window.EVER) == {}


def test_use_is_counted_where_the_organisation_is(organisation, at):
    organisation.time_zone = "Pacific/Auckland"
    organisation.save()
    at(2026, 11, 30, 11, 0)  # the first of December there
    limits.count(organisation.id, Metric.WORDS_WRITTEN, 5)
    (today,) = usage.by_day(organisation, Metric.WORDS_WRITTEN, days=1)
    assert (today.day, today.value) == (date(2026, 12, 1), 5)


def test_tokens_are_those_of_the_ledger(organisation, at, django_assert_num_queries):
    class Used:
        provider, model, remote_id = "openai", "m", ""
        input_tokens, cached_tokens, output_tokens, pictures = 100, 40, 30, 0

    for fence in (1, 2):
        step = uuid7()
        ledger.reserve(
            organisation_id=organisation.id,
            reservations=[ledger.Reservation(step, fence, uuid7(), "generation.chapter", "openai", 10)],
        )
        if fence == 1:
            ledger.settle(step_id=step, fence=fence, used=Used())
    with django_assert_num_queries(2):
        assert usage.used(organisation, Window.MONTH)[Metric.TOKENS_USED] == 130


def test_erasing_a_person_keeps_the_organisations_count(organisation, membership):
    limits.reserve_book(organisation.id, membership=membership)
    User.objects.filter(pk=membership.user_id).delete()
    assert limits.allowance(organisation.id, Metric.BOOKS_CREATED).used == 1
    assert usage.by_person(organisation, Window.EVER) == {}


def test_an_exception_of_a_removed_member_goes_with_them(organisation, membership):
    Limit.objects.create(membership=membership, metric=Metric.BOOKS_CREATED, window=Window.DAY, amount=1)
    membership.delete()
    assert not Limit.objects.exists()
