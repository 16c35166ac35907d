"""The organisation, and one's own profile, over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.models import Organisation, OrganisationStatus
from tests.conftest import HostClient

JSON = "application/json"
ORGANISATION = "/api/v1/organisation/"
PROFILE = "/api/v1/profile/"


def test_organisation_is_read_and_changed_by_parts(
    owner_client: HostClient, organisation: Organisation
) -> None:
    before = owner_client.get(ORGANISATION).json()
    assert (before["name"], before["slug"], before["language"]) == ("Acme", "acme", "en")
    changes = {"name": "Acme & Co", "slug": "acme-co", "time_zone": "Europe/Paris"}
    after = owner_client.patch(ORGANISATION, changes, content_type=JSON).json()
    assert after == {**before, **changes, "url": before["url"].replace("acme", "acme-co")}
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Acme & Co", "acme-co")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"slug": "globex"}, "slug"),
        ({"slug": "admin"}, "slug"),
        ({"slug": "а" * 5}, "slug"),
        ({"slug": "a" * 200}, "slug"),
        ({"language": "de"}, "language"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_odd_particulars_name_their_field(
    owner_client: HostClient,
    organisation: Organisation,
    other_organisation: Organisation,
    errors: Any,
    change: dict[str, str],
    field: str,
) -> None:
    assert list(errors(owner_client.patch(ORGANISATION, change, content_type=JSON))) == [field]
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Acme", "acme")


def test_owners_alone_see_change_and_delete(
    admin_client: HostClient, member_client: HostClient, organisation: Organisation
) -> None:
    for client in (admin_client, member_client):
        for ask in (
            client.get(ORGANISATION),
            client.patch(ORGANISATION, {"name": "Mine"}, content_type=JSON),
            client.post(f"{ORGANISATION}deletion/", {"name": "Acme"}, content_type=JSON),
        ):
            assert ask.status_code == 403
    organisation.refresh_from_db()
    assert (organisation.name, organisation.status) == ("Acme", OrganisationStatus.ACTIVE)


def test_deletion_is_asked_for_by_name(
    owner_client: HostClient, organisation: Organisation, errors: Any
) -> None:
    address = f"{ORGANISATION}deletion/"
    assert list(errors(owner_client.post(address, {"name": "Acne"}, content_type=JSON))) == ["name"]
    asked = owner_client.post(address, {"name": " Acme "}, content_type=JSON)
    organisation.refresh_from_db()
    assert (asked.status_code, organisation.status) == (200, OrganisationStatus.DELETING)
    assert asked.json()["delete_at"]


def test_profile_is_read_and_changed_by_parts(guest_client: HostClient) -> None:
    before = guest_client.get(PROFILE).json()
    assert (before["name"], before["email"], before["theme"]) == ("Gwen Guest", "gwen@acme.example", "system")
    changes = {"name": "Gwen", "language": "fr", "theme": "dark"}
    after = guest_client.patch(PROFILE, {**changes, "email": "x@x.example"}, content_type=JSON).json()
    assert after == {**before, **changes}
    assert User.objects.get(pk=before["id"]).email == "gwen@acme.example"
    assert guest_client.patch(PROFILE, {"language": ""}, content_type=JSON).json()["language"] == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"language": "xx"}, "language"),
        ({"theme": "neon"}, "theme"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_odd_profiles_name_their_field(
    member_client: HostClient, member: User, errors: Any, change: dict[str, str], field: str
) -> None:
    assert list(errors(member_client.patch(PROFILE, change, content_type=JSON))) == [field]
    member.refresh_from_db()
    assert (member.name, member.time_zone) == ("Max Member", "UTC")
