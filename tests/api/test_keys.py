"""Keys over REST: making, listing, rotating, revoking, and the log of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.models import Plan
from tenants.api_keys import request_log
from tenants.api_keys.models import ApiKey
from tenants.api_keys.tokens import digest_of, is_well_formed
from tenants.models import Membership
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, make_key
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

KEYS = "/api/v1/keys/"
REQUESTS = "/api/v1/requests/"
Errors = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    request_log._waiting.clear()
    yield
    request_log._waiting.clear()


def post(client: HostClient, address: str, body: dict[str, Any]) -> Any:
    return client.post(address, body, content_type="application/json")


def test_making_one(owner_client: HostClient, owning: Membership) -> None:
    wanted = {"name": "Shop", "scopes": ["jobs:read", "books:read"], "addresses": ["203.0.113.7"]}
    answer = post(owner_client, KEYS, wanted)
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    made = answer.json()
    assert is_well_formed(made["secret"])
    assert made["secret"].startswith(made["prefix"])
    assert (made["scopes"], made["addresses"]) == (["books:read", "jobs:read"], ["203.0.113.7/32"])
    assert made["member"] == str(owning.pk)
    assert ApiKey.objects.get().digest == digest_of(made["secret"])
    listed = owner_client.get(KEYS).json()["results"]
    assert [one["name"] for one in listed] == ["Shop"]
    assert made["secret"] not in owner_client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["books:eat"]}, "scopes.0"),
        ({"addresses": ["300.1.1.1"]}, "addresses"),
        ({"addresses": ["203.0.113.0/33"]}, "addresses"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"per_minute": 0}, "per_minute"),
    ],
)
def test_what_makes_no_sense(
    owner_client: HostClient, errors: Errors, wrong: dict[str, Any], field: str
) -> None:
    wanted = {"name": "Shop", "scopes": ["books:read"], **wrong}
    assert field in errors(post(owner_client, KEYS, wanted))
    assert not ApiKey.objects.exists()


def test_plan_without_keys(owner_client: HostClient) -> None:
    Plan.objects.update(features=[])
    assert post(owner_client, KEYS, {"name": "Shop", "scopes": ["books:read"]}).status_code == 402


@pytest.mark.parametrize(
    ("own", "wanted", "field"),
    [
        ({}, {"scopes": ["books:write"]}, "scopes"),
        ({"expires_at": timezone.now() + timedelta(days=2)}, {}, "expires_at"),
        ({"per_minute": 5}, {"per_minute": 6}, "per_minute"),
        ({"per_minute": 5}, {}, "per_minute"),
        ({"addresses": ["127.0.0.0/8"]}, {"addresses": ["127.0.0.0/7"]}, "addresses"),
        ({"addresses": ["127.0.0.0/8"]}, {"addresses": ["::1"]}, "addresses"),
        ({"addresses": ["127.0.0.0/8"]}, {}, "addresses"),
    ],
)
def test_key_makes_none_that_may_more(
    owning: Membership, errors: Errors, own: dict[str, Any], wanted: dict[str, Any], field: str
) -> None:
    program = KeyClient(make_key(owning, "keys:write", "books:read", **own).secret)
    asked = {"name": "Child", "scopes": ["books:read"], **wanted}
    assert field in errors(post(program, KEYS, asked))


def test_key_makes_a_lesser_one(owning: Membership) -> None:
    program = KeyClient(make_key(owning, "keys:write", "books:read", addresses=["127.0.0.0/8"]).secret)
    asked = {"name": "Child", "scopes": ["books:read"], "addresses": ["127.0.0.1"]}
    answer = post(program, KEYS, asked)
    assert answer.status_code == 201
    assert KeyClient(answer.json()["secret"]).get("/api/v1/books/").status_code == 200


def test_key_rotates_none_that_may_more(owning: Membership, errors: Errors) -> None:
    weak, strong = make_key(owning, "keys:write"), make_key(owning, "books:read")
    assert "scopes" in errors(post(KeyClient(weak.secret), f"{KEYS}{strong.key.pk}/rotate/", {}))


def test_rotating(owner_client: HostClient, owning: Membership) -> None:
    old = make_key(owning, "books:read", name="Shop")
    answer = post(owner_client, f"{KEYS}{old.key.pk}/rotate/", {"overlap_hours": 1})
    assert answer.status_code == 201
    made = answer.json()
    assert (made["name"], made["scopes"], made["rotated_from"]) == ("Shop", ["books:read"], str(old.key.pk))
    assert owner_client.get(f"{KEYS}{old.key.pk}/").json()["state"] == "ENDING"
    assert post(owner_client, f"{KEYS}{old.key.pk}/rotate/", {}).status_code == 400  # once is enough


def test_secret_of_another_member_is_not_ones_own(admin_client: HostClient, owning: Membership) -> None:
    """An admin could act as an owner."""
    key = make_key(owning).key
    assert post(admin_client, f"{KEYS}{key.pk}/rotate/", {}).status_code == 403
    assert ApiKey.objects.count() == 1


def test_revoking(admin_client: HostClient, owning: Membership) -> None:
    made = make_key(owning)
    assert KeyClient(made.secret).get("/api/v1/books/").status_code == 200
    assert admin_client.delete(f"{KEYS}{made.key.pk}/").status_code == 204
    assert admin_client.get(f"{KEYS}{made.key.pk}/").json()["state"] == "REVOKED"


def test_not_for_plain_members(member_client: HostClient) -> None:
    assert member_client.get(KEYS).status_code == 403
    assert member_client.get(REQUESTS).status_code == 403
    assert post(member_client, KEYS, {"name": "Shop", "scopes": ["books:read"]}).status_code == 403


def test_log_of_requests(owner_client: HostClient, owning: Membership) -> None:
    first, second = make_key(owning, "books:read"), make_key(owning, "jobs:read")
    KeyClient(first.secret).get("/api/v1/books/?q=what")
    KeyClient(second.secret).get("/api/v1/books/")
    KeyClient(second.secret).get("/api/v1/jobs/")
    request_log.write_down()

    def listed(query: str) -> list[tuple[str, int]]:
        rows = owner_client.get(f"{REQUESTS}?{query}").json()["results"]
        return [(row["path"], row["status"]) for row in rows]

    books, jobs = "/api/v1/books/", "/api/v1/jobs/"
    assert listed("") == [(jobs, 200), (books, 403), (books, 200)]
    assert listed(f"key={first.key.pk}") == [(books, 200)]
    assert listed("status=4") == [(books, 403)]
    assert listed("path=jobs") == [(jobs, 200)]
    assert listed("method=POST") == []
    today = timezone.now().date()
    assert len(listed(f"since={today}&until={today}")) == 3
    assert listed(f"until={today - timedelta(days=1)}") == []


def test_lists_cost_the_same_however_long(owner_client: HostClient, owning: Membership) -> None:
    for address in (KEYS, REQUESTS):
        KeyClient(make_key(owning).secret).get("/api/v1/books/")
        request_log.write_down()
        few = queries_of(owner_client, address)
        for _ in range(3):
            KeyClient(make_key(owning).secret).get("/api/v1/books/")
        request_log.write_down()
        assert queries_of(owner_client, address) == few
