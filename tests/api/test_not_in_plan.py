"""What the plan does not bring is refused by name over REST, and removed as ever."""

from __future__ import annotations

from typing import Any

import pytest

from api.faults import FAULTS
from tenants.accounts.models import User
from tenants.models import ClaimedDomain, Domain, Logo, Organisation, Purpose
from tests.api.test_portraits import LOGO, put
from tests.conftest import HostClient
from tests.factories.billing import put_on
from tests.web.test_branding import picture

pytestmark = pytest.mark.django_db
DOMAINS = "/api/v1/domains/"
HOST = "books.acme.example"


@pytest.fixture
def client(organisation: Organisation, owner: User) -> HostClient:
    """A program of Ada's, who owns Acme."""
    return HostClient(organisation).sign_in(owner)


def claim(client: HostClient, **body: str) -> Any:
    return client.post(DOMAINS, {"name": HOST, "purpose": "HOST", **body}, content_type="application/json")


def choose(client: HostClient, host: str) -> Any:
    return client.put(f"{DOMAINS}address/", {"host": host}, content_type="application/json")


def show_logo(client: HostClient) -> Any:
    return put(client, LOGO, picture())


def is_refused(answer: Any) -> bool:
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["detail"] == "This comes with the plan Pro."
    return (answer.status_code, told["type"]) == (402, FAULTS["not-in-plan"].type)


def test_it_is_refused_by_name(client: HostClient, organisation: Organisation) -> None:
    Domain.objects.create(tenant=organisation, domain=HOST, is_primary=False)
    assert is_refused(claim(client))
    assert is_refused(choose(client, HOST))
    assert is_refused(show_logo(client))
    assert not ClaimedDomain.objects.exists() and not Logo.objects.exists()


@pytest.mark.parametrize("plan", ["PRO", "ENTERPRISE"])
def test_larger_plans_allow_it(client: HostClient, organisation: Organisation, plan: str) -> None:
    put_on(organisation, plan)
    Domain.objects.create(tenant=organisation, domain=HOST, is_primary=False)
    answers = (claim(client), choose(client, HOST), show_logo(client))
    assert [answer.status_code for answer in answers] == [201, 200, 204]


def test_what_was_there_is_removed_when_the_plan_has_ended(
    client: HostClient, organisation: Organisation
) -> None:
    put_on(organisation, "PRO")
    Domain.objects.create(tenant=organisation, domain=HOST, is_primary=False)
    domain = claim(client).json()
    choose(client, HOST)
    show_logo(client)
    put_on(organisation, "FREE")
    assert client.get(f"{DOMAINS}address/").json()["host"] == HOST
    assert choose(client, "").json()["host"] == ""
    assert client.delete(f"{DOMAINS}{domain['id']}/").status_code == 204
    assert client.delete(LOGO).status_code == 204


def test_domains_of_addresses_are_everybodys(client: HostClient) -> None:
    assert claim(client, name="acme.example", purpose="EMAIL").status_code == 201
    assert ClaimedDomain.objects.get().purpose == Purpose.EMAIL
