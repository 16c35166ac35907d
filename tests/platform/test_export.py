"""Somebody downloads what is known of them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import settings as real_settings
from insights import record
from insights.actions import Action
from notifications import notify
from notifications.models import Kind, Preference
from tenants.accounts.models import User
from tenants.context import current_or_none, entered
from tenants.models import Group, GroupMember, Membership, Organisation, Role, Tier
from tests.conftest import HostClient
from tests.factories.books import make_book, write_chapter
from tests.factories.tenants import MembershipFactory

pytestmark = pytest.mark.django_db
PATH = "/account/export/"


@pytest.fixture
def lobby(member: User) -> HostClient:
    return HostClient().sign_in(member)


def archive(client: HostClient) -> zipfile.ZipFile:
    response: Any = client.post(PATH)
    assert response.status_code == 200
    opened = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert opened.testzip() is None
    return opened


def test_everything_of_ones_own_is_there(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    Preference.objects.create(user=member, kind=Kind.BOOK_FAILED, by_email=False)
    _sort_into_groups(organisation, member)
    with entered(organisation):
        book = make_book(member, title="The Sea & I")
        write_chapter(book, 1, "Waves, é and 海.")
        write_chapter(book, 2, "Foam.")
        record(Action.BOOK_COMMISSIONED, actor=member, resource=book)
        notify(member, Kind.BOOK_FINISHED, {"title": "The Sea & I", "path": "/"})
    found = archive(lobby)
    account = json.loads(found.read("account.json"))
    assert (account["email"], account["name"]) == (member.email, "Max Member")
    assert account["addresses"] == [{"email": member.email, "verified": True, "primary": True}]
    (membership,) = account["memberships"]
    assert (membership["organisation"], membership["role"]) == ("Acme", "MEMBER")
    assert (membership["groups"], membership["tier"]) == (["Class 4b", "Editors"], "Gold")
    assert account["notification_preferences"] == [{"kind": "book.failed", "in_app": True, "by_email": False}]
    (note,) = json.loads(found.read("notifications.json"))
    assert (note["kind"], note["data"]["title"]) == ("book.finished", "The Sea & I")
    assert "book.commissioned" in {line["action"] for line in json.loads(found.read("activity.json"))}
    (path,) = (name for name in found.namelist() if name.startswith("books/"))
    assert path == f"books/acme/the-sea-i-{book.pk.hex[-6:]}.md"
    assert found.read(path).decode() == (
        "# Chapter title 1\n\nWaves, é and 海.\n\n# Chapter title 2\n\nFoam.\n"
    )


def _sort_into_groups(organisation: Organisation, member: User) -> None:
    tier = Tier.objects.create(organisation=organisation, name="Gold")
    membership = Membership.objects.get(organisation=organisation, user=member)
    Membership.objects.filter(pk=membership.pk).update(tier=tier)
    for name in ("Editors", "Class 4b"):
        group = Group.objects.create(organisation=organisation, name=name)
        GroupMember.objects.create(group=group, membership=membership)


def test_nothing_of_others_is_there(
    lobby: HostClient, organisation: Organisation, other_organisation: Organisation, owner: User, member: User
) -> None:
    with entered(organisation):
        write_chapter(make_book(owner, title="Kestrel"), 1, "Kestrel")
        record(Action.BOOK_FINISHED, actor=owner, resource=organisation, details={"word": "Kestrel"})
        notify(owner, Kind.BOOK_FINISHED, {"title": "Kestrel", "path": "/"})
    with entered(other_organisation):  # which they have left
        write_chapter(make_book(member, title="Kestrel"), 1, "Kestrel")
    found = archive(lobby)
    everything = (
        b" ".join([*(found.read(name) for name in found.namelist())]) + " ".join(found.namelist()).encode()
    )
    assert b"Max Member" in everything
    assert b"Kestrel" not in everything
    assert b"kestrel" not in everything
    assert owner.email.encode() not in everything


@pytest.mark.parametrize("status", ["SUSPENDED", "DELETING"])
def test_closed_organisations_keep_their_books(
    lobby: HostClient, organisation: Organisation, member: User, status: str
) -> None:
    with entered(organisation):
        make_book(member)
    Organisation.objects.filter(pk=organisation.pk).update(status=status)
    found = archive(lobby)
    assert [name for name in found.namelist() if name.startswith("books/")] == []
    assert json.loads(found.read("account.json"))["memberships"][0]["organisation"] == "Acme"


def test_no_organisation_is_entered_between_the_pieces(
    lobby: HostClient, organisation: Organisation, other_organisation: Organisation, member: User
) -> None:
    MembershipFactory(organisation=other_organisation, user=member, role=Role.MEMBER)
    for one in (organisation, other_organisation):
        with entered(one):
            make_book(member)
    response: Any = lobby.post(PATH)
    assert {current_or_none() for _piece in response.streaming_content} == {None}


def test_many_lines_take_no_more_queries(lobby: HostClient, organisation: Organisation, member: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            archive(lobby)
        return len(queries)

    asked()
    few = asked()
    with entered(organisation):
        for _line in range(30):
            record(Action.SIGNED_IN, actor=member, resource=member)
            notify(member, Kind.BOOK_FINISHED, {"title": "x", "path": "/"})
    assert asked() == few


def test_asking_again_and_again_is_refused(lobby: HostClient, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = real_settings.ACCOUNT_RATE_LIMITS
    assert [lobby.post(PATH).status_code for _time in range(6)] == [200] * 5 + [429]


def test_strangers_are_asked_to_sign_in() -> None:
    for answer in (HostClient().get(PATH), HostClient().post(PATH)):
        assert answer["Location"].startswith("/accounts/login/")


def test_page_says_what_is_in_it(lobby: HostClient) -> None:
    page = lobby.get(PATH)
    assert page["Content-Type"].startswith("text/html")
    assert "as Markdown" in page.content.decode()
