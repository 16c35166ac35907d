"""The organisations that one belongs to, over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.api.conftest import Errors
from tests.api.described import faults_of_answer
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, issue_key
from tests.factories.tenants import MembershipFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/organisations/"


def join(user: User, *, number: int, role: str = Role.MEMBER, **fields: Any) -> Organisation:
    one: Organisation = Organisation.objects.create(name=f"Press {number}", slug=f"press-{number}", **fields)
    MembershipFactory(user=user, organisation=one, role=role)
    return one


def told(client: HostClient, query: str = "") -> list[tuple[str, str, str]]:
    answer = client.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200, answer.content
    return [(one["name"], one["role"], one["status"]) for one in answer.json()["results"]]


@pytest.fixture
def several(owner: User) -> list[Organisation]:
    """Two more of Ada's, beside Acme, and one of somebody else's."""
    Organisation.objects.create(name="Not hers", slug="not-hers")
    return [join(owner, number=1, role=Role.GUEST), join(owner, number=2, status="SUSPENDED")]


@pytest.fixture
def on_platform(owner: User) -> HostClient:
    return HostClient().sign_in(owner)


ALL = [("Press 2", "MEMBER", "SUSPENDED"), ("Press 1", "GUEST", "ACTIVE"), ("Acme", "OWNER", "ACTIVE")]


def test_session_sees_all_of_them_on_either_host(
    owner_client: HostClient, on_platform: HostClient, several: list[Organisation]
) -> None:
    assert told(owner_client) == told(on_platform) == ALL
    assert told(on_platform, "?status=ACTIVE&role=OWNER") == ALL[2:]
    (first, *_others) = on_platform.get(f"{ADDRESS}?limit=1&fields=id,url,delete_at").json()["results"]
    assert first == {"id": str(several[1].pk), "url": several[1].url(), "delete_at": None}


def test_pages_and_tags_are_those_of_all_lists(on_platform: HostClient, several: list[Organisation]) -> None:
    page = on_platform.get(f"{ADDRESS}?limit=2&ordering=created_at")
    assert [one["name"] for one in page.json()["results"]] == ["Acme", "Press 1"]
    assert told(on_platform, page.json()["next"].partition(ADDRESS)[2]) == ALL[:1]
    assert (
        on_platform.get(page.wsgi_request.get_full_path(), HTTP_IF_NONE_MATCH=page["ETag"]).status_code == 304
    )
    assert faults_of_answer("organisations_list", page) == []


def test_key_sees_its_own_alone(owning: Membership, several: list[Organisation]) -> None:
    program = KeyClient(issue_key(owning, "profile:read").secret)
    assert told(program) == ALL[2:]
    assert KeyClient(issue_key(owning, "organisation:read").secret).get(ADDRESS).status_code == 403


def test_whoever_is_not_signed_in_is_asked_who_they_are(
    platform_client: HostClient, client: HostClient, owner_client: HostClient, errors: Errors
) -> None:
    assert list(errors(owner_client.get(f"{ADDRESS}?role=KING"))) == ["role"]
    for nobody in (platform_client, client):
        assert errors(nobody.get(ADDRESS), 401) == {}
    platform_client.cookies = owner_client.cookies  # of a session on an organisation's host
    assert errors(platform_client.get(ADDRESS), 401) == {}


def test_platforms_host_takes_sessions_for_nothing_else(on_platform: HostClient) -> None:
    for address in ("/api/v1/profile/", "/api/v1/books/"):
        assert on_platform.get(address).status_code == 401
    assert on_platform.post(ADDRESS).status_code in (403, 405)


def test_many_cost_no_more_queries_than_few(on_platform: HostClient, owner: User) -> None:
    join(owner, number=1)
    few = queries_of(on_platform, ADDRESS)
    for number in range(2, 8):
        join(owner, number=number)
    assert queries_of(on_platform, ADDRESS) == few
