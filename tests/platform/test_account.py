"""Somebody deletes their account."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from books.models import Book
from collaboration.models import BookCollaborator, Revision
from collaboration.revisions import write_chapter
from config import settings as real_settings
from insights import record
from insights.actions import Action
from insights.models import ActivityLog
from notifications import emails, notify
from notifications.models import Kind, Notification
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Invitation, Membership, Organisation, Role
from tenants.people import departure, members
from tests.conftest import HostClient
from tests.factories.books import make_book, plan_chapter
from tests.factories.tenants import PASSWORD, MembershipFactory, UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
PATH = "/account/delete/"


@pytest.fixture
def lobby(member: User) -> HostClient:
    return HostClient().sign_in(member)


def headings(client: HostClient) -> dict[str, list[str]]:
    """What the page says becomes of which organisations."""
    page = html.fromstring(client.get(PATH).content.decode())
    lists = page.xpath("//main//ul")
    return {
        " ".join(
            (one.xpath("preceding::h2[1]") or one.xpath("preceding::h1[1]"))[0].text_content().split()
        ): [item.text_content().strip() for item in one.xpath("li")]
        for one in lists
    }


def test_books_go_to_the_owner_and_the_account_is_gone(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    with entered(organisation):
        book = make_book(member)
        notify(member, Kind.BOOK_FINISHED, {"title": "x", "path": "/"})
    assert headings(lobby) == {"Your books there go to the owner": ["Acme"]}
    answer = lobby.post(PATH, {"password": PASSWORD})
    assert "Your account is deleted" in answer.content.decode()
    with entered(organisation):
        assert Book.objects.get(pk=book.pk).author_id == owner.pk
    assert not User.objects.filter(pk=member.pk).exists()
    for rows in (Membership, Notification, EmailAddress):
        assert not rows.objects.filter(user_id=member.pk).exists()


def test_sessions_end_everywhere(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    elsewhere = HostClient(organisation).sign_in(member)
    assert elsewhere.get("/").status_code == 200
    lobby.post(PATH, {"password": PASSWORD})
    assert elsewhere.get("/")["Location"].startswith("/accounts/login/")
    assert lobby.get("/enter/")["Location"].startswith("/accounts/login/")


def test_no_reference_is_left_in_any_organisation(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    with entered(organisation):
        book = make_book(owner)
        chapter = plan_chapter(book, 1)
        write_chapter(chapter_id=chapter.pk, text="Mine", origin=Revision.Origin.PERSON, author_id=member.pk)
        BookCollaborator.objects.create(book=book, user=member, role="EDITOR", status="ACTIVE")
        record(Action.CHAPTER_EDITED, actor=member, resource=book)
    by = Membership.objects.get(user=owner)
    leaving = Membership.objects.get(user=member)
    members.remove_member(membership_id=leaving.pk, by=by)  # of long ago, and cleaned all the same
    lobby.post(PATH, {"password": PASSWORD})
    with entered(organisation):
        assert Revision.objects.get().author_id is None
        assert not BookCollaborator.objects.exists()
        for field in departure._references():
            assert not field.model._base_manager.filter(**{field.name: member.pk}).exists(), field
        assert Book.objects.get().author_id == owner.pk


def test_references_are_found_in_every_room() -> None:
    found = {f"{field.model._meta.label}.{field.name}" for field in departure._references()}
    assert found >= {
        "books.Book.author",
        "collaboration.BookCollaborator.user",
        "collaboration.Revision.author",
        "formats.BookDownload.user",
        "generation.BookJob.created_by",
        "storage.StoredFile.created_by",
    }


def test_log_keeps_what_was_done_and_loses_who_it_was(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    with entered(organisation):
        record(Action.SIGNED_IN, actor=member, resource=member)
        record(Action.BOOK_FINISHED, actor=owner, resource=organisation, details={"words": 9})
        record(
            Action.MEMBER_INVITED,
            actor=owner,
            resource=organisation,
            details={"email": member.email, "role": "X"},
        )
    lobby.post(PATH, {"password": PASSWORD})
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(log::text, ' ') FROM public.insights_activitylog log")
        told = cursor.fetchone()[0]
    assert "Max" not in told
    assert member.email not in told
    signed_in = ActivityLog.objects.get(action="user.signed_in", organisation_id=organisation.pk)
    assert (signed_in.actor_id, signed_in.actor_name, signed_in.ip_address) == (member.pk, "", None)
    assert ActivityLog.objects.get(action="member.invited").details == {"role": "X"}
    assert ActivityLog.objects.get(action="book.finished").actor_name == "Ada Owner"


def test_last_owner_hands_over_first(organisation: Organisation, owner: User, member: User) -> None:
    client = HostClient().sign_in(owner)
    assert headings(client) == {"Delete my account": ["Acme"]}
    assert client.post(PATH, {"password": PASSWORD}).status_code == 422
    assert User.objects.filter(pk=owner.pk).exists()
    by = Membership.objects.select_related("user", "organisation").get(user=owner)
    members.transfer_ownership(membership_id=Membership.objects.get(user=member).pk, by=by)
    assert client.post(PATH, {"password": PASSWORD}).status_code == 200
    assert not User.objects.filter(pk=owner.pk).exists()
    organisation.refresh_from_db()
    assert organisation.status == "ACTIVE"


def test_where_one_is_alone_it_is_deleted_too(organisation: Organisation, owner: User) -> None:
    client = HostClient().sign_in(owner)
    assert headings(client) == {"You are alone there, and it is deleted": ["Acme"]}
    client.post(PATH, {"password": PASSWORD})
    organisation.refresh_from_db()
    assert organisation.status == "DELETING"
    assert organisation.delete_at is not None


@pytest.mark.parametrize(
    "given", [{"password": "wrong"}, {"password": ""}, {}, {"email": "max@acme.example"}]
)
def test_without_proof_nothing_goes(
    lobby: HostClient, owner: User, member: User, given: dict[str, str]
) -> None:
    assert lobby.post(PATH, given).status_code == 422
    assert Membership.objects.filter(user=member).exists()


def test_guessing_the_password_is_slowed_down(
    lobby: HostClient, owner: User, member: User, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = real_settings.ACCOUNT_RATE_LIMITS
    guesses = [lobby.post(PATH, {"password": f"guess {number}"}).status_code for number in range(10)]
    assert guesses == [422] * 10
    assert lobby.post(PATH, {"password": PASSWORD}).status_code == 429
    assert User.objects.filter(pk=member.pk).exists()


@pytest.mark.parametrize(
    ("typed", "status"), [("MAX@acme.example ", 200), ("ada@acme.example", 422), ("", 422)]
)
def test_who_has_no_password_types_the_address(
    lobby: HostClient, owner: User, member: User, typed: str, status: int
) -> None:
    member.set_unusable_password()
    member.save()
    client = HostClient().sign_in(member)
    assert client.post(PATH, {"email": typed}).status_code == status
    assert User.objects.filter(pk=member.pk).exists() == (status != 200)


def test_only_super_admin_stays(super_admin: User) -> None:
    client = HostClient().sign_in(super_admin)
    answer = client.post(PATH, {"password": PASSWORD})
    assert answer.status_code == 422
    assert "only super-admin" in answer.content.decode()
    UserFactory(role=User.Role.SUPER_ADMIN)
    assert client.post(PATH, {"password": PASSWORD}).status_code == 200


def test_invitations_to_them_go_too(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    other = Organisation.objects.create(name="Night Press", slug="night-press")
    Invitation.objects.create(organisation=other, email=member.email, expires_at="2099-01-01T00:00Z")
    Invitation.objects.create(organisation=other, email="nina@new.example", expires_at="2099-01-01T00:00Z")
    lobby.post(PATH, {"password": PASSWORD})
    assert [one.email for one in Invitation.objects.all()] == ["nina@new.example"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "signed out everywhere"), ("fr", "toutes vos sessions sont fermées")]
)
def test_letter_confirms_it(language: str, words: str) -> None:
    emails.farewell(email="max@acme.example", reader="Max", language=language).send()
    (sent,) = mail.outbox
    assert sent.to == ["max@acme.example"]
    assert words in sent.body
    assert words in str(sent.alternatives[0][0])


def test_letter_is_asked_for_in_their_language(
    lobby: HostClient,
    owner: User,
    member: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    rung: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(
        "tenants.doorbell.send", lambda name, message, **options: rung.append((name, message))
    )
    User.objects.filter(pk=member.pk).update(language="fr")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        lobby.post(PATH, {"password": PASSWORD})
    letter = {"email": "max@acme.example", "reader": "Max", "language": "fr"}
    assert ("notifications.send_farewell", letter) in rung


def test_strangers_are_asked_to_sign_in() -> None:
    for answer in (HostClient().get(PATH), HostClient().post(PATH, {"password": PASSWORD})):
        assert answer["Location"].startswith("/accounts/login/")


def test_guest_of_two_loses_both(
    lobby: HostClient, organisation: Organisation, owner: User, member: User
) -> None:
    other = Organisation.objects.create(name="Night Press", slug="night-press", schema_name="t_ready_second")
    MembershipFactory(organisation=other, user=owner, role=Role.OWNER)
    MembershipFactory(organisation=other, user=member, role=Role.GUEST)
    assert headings(lobby) == {"Your books there go to the owner": ["Acme", "Night Press"]}
    assert lobby.post(PATH, {"password": PASSWORD}).status_code == 200
    assert Membership.objects.count() == 2


def test_page_takes_as_many_queries_for_many_organisations(
    lobby: HostClient, owner: User, member: User
) -> None:
    few = {path: queries_of(lobby, path) for path in (PATH, "/enter/?choose=1")}
    for number in range(10):
        one = Organisation.objects.create(name=f"Press {number}", slug=f"press-{number}")
        MembershipFactory(organisation=one, user=member, role=Role.OWNER)
        if number % 2:
            MembershipFactory(organisation=one, user=owner)
    assert {path: queries_of(lobby, path) for path in few} == few
    with CaptureQueriesContext(connection) as queries:
        lobby.get(PATH)
    assert sum("tenants_membership" in one["sql"] for one in queries) == 1
