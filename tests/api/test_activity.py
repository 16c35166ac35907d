"""The activity log over REST."""

from __future__ import annotations

from typing import Any

import pytest

from insights import record
from insights.actions import Action
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.conftest import HostClient
from tests.queries import queries_of

ACTIVITY = "/api/v1/activity/"


@pytest.fixture
def log(
    organisation: Organisation, other_organisation: Organisation, owning: Membership, plain: Membership
) -> None:
    with entered(organisation):
        record(Action.BOOK_FINISHED, actor=owning.user, resource=organisation, details={"words": 900})
        record(Action.MEMBER_JOINED, actor=plain.user, resource=organisation)
    with entered(other_organisation):
        record(Action.BOOK_FINISHED, actor=plain.user, resource=other_organisation)
    record(Action.SIGNED_IN, actor=plain.user, resource=plain.user)


def actions(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [line["action"] for line in response.json()["results"]]


def test_activity_is_told_whole(admin_client: HostClient, log: None, owner: User) -> None:
    line = admin_client.get(f"{ACTIVITY}?subject=book").json()["results"][0]
    assert line.pop("id")
    assert line.pop("created_at")
    assert line.pop("resource_id")
    assert line == {
        "action": "book.finished",
        "sentence": "The book was finished",
        "actor": str(owner.pk),
        "actor_name": "Ada Owner",
        "resource_type": "tenants.organisation",
        "resource_name": "Acme",
        "details": {"words": 900},
        "ip_address": None,
    }


def test_activity_is_filtered(admin_client: HostClient, log: None, member: User, errors: Any) -> None:
    assert actions(admin_client.get(ACTIVITY)) == ["member.joined", "book.finished"]
    assert actions(admin_client.get(f"{ACTIVITY}?actor={member.pk}")) == ["member.joined"]
    assert actions(admin_client.get(f"{ACTIVITY}?until=2020-01-01")) == []
    assert actions(admin_client.get(f"{ACTIVITY}?since=2020-01-01&subject=member")) == ["member.joined"]
    for query, field in (("subject=cake", "subject"), ("actor=me", "actor"), ("since=soon", "since")):
        assert list(errors(admin_client.get(f"{ACTIVITY}?{query}"))) == [field]


def test_members_see_their_own_part(member_client: HostClient, log: None) -> None:
    assert member_client.get(ACTIVITY).status_code == 403
    own = {"user.signed_in", "member.joined"}  # here and outside any organisation, not in the other one
    assert {*actions(member_client.get(f"{ACTIVITY}me/"))} == own
    assert actions(member_client.get(f"{ACTIVITY}me/?subject=member")) == ["member.joined"]


def test_activity_costs_the_same_for_many(
    admin_client: HostClient, log: None, organisation: Organisation
) -> None:
    few = queries_of(admin_client, ACTIVITY)
    with entered(organisation):
        for _line in range(20):
            record(Action.BOOK_FINISHED, actor=None, resource=organisation)
    assert queries_of(admin_client, ACTIVITY) == few
