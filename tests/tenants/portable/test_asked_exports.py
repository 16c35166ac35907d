"""Exports that owners ask for: made by a worker, told of, taken, and gone after a while."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from billing.models import Limit, Metric, Window
from books.models import Book
from insights.models import ActivityLog
from notifications.emails import send_email
from notifications.models import Notification
from notifications.webhooks.models import Endpoint, Event
from storage import archives, files, places, sweeping
from storage.models import StoredFile
from storage.portable import Store
from tenants.accounts.models import User
from tenants.context import entered, in_public
from tenants.models import Membership, Organisation, Role
from tenants.people.members import NotAllowed
from tenants.portable import erasing
from tenants.portable.exports import asking, ending, making
from tenants.portable.exports.asking import CannotExport
from tenants.portable.exports.tasks import export as export_task
from tenants.portable.files import Away
from tenants.portable.importing import Wishes, import_organisation
from tenants.portable.models import Export
from tenants.schemas import making as schema_making
from tenants.schemas.locks import SchemaBusy, exclusive
from tests.conftest import HostClient
from tests.isolation.cast import files_in

committing = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.EXPORTS_FOLDER = tmp_path / "exports"
    with files_in(tmp_path / "files"):
        yield


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.select_related("user", "organisation").get(user=owner)


def kept_in(organisation: Organisation) -> list[str]:
    """What lies among its files below exports/."""
    lying = places.named("default").listing(organisation.schema_name)
    return [one.key for one in lying if "/exports/" in one.key]


def keep_file(organisation: Organisation) -> StoredFile:
    with entered(organisation):
        return files.save(data=b"a picture", name="a.png", content_type="image/png", kind="PICTURE")


@committing
def test_an_owner_takes_the_organisation_along(organisation: Organisation, owning: Membership) -> None:
    """Asked for, made, told of by e-mail, downloaded in parts, and imported under another name."""
    endpoint = Endpoint.objects.create(organisation=organisation, url="https://hooks.example/", secret="x")
    with entered(organisation):
        Book.objects.create(title="The Lighthouse Cat", topic="a cat", author=owning.user, language="en")
    kept = keep_file(organisation)
    export = asking.ask_for_export(by=owning)
    assert (export.state, export.percent) == ("ASKED", 0)
    export_task(export_id=str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.percent, export.missing) == ("READY", 100, 0)
    assert timedelta(days=6) < export.expires_at - timezone.now() < timedelta(days=8)

    told = Notification.objects.get(user=owning.user, kind="export.ready")
    send_email(notification_id=told.pk)
    (letter,) = mail.outbox
    assert letter.to == [owning.user.email]
    assert organisation.url("/organisation/exports/") in letter.body
    assert Event.objects.get(deliveries__endpoint=endpoint).data["id"] == str(export.pk)

    browser = HostClient(organisation).sign_in(owning.user)
    address = f"/organisation/exports/{export.pk}/download/"
    whole = b"".join(browser.get(address).streaming_content)
    part = browser.get(address, HTTP_RANGE=f"bytes=100-{len(whole) - 1}")
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[100:]
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (export.size, export.sha256)
    logged = ActivityLog.objects.filter(organisation_id=organisation.pk).order_by("created_at", "pk")
    assert [one.action for one in logged if "export" in one.action] == [
        "export.asked", "organisation.exported", "export.downloaded",
    ]  # fmt: skip

    path = Path(ending.workplace_of(export)).parent / "taken.octavo"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(whole)
    made = import_organisation(path, wishes=Wishes(slug="beside", name="Beside"))
    with entered(made.organisation):
        assert [book.title for book in Book.objects.all()] == ["The Lighthouse Cat"]
        (file,) = StoredFile.objects.all()
        assert files.read(file) == b"a picture"
        assert file.sha256 == kept.sha256
    assert not Export.objects.filter(organisation=made.organisation).exists()
    with in_public():
        schema_making.drop(made.organisation.schema_name, alias="default")


@committing
def test_it_counts_against_nothing_and_is_not_in_the_next(
    organisation: Organisation, owning: Membership
) -> None:
    """Of a full plan, suspended meanwhile."""
    keep_file(organisation)
    Limit.objects.create(organisation=organisation, metric=Metric.STORAGE_USED, window=Window.EVER, amount=1)
    first = asking.ask_for_export(by=owning)
    Organisation.objects.filter(pk=organisation.pk).update(status="SUSPENDED")
    making.make(first)
    second = asking.ask_for_export(by=owning)
    making.make(second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert len(kept_in(organisation)) == 2
    assert second.size < first.size + 2000
    with entered(organisation):
        assert StoredFile.objects.count() == 1


def make_once_it_is_free(export: Export) -> None:
    """The server notices that a client is gone when it next looks at it."""
    for _look in range(200):
        try:
            return making.make(export)
        except SchemaBusy:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("the lock of a killed process has stayed")


@committing
def test_a_killed_worker_is_gone_on_with(
    organisation: Organisation, owning: Membership, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The process dies while it fetches the second file; the next one fetches that one alone."""
    if organisation.alias != "default":
        pytest.skip("the process that dies knows of one server alone")
    for _number in range(2):
        keep_file(organisation)
    export = asking.ask_for_export(by=owning)
    program = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from django.test import override_settings
from tests.isolation.cast import files_in
from pathlib import Path
from storage.portable import Store
database, folder, export_id = sys.argv[1:]
from django.db import connections
connections["default"].settings_dict["NAME"] = database
settings.EXPORTS_FOLDER = Path(folder, "exports")
pieces, fetched = Store.pieces, []
def dying(self, file):
    fetched.append(file)
    if len(fetched) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from pieces(self, file)
Store.pieces = dying
from tenants.portable.exports.tasks import export
with files_in(Path(folder, "files")):
    export(export_id=export_id)
"""
    name = connection.settings_dict["NAME"]
    done = subprocess.run(
        [sys.executable, "-c", program, name, str(tmp_path), str(export.pk)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": ".:platform"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("RUNNING", 1)
    fetched, pieces = [], Store.pieces

    def counted(self: Store, file: Any) -> Iterator[bytes]:
        fetched.append(file.key)
        return pieces(self, file)

    monkeypatch.setattr(Store, "pieces", counted)
    make_once_it_is_free(export)
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("READY", 2)
    assert len(fetched) == 1
    assert not any(ending.workplace_of(export).parent.iterdir())


@committing
def test_what_may_pass_is_tried_again_and_given_up_in_words(
    organisation: Organisation, owning: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asking.ask_for_export(by=owning)

    def away(self: Store, *args: Any, **given: Any) -> str:
        raise Away("the bucket does not answer")

    monkeypatch.setattr(Store, "keep_archive", away)
    making.make(export)
    export.refresh_from_db()
    assert (export.state, export.reason) == ("ASKED", "files_away")
    Export.objects.filter(pk=export.pk).update(attempts=making.TRIES - 1)
    making.make(export)
    export.refresh_from_db()
    assert (export.state, export.key) == ("FAILED", "")
    told = Notification.objects.get(user=owning.user, kind="export.failed")
    assert "did not answer" in told.words.body
    asking.ask_for_export(by=owning)  # at once


@committing
def test_one_that_breaks_every_worker_ends(organisation: Organisation, owning: Membership) -> None:
    export = asking.ask_for_export(by=owning)
    Export.objects.filter(pk=export.pk).update(state="RUNNING", attempts=making.TRIES)
    making.make(export)
    export.refresh_from_db()
    assert (export.state, export.reason) == ("FAILED", "broken")


@committing
def test_deleting_one_under_way_stops_it(
    organisation: Organisation, owning: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asking.ask_for_export(by=owning)
    keep = Store.keep_archive

    def deleted_meanwhile(self: Store, path: Path, **given: Any) -> str:
        kept = keep(self, path, **given)
        asking.delete_export(by=owning, export=Export.objects.get(pk=export.pk))
        return kept

    monkeypatch.setattr(Store, "keep_archive", deleted_meanwhile)
    making.make(export)
    export.refresh_from_db()
    assert (export.state, export.key) == ("DELETED", "")
    assert kept_in(organisation) == []
    assert not ending.workplace_of(export).exists()
    assert not Notification.objects.filter(kind__startswith="export.").exists()


@committing
def test_whoever_has_it_in_hand_is_left_alone(organisation: Organisation, owning: Membership) -> None:
    export = asking.ask_for_export(by=owning)
    with exclusive(ending.lock_of(export), wait=0):
        with pytest.raises(SchemaBusy):
            making.make(export)
        export_task(export_id=str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("ASKED", 0)


@committing
def test_its_time_is_over_after_a_week(organisation: Organisation, owning: Membership) -> None:
    export = asking.ask_for_export(by=owning)
    making.make(export)
    ending.sweep()
    assert len(kept_in(organisation)) == 1
    Export.objects.update(expires_at=timezone.now())
    with pytest.raises(asking.NotThere):
        asking.take_export(by=owning, export=Export.objects.get())
    ending.sweep()
    export.refresh_from_db()
    assert (export.state, export.key) == ("EXPIRED", "")
    assert kept_in(organisation) == []
    Export.objects.update(asked_at=timezone.now() - ending.REMEMBERED)
    ending.sweep()
    assert not Export.objects.exists()


@committing
def test_erasing_the_organisation_erases_its_exports(organisation: Organisation, owning: Membership) -> None:
    making.make(asking.ask_for_export(by=owning))
    asking.ask_for_export(by=owning)
    erasing.make_due(organisation=organisation)
    certificate = erasing.erase(organisation=organisation)
    assert certificate.removed["public.portable_export"] == 2
    assert kept_in(organisation) == []
    assert not Export.objects.exists()


@pytest.mark.django_db
def test_what_no_export_names_is_swept_with_the_files(organisation: Organisation) -> None:
    with entered(organisation):
        export = Export.objects.create(organisation=organisation, place="default")
        for pk in (export.pk, organisation.pk):
            about = places.About("a.octavo", "application/zip", 4, "")
            places.named("default").put(archives.key_of(pk), io.BytesIO(b"much"), about)
        Export.objects.update(key=archives.key_of(export.pk))
        for one in kept_in(organisation):
            path = Path(places.named("default").path(one))
            os.utime(path, (0, 0))
        assert sweeping.sweep().orphans == 1
        assert kept_in(organisation) == [archives.key_of(export.pk)]


@pytest.mark.django_db
def test_only_owners_and_one_at_a_time_and_few_a_day(
    organisation: Organisation, other_organisation: Organisation, owning: Membership, member: User
) -> None:
    for _number in range(asking.MOST_A_DAY):
        Export.objects.create(organisation=other_organisation, state="EXPIRED")
    for role in (Role.ADMIN, Role.MEMBER):
        Membership.objects.filter(user=member).update(role=role)
        with pytest.raises(NotAllowed):
            asking.ask_for_export(by=Membership.objects.get(user=member))
    for number in range(asking.MOST_A_DAY):
        export = asking.ask_for_export(by=owning)
        if number < 2:
            with pytest.raises(CannotExport, match="already"):
                asking.ask_for_export(by=owning)
        asking.delete_export(by=owning, export=export)
    with pytest.raises(CannotExport, match="24 hours"):
        asking.ask_for_export(by=owning)
    Export.objects.filter(pk=export.pk).update(state="FAILED")  # ours, so it does not count
    asking.ask_for_export(by=owning)
