"""Domains over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.models import ClaimedDomain, Membership, Organisation, Purpose, Role
from tests.conftest import HostClient
from tests.emulators.name_server import Zone
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_enterprise")]
PATH = "/api/v1/domains/"


@pytest.fixture
def owners(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def send(client: HostClient, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return getattr(client, method)(path, body or {}, content_type="application/json")


def test_a_domain_from_claim_to_proof(owners: HostClient, zone: Zone) -> None:
    made = send(owners, "post", PATH, {"name": "https://Acme.example", "purpose": "EMAIL"})
    assert made.status_code == 201
    domain = made.json()
    assert (domain["name"], domain["state"], domain["problem"]) == ("acme.example", "WAITING", "")
    assert domain["record"]["name"] == "_octavo.acme.example"
    checked = send(owners, "post", f"{PATH}{domain['id']}/check/").json()
    assert (checked["problem"], checked["state"]) == ("no_domain", "WAITING")
    assert checked["detail"].startswith("The DNS knows no such domain")
    zone.says(domain["record"]["name"], domain["record"]["value"])
    checked = send(owners, "post", f"{PATH}{domain['id']}/check/").json()
    assert (checked["problem"], checked["state"]) == ("", "PROVEN")
    changed = send(owners, "patch", f"{PATH}{domain['id']}/", {"joins_as": "GUEST"})
    assert changed.json()["joins_as"] == "GUEST"
    (listed,) = owners.get(PATH).json()["results"]
    assert listed == owners.get(f"{PATH}{domain['id']}/").json() == changed.json()
    assert send(owners, "delete", f"{PATH}{domain['id']}/").status_code == 204
    assert owners.get(PATH).json()["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "gmail.com", "purpose": "EMAIL"}, "name"),
        ({"name": "", "purpose": "EMAIL"}, "name"),
        ({"purpose": "EMAIL"}, "name"),
        ({"name": ["acme.example"], "purpose": "EMAIL"}, "name"),
        ({"name": "x" * 3000, "purpose": "EMAIL"}, "name"),
        ({"name": "acme.example", "purpose": "WEB"}, "purpose"),
        ({"name": "acme.example"}, "purpose"),
        ({"name": "acme.example", "purpose": "EMAIL", "joins_as": "ADMIN"}, "joins_as"),
    ],
)
def test_odd_claims_are_explained(owners: HostClient, body: dict[str, Any], field: str) -> None:
    answer = send(owners, "post", PATH, body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not ClaimedDomain.objects.exists()


def test_the_address_that_links_lead_to(owners: HostClient, zone: Zone) -> None:
    assert owners.get(f"{PATH}address/").json() == {
        "host": "",
        "url": "http://acme.localhost:8000/",
        "hosts": [],
    }
    made = send(owners, "post", PATH, {"name": "books.acme.example", "purpose": "HOST"}).json()
    refused = send(owners, "put", f"{PATH}address/", {"host": "books.acme.example"})
    assert refused.status_code == 400
    zone.says(made["record"]["name"], made["record"]["value"])
    assert send(owners, "post", f"{PATH}{made['id']}/check/").json()["problem"] == "elsewhere"
    chosen = send(owners, "put", f"{PATH}address/", {"host": "books.acme.example"}).json()
    assert chosen["url"] == "http://books.acme.example:8000/"
    assert chosen["hosts"] == ["books.acme.example"]
    assert send(owners, "patch", f"{PATH}{made['id']}/", {"joins_as": "GUEST"}).status_code == 400


def test_checking_is_not_for_hammering(owners: HostClient, zone: Zone, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"check_domain": "1/m/user"}
    made = send(owners, "post", PATH, {"name": "acme.example", "purpose": "EMAIL"}).json()
    assert send(owners, "post", f"{PATH}{made['id']}/check/").status_code == 200
    again = send(owners, "post", f"{PATH}{made['id']}/check/")
    assert again.status_code == 429
    assert again["Retry-After"] == "60"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_only_owners(organisation: Organisation, member: User, role: Role) -> None:
    Membership.objects.filter(user=member).update(role=role)
    client = HostClient(organisation).sign_in(member)
    assert client.get(PATH).status_code == 403
    assert send(client, "post", PATH, {"name": "acme.example", "purpose": "EMAIL"}).status_code == 403


def test_the_list_takes_the_same_queries_however_long(owners: HostClient, organisation: Organisation) -> None:
    def add(count: int) -> None:
        for number in range(count):
            ClaimedDomain.objects.create(
                organisation=organisation, name=f"a{count}-{number}.example", purpose=Purpose.EMAIL, token="t"
            )

    add(1)
    few = queries_of(owners, PATH)
    add(20)
    assert queries_of(owners, PATH) == few
