"""Pages of what is used, limited and spent."""

from __future__ import annotations

from typing import Any

import pytest

from billing import limits, pricing
from billing.models import Budget, Limit, Metric, Subscription, Window
from billing.plans import offered_plan
from billing.prices import forget_prices
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Group, GroupMember, Membership, Organisation, Role, Tier
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.queries import queries_of
from tests.web.conftest import tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def page_of_owner(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def page_of_member(organisation: Organisation, member: User) -> HostClient:
    return HostClient(organisation).sign_in(member)


@pytest.fixture
def membership(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.select_related("organisation", "user").get(user=member)


def text_of(response: Any) -> str:
    """What is read on the page, its pieces apart by one space."""
    return " ".join(" ".join(tree(response).itertext()).split())


def on(organisation: Organisation, code: str) -> None:
    Subscription.objects.filter(organisation=organisation).update(plan=offered_plan(code))


# --- what is used -------------------------------------------------------------------------------------------


def test_a_member_sees_what_is_left_for_all_and_for_themselves(
    page_of_member: HostClient, organisation: Organisation, membership: Membership
) -> None:
    Limit.objects.create(membership=membership, metric=Metric.BOOKS_CREATED, window=Window.DAY, amount=2)
    limits.reserve_book(organisation.pk, membership=membership)
    page = text_of(page_of_member.get("/usage/"))
    assert "Books of the organisation 1 of 10" in page
    assert "Books of yours, today 1 of 2" in page
    assert "People and groups" not in page


def test_the_month_is_told_with_a_forecast_and_the_days_as_bars_and_table(
    page_of_owner: HostClient, organisation: Organisation
) -> None:
    limits.count(organisation.pk, Metric.WORDS_WRITTEN, 12_345)
    answer = page_of_owner.get("/usage/?metric=WORDS_WRITTEN")
    page = text_of(answer)
    assert "Words written 12,345" in page
    assert "at most 12,345 on one day" in page
    assert answer.content.decode().count('<rect class="chart-bar"') == 30


@pytest.mark.parametrize("metric", ["", "nonsense", "TOKENS_USED", "STORAGE_USED"])
def test_a_metric_that_is_not_shown_is_books(page_of_owner: HostClient, metric: str) -> None:
    assert page_of_owner.get(f"/usage/?metric={metric}").context["metric"] == Metric.BOOKS_CREATED


def test_people_and_groups_with_what_they_used(
    page_of_owner: HostClient, organisation: Organisation, membership: Membership
) -> None:
    group = Group.objects.create(organisation=organisation, name="Class 3b")
    GroupMember.objects.create(group=group, membership=membership)
    limits.reserve_book(organisation.pk, membership=membership)
    limits.count(organisation.pk, Metric.WORDS_WRITTEN, 900, person_id=membership.user_id)
    page = text_of(page_of_owner.get("/usage/people/"))
    assert "Class 3b 1 900 0" in page
    assert "Max Member 1 900 0" in page


def test_people_take_the_same_queries_for_3_as_for_30(
    page_of_owner: HostClient, organisation: Organisation, membership: Membership
) -> None:
    few = queries_of(page_of_owner, "/usage/people/")
    for number in range(27):
        other = Membership.objects.create(organisation=organisation, user=UserFactory(), role=Role.MEMBER)
        Group.objects.create(organisation=organisation, name=f"Group {number}")
        limits.reserve_storage(organisation.pk, 1)
        limits.count(organisation.pk, Metric.WORDS_WRITTEN, 5, person_id=other.user_id)
    assert queries_of(page_of_owner, "/usage/people/") == few


def test_guests_see_nothing_of_it(organisation: Organisation) -> None:
    guest = UserFactory()
    Membership.objects.create(organisation=organisation, user=guest, role=Role.GUEST)
    assert HostClient(organisation).sign_in(guest).get("/usage/").status_code == 403


# --- limits -------------------------------------------------------------------------------------------------


def sent(scope: str, email: str = "", **changes: Any) -> dict[str, Any]:
    given = {"metric": "BOOKS_CREATED", "window": "DAY", "amount": "2", **changes}
    return {"scope": scope, "email": email, **given}


def test_a_limit_is_set_for_a_group_a_tier_and_a_member_and_counts(
    page_of_owner: HostClient, organisation: Organisation, membership: Membership
) -> None:
    on(organisation, "PRO")
    group = Group.objects.create(organisation=organisation, name="Class 3b")
    tier = Tier.objects.create(organisation=organisation, name="Basic", rank=1)
    for whom in ((f"group:{group.pk}",), (f"tier:{tier.pk}",), ("member", membership.user.email.upper())):
        answer = page_of_owner.post("/usage/limits/", sent(*whom, amount="1"), follow=True)
        assert "The limit counts from now on." in text_of(answer)
    page = text_of(page_of_owner.get("/usage/limits/"))
    for words in ("Each member of Class 3b", "Each member with the tier Basic", "Max Member"):
        assert words in page
    limits.reserve_book(organisation.pk, membership=membership)
    with pytest.raises(limits.LimitReached):
        limits.reserve_book(organisation.pk, membership=membership)
    assert ActivityLog.objects.filter(action="limit.changed").count() == 3


def test_setting_it_again_replaces_it(
    page_of_owner: HostClient, organisation: Organisation, membership: Membership
) -> None:
    on(organisation, "PRO")
    for amount in ("2", ""):
        page_of_owner.post("/usage/limits/", sent("member", membership.user.email, amount=amount))
    assert Limit.objects.get().amount is None


def test_a_limit_is_removed(
    page_of_owner: HostClient, organisation: Organisation, membership: Membership
) -> None:
    limit = Limit.objects.create(
        membership=membership, metric=Metric.BOOKS_CREATED, window=Window.DAY, amount=0
    )
    answer = page_of_owner.post(f"/usage/limits/{limit.pk}/remove/", follow=True)
    assert "The limit is gone." in text_of(answer)
    limits.reserve_book(organisation.pk, membership=membership)


def test_members_are_not_listed(page_of_owner: HostClient, organisation: Organisation) -> None:
    """There may be thousands."""
    on(organisation, "PRO")
    user = UserFactory(name="Nobody Listed")
    Membership.objects.create(organisation=organisation, user=user, role=Role.MEMBER)
    page = page_of_owner.get("/usage/limits/").content.decode()
    assert "One member" in page
    assert user.name not in page
    assert user.email not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"scope": ""},
        {"scope": "group:nonsense"},
        {"scope": "organisation:1"},
        {"email": ""},
        {"email": "nonsense"},
        {"email": "nobody@acme.example"},
        {"metric": "STORAGE_USED"},
        {"window": "YEAR"},
        {"amount": "-1"},
        {"amount": "many"},
    ],
)
def test_a_bad_limit_is_refused(
    page_of_owner: HostClient,
    organisation: Organisation,
    membership: Membership,
    changes: dict[str, str],
) -> None:
    on(organisation, "PRO")
    answer = page_of_owner.post("/usage/limits/", sent("member", membership.user.email) | changes)
    assert answer.status_code == 422
    assert not Limit.objects.exists()


def test_other_organisations_groups_and_limits_are_out_of_reach(
    page_of_owner: HostClient,
    organisation: Organisation,
    other_organisation: Organisation,
    other_member: User,
) -> None:
    on(organisation, "PRO")
    answer = page_of_owner.post("/usage/limits/", sent("member", other_member.email))
    assert "No member here has this address." in text_of(answer)
    theirs = Group.objects.create(organisation=other_organisation, name="Theirs")
    assert page_of_owner.post("/usage/limits/", sent(f"group:{theirs.pk}")).status_code == 422
    limit = Limit.objects.create(group=theirs, metric=Metric.API_CALLS, window=Window.DAY, amount=0)
    exception = Limit.objects.create(
        organisation=organisation, metric=Metric.BOOKS_CREATED, window=Window.EVER, amount=1
    )
    for one in (limit, exception):
        assert page_of_owner.post(f"/usage/limits/{one.pk}/remove/").status_code == 404
    assert Limit.objects.count() == 2


def test_a_plan_without_them_says_so(
    page_of_owner: HostClient, organisation: Organisation, membership: Membership
) -> None:
    assert "See the plans" in text_of(page_of_owner.get("/usage/limits/"))
    answer = page_of_owner.post("/usage/limits/", sent("member", membership.user.email))
    assert (answer.status_code, "This comes with the plan Pro." in text_of(answer)) == (422, True)
    assert not Limit.objects.exists()


# --- costs and budget ---------------------------------------------------------------------------------------


def test_no_costs_are_told_as_such(page_of_owner: HostClient) -> None:
    page = text_of(page_of_owner.get("/usage/costs/"))
    assert "No call of a model has cost anything this month." in page
    assert "There is no budget" in page


def test_costs_of_the_month_and_of_the_book(
    page_of_owner: HostClient,
    page_of_member: HostClient,
    organisation: Organisation,
    membership: Membership,
    super_admin: User,
) -> None:
    from generation.commission import commission_book
    from tests.billing.test_costs import Used, call

    rates = pricing.Rates(input_micros=2_500_000, cached_micros=0, output_micros=0, picture_micros=0)
    pricing.set_price(by=super_admin, provider="studio", model="writer", rates=rates)
    forget_prices()
    with entered(organisation):
        book, job = commission_book(membership=membership, topic="Bees", kind="guide")
    call(organisation, job=job.pk, used=Used(input_tokens=1_000_000))
    call(organisation, used=Used(input_tokens=2_000_000))
    forget_prices()
    assert "7.50 USD" in text_of(page_of_owner.get("/usage/costs/"))
    for reader in (page_of_owner, page_of_member):
        page = text_of(reader.get(f"/books/{book.pk}/cost/"))
        assert "Chapters studio writer 1 1,000,000 0 0 2.50 USD" in page


def test_a_budget_is_set_and_ended(page_of_owner: HostClient, organisation: Organisation) -> None:
    page_of_owner.post("/usage/costs/budget/", {"limit": "12.34", "warn_percent": "90"})
    budget = Budget.objects.get(organisation=organisation)
    assert (budget.limit_micros, budget.warn_percent) == (12_340_000, 90)
    assert 'value="12.34"' in page_of_owner.get("/usage/costs/").content.decode()
    page_of_owner.post("/usage/costs/budget/", {"limit": "", "warn_percent": "90"})
    assert Budget.objects.get(organisation=organisation).limit_micros is None


@pytest.mark.parametrize(
    "changes", [{"limit": "0"}, {"limit": "-1"}, {"limit": "1.234"}, {"limit": "x"}, {"warn_percent": "101"}]
)
def test_a_bad_budget_is_refused(page_of_owner: HostClient, changes: dict[str, str]) -> None:
    answer = page_of_owner.post("/usage/costs/budget/", {"limit": "10", "warn_percent": "80"} | changes)
    assert answer.status_code == 422
    assert not Budget.objects.exists()
