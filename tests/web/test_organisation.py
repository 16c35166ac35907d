"""An owner changes the organisation's particulars."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import FormerAddress, Membership, Organisation, Role
from tenants.organisations.addresses import AddressTaken
from tenants.resolution import forget_resolutions
from tenants.schemas.provisioning import create_organisation
from tests.conftest import HostClient
from tests.web.conftest import text_of, tree

SAME = {"name": "Acme", "slug": "acme", "language": "en", "time_zone": "UTC"}


@pytest.fixture
def owners_page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def renamed(organisation: Organisation, slug: str) -> HostClient:
    """A client of the organisation under another address."""
    organisation.slug = slug
    forget_resolutions()
    return HostClient(organisation)


def test_name_language_and_zone_are_changed(owners_page: HostClient, organisation: Organisation) -> None:
    given = {**SAME, "name": "Acme Books", "language": "fr", "time_zone": "Europe/Paris"}
    assert owners_page.post("/organisation/", given).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.language, organisation.time_zone) == (
        "Acme Books",
        "fr",
        "Europe/Paris",
    )
    (line,) = ActivityLog.objects.filter(action="organisation.changed")
    assert line.details == {"name": "Acme", "language": "en", "time_zone": "UTC"}


def test_owner_is_taken_along_to_the_new_address(owners_page: HostClient, organisation: Organisation) -> None:
    there = owners_page.post("/organisation/", {**SAME, "slug": "acme-books"})["Location"]
    assert urlsplit(there).hostname == "acme-books.localhost"
    client = renamed(organisation, "acme-books")
    landed = client.get(f"{urlsplit(there).path}?{urlsplit(there).query}")
    assert landed["Location"] == "/organisation/"
    assert client.get("/organisation/").status_code == 200


def test_old_links_lead_on(owners_page: HostClient, organisation: Organisation) -> None:
    owners_page.post("/organisation/", {**SAME, "slug": "acme-books"})
    forget_resolutions()
    moved = HostClient(organisation).get("/books/new/?kind=novel")
    assert moved.status_code == 301
    assert moved["Location"].endswith("//acme-books.localhost:8000/books/new/?kind=novel")
    assert HostClient(organisation).post("/books/new/", {}).status_code == 308


def test_left_address_is_nobody_elses(owners_page: HostClient, organisation: Organisation) -> None:
    owners_page.post("/organisation/", {**SAME, "slug": "acme-books"})
    with pytest.raises(AddressTaken):
        create_organisation(name="Other", slug="acme", owner=None)


def test_organisation_may_come_back(owners_page: HostClient, organisation: Organisation, owner: User) -> None:
    owners_page.post("/organisation/", {**SAME, "slug": "acme-books"})
    client = renamed(organisation, "acme-books").sign_in(owner)
    client.post("/organisation/", SAME)
    organisation.refresh_from_db()
    assert organisation.slug == "acme"
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["acme-books"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"slug": "globex"}, "Another organisation has this address."),
        ({"slug": "www"}, "This address is reserved."),
        ({"slug": "xn--acm-epa"}, "This address is reserved."),
        ({"slug": "аcme"}, "Use lower-case letters"),  # its first letter is Cyrillic
        ({"slug": "a" * 200}, "at most 63 characters"),
        ({"slug": "-acme"}, "Use lower-case letters"),
        ({"slug": ""}, "This field is required."),
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"language": "de"}, "Select a valid choice."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
    ],
)
def test_odd_particulars_are_explained_and_kept(
    owners_page: HostClient,
    organisation: Organisation,
    other_organisation: Organisation,
    given: dict[str, str],
    told: str,
) -> None:
    response = owners_page.post("/organisation/", {**SAME, **given})
    assert response.status_code == 422
    assert told in text_of(response)
    (name, value), *_rest = given.items()
    if name in ("slug", "name"):
        assert tree(response).xpath(f"//input[@name='{name}']/@value") == ([value] if value else [])
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Acme", "acme")


def test_admins_and_members_change_nothing(page: HostClient) -> None:
    assert page.post("/organisation/", {**SAME, "name": "Mine"}).status_code == 403


def test_admins_find_what_they_may_look_after(
    client: HostClient, organisation: Organisation, member: User
) -> None:
    Membership.objects.filter(user=member).update(role=Role.ADMIN)
    shown = tree(client.sign_in(member).get("/organisation/")).xpath("//main//a/@href")
    assert {"/organisation/keys/", "/organisation/webhooks/", "/organisation/files/"} <= set(shown)
    assert not {"/organisation/delete/", "/organisation/sign-in/", "/organisation/providers/"} & set(shown)
    assert client.post("/organisation/", {**SAME, "name": "Mine"}).status_code == 403
