"""The pages on which owners prove domains."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tenants.accounts.models import User
from tenants.domains.records import record_name, record_value
from tenants.models import ClaimedDomain, Domain, Membership, Organisation, Purpose, Role
from tests.conftest import HostClient
from tests.emulators.name_server import Zone
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

pytestmark = pytest.mark.usefixtures("on_enterprise")
PATH = "/organisation/domains/"
EMAIL = {"purpose": "EMAIL", "joins_as": "MEMBER"}


@pytest.fixture
def owners_page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def claimed(page: HostClient, **form: str) -> ClaimedDomain:
    response = page.post(PATH, {"domain": "acme.example", **EMAIL, **form})
    assert response.status_code == 302, text_of(response)
    return ClaimedDomain.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])


def follow(page: HostClient, path: str) -> str:
    return text_of(page.post(path, follow=True, HTTP_HOST=page.organisation.host))  # type: ignore[union-attr]


def test_a_domain_is_added_proven_and_opened(owners_page: HostClient, zone: Zone) -> None:
    assert "No domain yet" in text_of(owners_page.get(PATH))
    domain = claimed(owners_page, domain="https://Acme.example/about")
    page = owners_page.get(f"{PATH}{domain.pk}/")
    values = tree(page).xpath("//dl//input/@value")
    assert values == [record_name("acme.example"), record_value(domain.token)]
    assert tree(page).xpath("//dl//button/@data-copy") == values
    assert "Waiting for its record" in text_of(page)
    assert "The DNS knows no such domain" in follow(owners_page, f"{PATH}{domain.pk}/check/")
    zone.says(record_name("acme.example"), "octavo-verification=wrong")
    assert "says something else" in follow(owners_page, f"{PATH}{domain.pk}/check/")
    zone.says(record_name("acme.example"), record_value(domain.token))
    assert "The record is there: acme.example is yours here." in follow(
        owners_page, f"{PATH}{domain.pk}/check/"
    )
    listed = text_of(owners_page.get(PATH))
    assert "acme.example" in listed
    assert "Proven" in listed
    assert "people join as: Member" in listed


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"domain": ""}, "This field is required."),
        ({"domain": "localhost"}, "not one of the public internet"),
        ({"domain": "192.0.2.7"}, "This is a number"),
        ({"domain": "gmail.com"}, "Everybody can have an address at gmail.com"),
        ({"domain": "co.uk"}, "co.uk is shared by many"),
        ({"domain": "acme.localhost"}, "not one of the public internet"),
        ({"domain": "x" * 3000}, "at most 2000 characters"),
        ({"domain": "acme.example\x00"}, "Null characters are not allowed."),
        ({"purpose": "WEB"}, "Select a valid choice."),
        ({"joins_as": "OWNER"}, "Select a valid choice."),
        ({"joins_as": "ADMIN"}, "Select a valid choice."),
    ],
)
def test_odd_input_is_explained(owners_page: HostClient, form: dict[str, str], told: str) -> None:
    response = owners_page.post(PATH, {"domain": "acme.example", **EMAIL, **form})
    assert response.status_code == 422
    assert told in text_of(response)
    assert not ClaimedDomain.objects.exists()


def test_the_same_again_is_explained(owners_page: HostClient) -> None:
    claimed(owners_page)
    response = owners_page.post(PATH, {"domain": "ACME.example.", **EMAIL})
    assert response.status_code == 422
    assert "in your list already" in text_of(response)


def test_an_international_name_is_shown_as_it_is_read(owners_page: HostClient) -> None:
    domain = claimed(owners_page, domain="münchen.example")
    page = owners_page.get(f"{PATH}{domain.pk}/")
    assert tree(page).xpath("//h1/text()") == ["münchen.example"]
    assert tree(page).xpath("//dl//input/@value")[0] == "_octavo.xn--mnchen-3ya.example"


def test_a_name_that_imitates_is_shown_as_it_is(owners_page: HostClient) -> None:
    domain = claimed(owners_page, domain="аcme.example")  # its first letter is Cyrillic
    assert tree(owners_page.get(f"{PATH}{domain.pk}/")).xpath("//h1/text()") == [domain.name]


def test_who_joins_is_changed(owners_page: HostClient) -> None:
    domain = claimed(owners_page)
    assert owners_page.post(f"{PATH}{domain.pk}/", {"joins_as": "GUEST"}).status_code == 302
    domain.refresh_from_db()
    assert domain.joins_as == "GUEST"
    refused = owners_page.post(f"{PATH}{domain.pk}/", {"joins_as": "ADMIN"})
    assert refused.status_code == 422
    domain.refresh_from_db()
    assert domain.joins_as == "GUEST"


def test_a_web_address_is_proven_chosen_and_removed(
    owners_page: HostClient, zone: Zone, organisation: Organisation
) -> None:
    assert not tree(owners_page.get(PATH)).xpath("//input[@name='host']")
    domain = claimed(owners_page, domain="books.acme.example", purpose="HOST")
    page = owners_page.get(f"{PATH}{domain.pk}/")
    assert tree(page).xpath("//dl//input/@value")[2:] == ["books.acme.example", "localhost"]
    zone.says(record_name(domain.name), record_value(domain.token))
    told = follow(owners_page, f"{PATH}{domain.pk}/check/")
    assert "is yours here" in told
    assert "the name does not lead here yet" in told
    chosen = owners_page.post(f"{PATH}address/", {"host": "books.acme.example"})
    assert chosen.status_code == 302
    organisation.refresh_from_db()
    assert organisation.host == "books.acme.example:8000"
    assert "links to it lead nowhere" in text_of(owners_page.get(f"{PATH}{domain.pk}/remove/"))
    assert owners_page.post(f"{PATH}{domain.pk}/remove/")["Location"] == PATH
    organisation.refresh_from_db()
    assert organisation.host == "acme.localhost:8000"
    assert not Domain.objects.exists()


def test_at_the_top_of_a_domain_no_cname_is_asked_for(owners_page: HostClient) -> None:
    domain = claimed(owners_page, domain="acme.example", purpose="HOST")
    told = text_of(owners_page.get(f"{PATH}{domain.pk}/"))
    assert "At the very top of a domain a CNAME is not possible" in told


@pytest.mark.parametrize("host", ["globex.example", "acme.localhost", "http://evil.example"])
def test_a_host_that_is_not_its_own_is_not_chosen(
    owners_page: HostClient, organisation: Organisation, host: str
) -> None:
    assert owners_page.post(f"{PATH}address/", {"host": host}).status_code == 422
    organisation.refresh_from_db()
    assert organisation.own_host == ""


def test_a_failing_domain_says_until_when(owners_page: HostClient, zone: Zone) -> None:
    domain = claimed(owners_page)
    now = timezone.now()
    ClaimedDomain.objects.filter(pk=domain.pk).update(
        verified_at=now, failing_since=now, checked_at=now, problem="no_record"
    )
    told = text_of(owners_page.get(f"{PATH}{domain.pk}/"))
    assert "Its record is missing" in told
    assert "The domain stays yours here until" in told


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_others_see_none_of_it(
    owners_page: HostClient, organisation: Organisation, member: User, role: Role
) -> None:
    domain = claimed(owners_page)
    Membership.objects.filter(user=member).update(role=role)
    client = HostClient(organisation).sign_in(member)
    for path in (PATH, f"{PATH}{domain.pk}/", f"{PATH}{domain.pk}/remove/"):
        assert client.get(path).status_code == 403


def test_checking_is_not_for_hammering(owners_page: HostClient, zone: Zone, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"check_domain": "2/m/user"}
    domain = claimed(owners_page)
    answers = [owners_page.post(f"{PATH}{domain.pk}/check/").status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_the_list_takes_the_same_queries_however_long(
    owners_page: HostClient, organisation: Organisation
) -> None:
    claimed(owners_page)
    few = queries_of(owners_page, PATH)
    ClaimedDomain.objects.bulk_create(
        ClaimedDomain(organisation=organisation, name=f"acme{n}.example", purpose=Purpose.EMAIL, token="t")
        for n in range(30)
    )
    assert queries_of(owners_page, PATH) == few
