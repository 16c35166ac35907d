"""What is used, limited and spent, over REST."""

from __future__ import annotations

from typing import Any

import pytest

from api.faults import FAULTS
from billing import limits
from billing.models import Budget, Limit, Metric, Subscription, Window
from billing.plans import offered_plan
from tenants.accounts.models import User
from tenants.models import Group, Membership, Organisation
from tests.conftest import HostClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

URL = "/api/v1"
LIMIT = {"metric": "BOOKS_CREATED", "window": "DAY", "amount": 2}


@pytest.fixture
def of_owner(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def membership(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.select_related("organisation", "user").get(user=member)


@pytest.fixture
def pro(organisation: Organisation) -> None:
    Subscription.objects.filter(organisation=organisation).update(plan=offered_plan("PRO"))


def send(client: HostClient, method: str, path: str, body: Any) -> Any:
    return getattr(client, method)(f"{URL}/{path}/", body, content_type="application/json")


def test_usage_tells_the_month_and_every_limit(
    organisation: Organisation, member: User, membership: Membership
) -> None:
    Limit.objects.create(membership=membership, metric=Metric.BOOKS_CREATED, window=Window.DAY, amount=2)
    limits.reserve_book(organisation.pk, membership=membership)
    answer = HostClient(organisation).sign_in(member).get(f"{URL}/usage/").json()
    assert {"metric": "BOOKS_CREATED", "value": 1}.items() <= answer["month"][0].items()
    books = [row for row in answer["standings"] if row["metric"] == "BOOKS_CREATED"]
    assert [(row["of"], row["window"], row["used"], row["limit"], row["left"]) for row in books] == [
        ("plan", "EVER", 1, 10, 9),
        ("person", "DAY", 1, 2, 1),
    ]


def test_a_limit_is_set_read_and_removed(of_owner: HostClient, organisation: Organisation, pro: None) -> None:
    group = Group.objects.create(organisation=organisation, name="Class 3b")
    made = send(of_owner, "post", "limits", LIMIT | {"group": str(group.pk)})
    assert made.status_code == 201
    one = made.json()
    assert (one["group"], one["tier"], one["amount"]) == (str(group.pk), None, 2)
    assert of_owner.get(f"{URL}/limits/").json()["results"] == [one]
    assert of_owner.get(f"{URL}/limits/{one['id']}/").json() == one
    assert of_owner.delete(f"{URL}/limits/{one['id']}/").status_code == 204
    assert not Limit.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"group": "nonsense"},
        {"tier": "00000000-0000-7000-8000-000000000000", "member": "00000000-0000-7000-8000-000000000000"},
        {"amount": -1},
        {"metric": "STORAGE_USED"},
        {"window": "YEAR"},
    ],
)
def test_a_bad_limit_is_a_problem(of_owner: HostClient, pro: None, changes: dict[str, Any]) -> None:
    answer = send(of_owner, "post", "limits", LIMIT | changes)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_other_organisations_groups_are_not_found(
    of_owner: HostClient, other_organisation: Organisation, pro: None
) -> None:
    theirs = Group.objects.create(organisation=other_organisation, name="Theirs")
    assert send(of_owner, "post", "limits", LIMIT | {"group": str(theirs.pk)}).status_code == 404


def test_a_plan_without_limits_for_members_is_a_402(of_owner: HostClient, membership: Membership) -> None:
    answer = send(of_owner, "post", "limits", LIMIT | {"member": str(membership.pk)})
    assert (answer.status_code, answer.json()["type"]) == (402, FAULTS["not-in-plan"].type)


def test_budget_and_costs(of_owner: HostClient, organisation: Organisation) -> None:
    assert of_owner.get(f"{URL}/budget/").json()["limit_micros"] is None
    assert send(of_owner, "put", "budget", {"limit_micros": 5_000_000}).json()["warn_percent"] == 80
    assert Budget.objects.get(organisation=organisation).limit_micros == 5_000_000
    assert send(of_owner, "put", "budget", {"limit_micros": 0}).status_code == 400
    costs = of_owner.get(f"{URL}/costs/").json()
    assert costs == {"cost_micros": 0, "reserved_micros": 0, "unknown_micros": 0, "lines": []}


def test_members_may_not_limit_or_see_costs(organisation: Organisation, member: User) -> None:
    client = HostClient(organisation).sign_in(member)
    for path in ("limits", "costs", "budget"):
        assert client.get(f"{URL}/{path}/").status_code == 403
