"""An organisation is closed, kept or erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.utils import timezone
from lxml import html

from billing.models import LedgerEntry, Subscription
from insights import record
from insights.actions import Action
from insights.models import ActivityLog
from jobs.models import Job
from notifications import emails, stream
from notifications.models import Notification
from storage import files
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import entered
from tenants.keys import uuid7
from tenants.models import FormerAddress, Invitation, Membership, Organisation, Role
from tenants.organisations import deletion
from tenants.people import invitations
from tenants.portable import erasing
from tenants.schemas.provisioning import create_organisation
from tests.conftest import HostClient
from tests.factories.books import make_book
from tests.factories.tenants import MembershipFactory

pytestmark = pytest.mark.django_db
PATH = "/organisation/delete/"


@pytest.fixture
def owners_page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def closed(organisation: Organisation, owner: User) -> Organisation:
    by = Membership.objects.select_related("user", "organisation").get(user=owner)
    return deletion.ask_for_deletion(by=by, name="Acme")


def overdue(organisation: Organisation) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(delete_at=timezone.now() - timedelta(seconds=1))


def schema_exists(organisation: Organisation) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [organisation.schema_name])
        return bool(cursor.fetchone()[0])


# --- Asking ------------------------------------------------------------------------------------------------


def test_owner_closes_it_by_its_name(
    owners_page: HostClient, organisation: Organisation, member: User, owner: User
) -> None:
    answer = owners_page.post(PATH, {"name": " Acme "})
    assert answer["Location"] == "http://localhost:8000/enter/?choose=1"
    organisation.refresh_from_db()
    assert organisation.status == "DELETING"
    assert organisation.delete_at is not None
    wait = organisation.delete_at - timezone.now()
    assert timedelta(days=13, hours=23) < wait <= timedelta(days=14)
    assert ActivityLog.objects.get(action="organisation.deletion_asked").actor_id == owner.pk
    told = Notification.objects.filter(kind="organisation.deleting", organisation=None)
    assert {note.user_id for note in told} == {owner.pk, member.pk}


@pytest.mark.parametrize("typed", ["acme", "Acme!", "", "   "])
def test_another_name_closes_nothing(owners_page: HostClient, organisation: Organisation, typed: str) -> None:
    assert owners_page.post(PATH, {"name": typed}).status_code == 422
    organisation.refresh_from_db()
    assert (organisation.status, organisation.delete_at) == ("ACTIVE", None)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_only_owners_may(organisation: Organisation, member: User, role: str) -> None:
    Membership.objects.filter(user=member).update(role=role)
    client = HostClient(organisation).sign_in(member)
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, {"name": "Acme"}).status_code == 403
    organisation.refresh_from_db()
    assert organisation.status == "ACTIVE"


def test_asked_twice_it_waits_no_longer(closed: Organisation, owner: User) -> None:
    by = Membership.objects.select_related("user", "organisation").get(user=owner)
    assert deletion.ask_for_deletion(by=by, name="Acme").delete_at == closed.delete_at
    assert Notification.objects.filter(kind="organisation.deleting", user=owner).count() == 1


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Acme is going to be deleted", "If you still need its books"),
        ("fr", "Acme", "Si vous avez encore besoin de ses livres"),
    ],
)
def test_members_are_told_by_e_mail(
    closed: Organisation, owner: User, language: str, subject: str, words: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    for note in Notification.objects.filter(user=owner):
        emails.send_email(notification_id=note.pk)
    (sent,) = mail.outbox
    assert subject in sent.subject
    assert words in sent.body
    assert words in str(sent.alternatives[0][0])
    assert "http://localhost:8000" in sent.body
    assert "acme.localhost" not in sent.body  # nobody can open that any more


# --- While it waits ----------------------------------------------------------------------------------------


def test_nobody_gets_in(closed: Organisation, owner: User) -> None:
    client = HostClient(closed).sign_in(owner)
    for path in ("/", "/books/new/", "/accounts/login/"):
        answer = client.get(path)
        assert answer.status_code == 403
        page = html.fromstring(answer.content.decode())
        assert page.xpath("//h1")[0].text == "Acme is being deleted"
        assert page.xpath("//main//a/@href") == ["http://localhost:8000/enter/?choose=1"]


def test_programs_are_told_so_in_their_own_way(closed: Organisation, owner: User) -> None:
    answer = HostClient(closed).sign_in(owner).get("/api/v1/books/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["title"]) == (403, "Not allowed")
    assert told["type"].endswith("/developers/errors/#forbidden")


def test_owner_keeps_it(closed: Organisation, owner: User, member: User) -> None:
    lobby = HostClient().sign_in(owner)
    page = html.fromstring(lobby.get("/enter/").content.decode())  # though it is one's only one
    (path,) = page.xpath("//form[contains(@action, '/keep/')]/@action")
    assert not page.xpath("//a[@class='door']")
    assert "Acme stays" in lobby.post(path, follow=True).content.decode()
    closed.refresh_from_db()
    assert (closed.status, closed.delete_at) == ("ACTIVE", None)
    assert ActivityLog.objects.filter(action="organisation.kept").count() == 1
    assert Notification.objects.filter(kind="organisation.kept", organisation=closed).count() == 2


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_others_see_that_it_goes_and_cannot_keep_it(
    closed: Organisation, member: User, other_member: User, role: str
) -> None:
    Membership.objects.filter(user=member).update(role=role)
    path = f"/organisations/{closed.pk}/keep/"
    lobby = HostClient().sign_in(member)
    page = lobby.get("/enter/?choose=1").content.decode()
    assert "Is erased on" in page
    assert path not in page
    assert lobby.post(path).status_code == 404
    assert HostClient().sign_in(other_member).post(path).status_code == 404
    assert HostClient().post(path)["Location"].startswith("/accounts/login/")
    closed.refresh_from_db()
    assert closed.status == "DELETING"


def test_it_cannot_be_kept_once_its_time_is_over(closed: Organisation, owner: User) -> None:
    overdue(closed)
    with pytest.raises(deletion.CannotKeep):
        deletion.keep(organisation_id=closed.pk, by=owner)


def test_what_is_open_is_not_kept(organisation: Organisation, owner: User) -> None:
    with pytest.raises(deletion.CannotKeep):
        deletion.keep(organisation_id=organisation.pk, by=owner)


def test_nothing_is_erased_before_its_time(closed: Organisation) -> None:
    assert deletion.erase_due() == 0
    assert deletion.erase(organisation_id=closed.pk) is False
    assert Organisation.objects.filter(pk=closed.pk).exists()


# --- Erasing -----------------------------------------------------------------------------------------------


@pytest.fixture
def full(transactional_db: None, owner: User, settings: Any, tmp_path: Path) -> Organisation:
    """Beside Acme, whose files are not touched, an organisation with one of everything; its time is over."""
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}
    doomed = create_organisation(name="Night Press", slug="night-press", owner=owner)
    membership = Membership.objects.select_related("user", "organisation").get(organisation=doomed)
    MembershipFactory(organisation=doomed)
    invitations.invite(emails=["nina@new.example"], role=Role.MEMBER, by=membership)
    FormerAddress.objects.create(slug="older-press", organisation=doomed)
    with entered(doomed):
        make_book(owner)
        record(Action.BOOK_FINISHED, actor=owner, resource=doomed)
        cache.set("own", "secret")
        _kept_file(b"theirs")
        stream.publish("job:1", {"secret": 1})
    job = Job.objects.create(organisation=doomed, subject_type="generation.bookjob", subject_id=uuid7())
    LedgerEntry.objects.create(
        organisation=doomed,
        step_id=uuid7(),
        fence=1,
        job_id=job.pk,
        kind="k",
        state="SETTLED",
        amount_micros=7,
    )
    deletion.ask_for_deletion(by=membership, name="Night Press")
    overdue(doomed)
    return doomed


def _kept_file(data: bytes) -> StoredFile:
    return files.save(data=data, name="a.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK)


@pytest.fixture
def kept_file(organisation: Organisation, full: Organisation, owner: User) -> StoredFile:
    with entered(organisation):
        make_book(owner, title="Ours")
        cache.set("own", "ours")
        record(Action.BOOK_FINISHED, actor=owner, resource=organisation)
        return _kept_file(b"ours")


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_left_and_nothing_else_is_touched(
    organisation: Organisation, full: Organisation, kept_file: StoredFile, owner: User
) -> None:
    live = stream.channel("job:1", schema=full.schema_name)
    assert stream._redis().exists(live)
    assert deletion.erase_due() == 1
    assert not Organisation.objects.filter(pk=full.pk).exists()
    assert not schema_exists(full)
    assert not Path(storages["files"].path(full.schema_name)).exists()
    assert not stream._redis().exists(live)
    with entered(full):
        assert cache.get("own") is None
    for rows in (Membership, Invitation, FormerAddress, Notification, Job, Subscription):
        assert not rows.objects.filter(organisation_id=full.pk).exists(), rows
    assert not ActivityLog.objects.filter(organisation_id=full.pk).exists()
    assert LedgerEntry.objects.get(organisation_id=full.pk).amount_micros == 7  # what was spent was spent
    with entered(organisation):
        assert files.read(kept_file) == b"ours"
        assert cache.get("own") == "ours"
    assert ActivityLog.objects.filter(organisation_id=organisation.pk, action="book.finished").count() == 1
    assert Membership.objects.filter(organisation=organisation).exists()
    assert HostClient(full).get("/").status_code == 404
    assert deletion.erase_due() == 0


@pytest.mark.django_db(transaction=True)
def test_what_fails_midway_is_finished_by_the_next_run(
    full: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(organisation: Organisation) -> None:
        raise DatabaseError("no connection")

    with monkeypatch.context() as broken:
        broken.setattr(erasing, "drop_schema", fail)
        assert deletion.erase_due() == 0
    assert Organisation.objects.filter(pk=full.pk, status="DELETING").exists()
    assert schema_exists(full)
    assert ActivityLog.objects.filter(organisation_id=full.pk).exists()  # rolled back with the rest
    assert deletion.erase_due() == 1
    assert not schema_exists(full)


@pytest.mark.django_db(transaction=True)
def test_activity_log_is_guarded_again_afterwards(full: Organisation, organisation: Organisation) -> None:
    record(Action.BOOK_FINISHED, actor=None, resource=organisation)
    deletion.erase_due()
    with pytest.raises(DatabaseError, match="only added to"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.insights_activitylog")
