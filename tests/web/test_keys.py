"""Keys of the API on the pages of the organisation, and the log of requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.models import Plan
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.api_keys.models import ApiKey
from tenants.models import Membership, Organisation
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, log_request, make_key
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

KEYS = "/organisation/keys/"
REQUESTS = "/organisation/requests/"
GIVEN = {"name": "Shop", "scopes": ["books:read", "jobs:read"], "lives": "90"}


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


@pytest.fixture
def page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def secret_on(response: Any) -> str:
    (field,) = tree(response).xpath("//input[@id='secret']")
    return str(field.get("value"))


def test_key_is_made_and_shown_once(page: HostClient, owning: Membership) -> None:
    response = page.post(f"{KEYS}new/", GIVEN)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert KeyClient(secret_on(response)).get("/api/v1/books/").status_code == 200
    key = ApiKey.objects.get()
    assert (key.scopes, key.membership) == (["books:read", "jobs:read"], owning)
    assert key.expires_at is not None
    assert timedelta(days=89) < key.expires_at - timezone.now() < timedelta(days=91)
    for address in (KEYS, f"{KEYS}{key.pk}/"):
        answer = page.get(address)
        assert "Shop" in text_of(answer)
        assert secret_on(response) not in answer.content.decode()
    assert ActivityLog.objects.latest("created_at").action == "api_key.made"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"addresses": "nowhere"}, {"per_minute": "0"}, {"lives": "7"}]
)
def test_form_that_makes_no_sense(page: HostClient, wrong: dict[str, Any]) -> None:
    response = page.post(f"{KEYS}new/", {**GIVEN, **wrong})
    assert response.status_code == 422
    assert not ApiKey.objects.exists()


def test_ticks_stay_where_something_else_is_wrong(page: HostClient) -> None:
    response = page.post(f"{KEYS}new/", {**GIVEN, "name": ""})
    ticked = tree(response).xpath("//input[@name='scopes'][@checked]/@value")
    assert ticked == ["books:read", "jobs:read"]


def test_plan_without_keys(page: HostClient, owning: Membership) -> None:
    make_key(owning, name="Old")
    Plan.objects.update(features=[])
    assert "Old" in text_of(page.get(KEYS))
    assert page.post(f"{KEYS}new/", GIVEN).status_code == 422
    assert ApiKey.objects.count() == 1


def test_rotating(page: HostClient, owning: Membership) -> None:
    old = make_key(owning, "books:read")
    response = page.post(f"{KEYS}{old.key.pk}/rotate/", {"overlap_hours": "24"})
    for secret in (old.secret, secret_on(response)):
        assert KeyClient(secret).get("/api/v1/books/").status_code == 200
    again = page.post(f"{KEYS}{old.key.pk}/rotate/", {"overlap_hours": "24"})
    assert again.status_code == 422
    assert ActivityLog.objects.filter(action="api_key.rotated").count() == 1


def test_secret_of_another_member_is_not_ones_own(
    page: HostClient, organisation: Organisation, member: User
) -> None:
    key = make_key(Membership.objects.get(organisation=organisation, user=member)).key
    assert "Rotate the key" not in text_of(page.get(f"{KEYS}{key.pk}/"))
    assert page.post(f"{KEYS}{key.pk}/rotate/", {"overlap_hours": "24"}).status_code == 403


def test_revoking(page: HostClient, owning: Membership) -> None:
    key = make_key(owning).key
    assert "within a second" in text_of(page.get(f"{KEYS}{key.pk}/revoke/"))
    assert page.post(f"{KEYS}{key.pk}/revoke/").status_code == 302
    key.refresh_from_db()
    assert key.state == "REVOKED"
    assert ActivityLog.objects.latest("created_at").action == "api_key.revoked"


def test_log_of_requests(page: HostClient, owning: Membership) -> None:
    assert "No program has asked" in text_of(page.get(REQUESTS))
    first, second = (make_key(owning, name=name).key for name in ("Shop", "Night"))
    log_request(first, path="/api/v1/books/", status=200)
    log_request(second, path="/api/v1/jobs/", status=404)

    def shown(query: str) -> list[str]:
        return [str(code.text) for code in tree(page.get(f"{REQUESTS}?{query}")).xpath("//main//li//code")]

    assert shown("") == ["GET /api/v1/jobs/", "GET /api/v1/books/"]
    assert shown("status=4") == ["GET /api/v1/jobs/"]
    assert shown(f"key={first.pk}") == ["GET /api/v1/books/"]
    assert shown("path=books") == ["GET /api/v1/books/"]
    assert shown("path=nothing") == []
    assert page.get(f"{REQUESTS}?status=9&before=x").status_code == 422


def test_log_goes_on(page: HostClient, owning: Membership) -> None:
    key = make_key(owning).key
    for number in range(101):
        log_request(key, path=f"/{number}/")
    (older,) = tree(page.get(REQUESTS)).xpath("//a[@rel='next']/@href")
    assert tree(page.get(f"{REQUESTS}{older}")).xpath("//main//li//code/text()") == ["GET /0/"]


def test_lists_cost_the_same_however_long(page: HostClient, owning: Membership) -> None:
    for address in (KEYS, REQUESTS):
        log_request(make_key(owning).key)
        few = queries_of(page, address)
        for _ in range(3):
            log_request(make_key(owning).key)
        assert queries_of(page, address) == few
