"""What is imported is what was exported; what cannot be imported changes nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from billing.models import Subscription
from books.models import Book
from jobs.models import Job
from notifications.models import Letter, Notification
from storage import files as stored
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import entered
from tenants.keys import uuid7
from tenants.models import Invitation, Membership, Organisation
from tenants.portable import importing
from tenants.portable.files import Away
from tenants.portable.importing import CannotImport, Imported, Wishes, import_organisation
from tenants.portable.manifest import Newer, NotAnArchive, Tampered, read
from tenants.portable.models import Import
from tenants.portable.slices import RESTORED
from tenants.schemas.locks import SchemaBusy, exclusive
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.isolation.cast import files_in
from tests.tenants.portable.conftest import Rows, Taken, room_for, rows_of

pytestmark = pytest.mark.django_db

NEVER_ALIKE = {  # by table, columns that an import sets
    "storage_storedfile": {"place", "moved_from", "moved_at"},
    "tenants_claimeddomain": {"verified_at", "checked_at", "failing_since", "problem"},
    "billing_budget": {"reserved_micros", "unknown_micros"},
    "generation_ownprovider": {"sealed_key", "retired_at"},
    "webhooks_endpoint": {"secret", "former_secret", "former_secret_until", "state", "paused_because"},
    "jobs_job": {"state", "failure_code", "finished_at", "reserved_micros"},
    "jobs_step": {"status", "owner", "lease_until", "error_kind", "error_code", "finished_at"},
    "generation_bookjob": {"status", "error", "error_code", "updated_at", "finished_at"},
    "generation_batch": {"status", "reason", "updated_at"},
    "generation_batchrow": {"status", "error", "updated_at"},
    "books_book": {"status", "updated_at"},
}
NOT_RESTORED = {"insights_activitylog"}  # one line more, which tells of the import


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path) -> Iterator[None]:
    with files_in(tmp_path / "files"):
        yield


def alike(rows: Rows, translate: Callable[[str], str] = str) -> dict[str, list[str]]:
    """Rows as texts to be compared, without the columns that an import sets."""
    tables = {label.replace(".", "_").lower() for label in RESTORED} - NOT_RESTORED
    own = {name for name in rows if not name.startswith(("tenants_", "billing_", "insights_", "jobs_"))}
    found = {}
    for table in sorted((tables | own) & set(rows)):
        left = NEVER_ALIKE.get(table, set())
        told = [
            json.dumps({k: v for k, v in row.items() if k not in left}, sort_keys=True)
            for row in rows[table]
            if table != "billing_limit" or row["organisation_id"] is None  # the platform's to grant
        ]
        found[table] = sorted(translate(one) for one in told)
    return found


def test_import_gives_back_what_was_erased(taken: Taken) -> None:
    made = import_organisation(taken.path)
    assert made.organisation.pk == taken.cast.organisation.pk
    assert made.organisation.schema_name == taken.cast.organisation.schema_name
    assert not made.new_ids
    assert alike(rows_of(made.organisation)) == alike(taken.rows)
    assert all(taken.rows[table] for table in ("books_book", "jobs_step", "tenants_membership"))


def test_files_are_what_they_were(taken: Taken) -> None:
    made = import_organisation(taken.path)
    with entered(made.organisation):
        kept = {one.key.partition("/")[2]: stored.read(one) for one in StoredFile.objects.exclude(sha256="")}
    assert kept == taken.files
    assert len(kept) > 3


def test_a_copy_beside_it_has_ids_of_its_own(taken: Taken) -> None:
    first = import_organisation(taken.path).organisation
    made = import_organisation(taken.path, wishes=Wishes(slug="hive", name="Hive"))
    assert made.new_ids
    assert made.organisation.schema_name != first.schema_name
    text = json.dumps(
        {table: rows for table, rows in rows_of(made.organisation).items() if rows}, sort_keys=True
    )
    for gone in (str(first.pk), first.schema_name, *(str(one.pk) for one in first.memberships.all())):
        assert gone not in text
    assert counts(rows_of(made.organisation)) == counts(rows_of(first))
    with entered(made.organisation):
        book_job = Book.objects.filter(jobs__isnull=False).first().jobs.first()
        assert Job.objects.filter(pk=book_job.pk, organisation=made.organisation).exists()
        assert {stored.read(one) for one in StoredFile.objects.exclude(sha256="")} == set(
            taken.files.values()
        )


def counts(rows: Rows) -> dict[str, int]:
    restored = {label.replace(".", "_").lower() for label in RESTORED} - {"tenants_removal"}
    return {
        table: len(found)
        for table, found in rows.items()
        if (table in restored and table not in NOT_RESTORED) or table.startswith(("books_", "formats_"))
    }


def test_books_open_and_files_download(taken: Taken) -> None:
    import_organisation(taken.path)
    organisation = Organisation.objects.get(slug="umbrella")
    author = Membership.objects.filter(organisation=organisation, role="OWNER").get().user
    browser = HostClient(organisation).sign_in(author)
    with entered(organisation):
        book = Book.objects.filter(formats__isnull=False).first()
    assert browser.get(f"/books/{book.pk}/").status_code == 200
    answer = browser.get(f"/books/{book.pk}/files/pdf/download/", follow=True)
    assert answer.status_code == 200


def test_nobody_is_told(taken: Taken) -> None:
    before = Letter.objects.count()
    made = import_organisation(taken.path)
    assert mail.outbox == []
    assert Letter.objects.count() == before
    assert not Notification.objects.filter(organisation=made.organisation).exists()
    assert not Invitation.objects.filter(organisation=made.organisation, emailed_at=None).exists()


def test_nothing_goes_on_by_itself(taken: Taken) -> None:
    made = import_organisation(taken.path)
    steps = Job.objects.filter(organisation=made.organisation).values_list("steps__status", flat=True)
    assert set(steps) & {"PENDING", "LEASED"} == set()
    assert not made.organisation.webhook_endpoints.exclude(state="PAUSED").exists()
    assert not made.organisation.webhook_endpoints.filter(secret="").exists()


def test_people_are_found_by_a_confirmed_address_alone(taken: Taken) -> None:
    emails = sorted(one.email for one in taken.cast.people.values())
    known = UserFactory(email=emails[0])
    unsure = UserFactory(email=emails[1], confirmed=False)
    made = import_organisation(taken.path, wishes=Wishes(owner=known.email))
    assert Membership.objects.filter(organisation=made.organisation, user=known).exists()
    assert not Membership.objects.filter(organisation=made.organisation, user=unsure).exists()
    invitation = Invitation.objects.get(organisation=made.organisation, email=unsure.email)
    assert invitation.emailed_at is not None
    new = User.objects.get(email=emails[2])
    assert not new.has_usable_password()
    assert not EmailAddress.objects.get(user=new).verified
    assert made.people.matched == 1


def test_it_gets_the_first_plan_or_the_one_that_is_named(taken: Taken) -> None:
    made = import_organisation(taken.path)
    assert Subscription.objects.get(organisation=made.organisation).plan.code == "FREE"
    other = import_organisation(taken.path, wishes=Wishes(slug="hive", plan="ENTERPRISE"))
    assert Subscription.objects.get(organisation=other.organisation).plan.code == "ENTERPRISE"
    with pytest.raises(CannotImport, match="no plan GOLD"):
        import_organisation(taken.path, wishes=Wishes(slug="comb", plan="GOLD"))


def test_a_taken_address_is_refused_in_words(taken: Taken) -> None:
    import_organisation(taken.path)
    with pytest.raises(CommandError, match="--slug"):
        call_command("import_organisation", str(taken.path))


# --- Archives that are not whole, altered, or newer --------------------------------------------------------


def rebuilt(
    taken: Taken, path: Path, *, member: str = "", change: Callable[[bytes], bytes] = bytes, leave: str = ""
) -> Path:
    """The archive with one member changed, and its own manifest."""
    with zipfile.ZipFile(taken.path) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != leave:
                data = old.read(name)
                new.writestr(name, change(data) if name == member else data)
    return path


def in_manifest(
    change: Callable[[dict[str, Any]], object], *, unsigned: bool = True
) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        told = json.loads(data)
        change(told)
        if unsigned:
            told["signature"]["by"] = "somebody else"
        return json.dumps(told).encode()

    return changed


def refused(path: Path, error: type[Exception], words: str) -> None:
    """With words, and nothing is changed: no row, no schema, no file, no import that goes on."""
    before = state()
    with pytest.raises(error, match=words):
        import_organisation(path)
    assert state() == before
    with pytest.raises(CommandError, match=words):
        call_command("import_organisation", str(path))


def state() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%%'")
        schemas = cursor.fetchone()
    rows = (Organisation, User, Membership, Job, Import, EmailAddress)
    from storage.places import named

    lying = [one.key for one in named("default").listing("")]
    return (schemas, lying, *(model.objects.count() for model in rows))


def test_truncated_is_refused(taken: Taken, tmp_path: Path) -> None:
    path = tmp_path / "cut"
    data = taken.path.read_bytes()
    for size in (0, 100, len(data) // 2, len(data) - 5):
        path.write_bytes(data[:size])
        refused(path, NotAnArchive, "cut off or damaged")


def test_no_archive_of_ours_is_refused(taken: Taken, tmp_path: Path) -> None:
    refused(rebuilt(taken, tmp_path / "a", leave="manifest.json"), NotAnArchive, "no manifest")
    other = in_manifest(lambda told: told.update(product="other"))
    refused(
        rebuilt(taken, tmp_path / "b", member="manifest.json", change=other), NotAnArchive, "no archive of"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["organisation"].pop("slug"),
        lambda told: told["organisation"].update(id="1"),
        lambda told: told.update(organisation=[]),
        lambda told: told["state"].update(migrations=[["books"]]),
        lambda told: told["file_list"].update(member="other.jsonl"),
    ],
)
def test_a_manifest_without_what_is_needed_is_refused(taken: Taken, tmp_path: Path, change: Any) -> None:
    path = rebuilt(taken, tmp_path / "a", member="manifest.json", change=in_manifest(change))
    refused(path, NotAnArchive, "lacks what this format has|is not in it")


@pytest.mark.parametrize("name", ["manifest.json", "tables/books_book.copy"])
def test_an_encrypted_member_is_refused(taken: Taken, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(taken.path) as archive:
        offset = archive.getinfo(name).header_offset
    data = bytearray(taken.path.read_bytes())
    entry = data.rindex(name.encode()) - 46  # of the directory of members, which stands at the end
    for flags in (offset + 6, entry + 8):  # .ZIP File Format Specification, sections 4.3.7 and 4.3.12
        data[flags] |= 1
    path.write_bytes(data)
    refused(path, NotAnArchive, "cannot be read: .* encrypted")


def test_altered_rows_are_refused(taken: Taken, tmp_path: Path) -> None:
    for member in ("tables/books_book.copy", "public/tenants_membership.jsonl"):
        path = rebuilt(taken, tmp_path / "a", member=member, change=lambda data: data.replace(b"e", b"i", 1))
        refused(path, Tampered, "not what was written")


def test_altered_missing_and_added_files_are_refused(taken: Taken, tmp_path: Path) -> None:
    name = f"files/{sorted(taken.files)[0]}"
    refused(
        rebuilt(taken, tmp_path / "a", member=name, change=lambda data: data + b"!"), Tampered, "not what was"
    )
    refused(rebuilt(taken, tmp_path / "b", leave=name), Tampered, "is not in it")
    added = rebuilt(taken, tmp_path / "c")
    with zipfile.ZipFile(added, "a") as archive:
        archive.writestr("files/more", b"more")
    refused(added, Tampered, "does not name")


def test_an_altered_manifest_of_ours_is_refused(taken: Taken, tmp_path: Path) -> None:
    change = in_manifest(lambda told: told["organisation"].update(name="Other"), unsigned=False)
    refused(rebuilt(taken, tmp_path / "a", member="manifest.json", change=change), Tampered, "signed")


def test_newer_formats_and_migrations_are_refused(taken: Taken, tmp_path: Path) -> None:
    newer = in_manifest(lambda told: told.update(format=2))
    refused(rebuilt(taken, tmp_path / "a", member="manifest.json", change=newer), Newer, "format 2")
    later = in_manifest(lambda told: told["state"]["migrations"].append(["books", "9999_later"]))
    refused(rebuilt(taken, tmp_path / "b", member="manifest.json", change=later), Newer, "9999_later")


def forged(taken: Taken, path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """With checksums that are right: whoever alters an archive of elsewhere can make these."""
    altered = b""

    def altering(data: bytes) -> bytes:
        nonlocal altered
        altered = change(data)
        return altered

    def fit(told: dict[str, Any]) -> None:
        for one in [*told["public"], *told["tables"], told["people"], told["others"], told["file_list"]]:
            if one["member"] == member:
                one["sha256"], one["size"] = hashlib.sha256(altered).hexdigest(), len(altered)

    half = rebuilt(taken, path.with_suffix(".half"), member=member, change=altering)
    with zipfile.ZipFile(half) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, in_manifest(fit)(data) if name == "manifest.json" else data)
    return path


def test_rows_of_another_organisation_are_refused(taken: Taken, tmp_path: Path) -> None:
    own = str(taken.cast.organisation.pk).encode()
    other = b"01890000-0000-7000-8000-000000000000"
    path = forged(
        taken, tmp_path / "a", "public/tenants_membership.jsonl", lambda data: data.replace(own, other, 1)
    )
    refused(path, Tampered, "another organisation's")


@pytest.mark.parametrize("member", ["public/tenants_membership.jsonl", "public/people.jsonl", "files.jsonl"])
@pytest.mark.parametrize("line", [b"[1]", b"null", b"{", b"\xff", b"{}"])
def test_lines_that_are_none_are_refused(taken: Taken, tmp_path: Path, member: str, line: bytes) -> None:
    def first_changed(data: bytes) -> bytes:
        return b"\n".join([line, *data.split(b"\n")[1:]])

    refused(forged(taken, tmp_path / "a", member, first_changed), Tampered, "in it")


def test_older_state_fits_where_migrations_since_only_add(taken: Taken, tmp_path: Path) -> None:
    """Storage's places came by added columns with values of their own."""

    def older(told: dict[str, Any]) -> None:
        told["state"]["migrations"].remove(["storage", "0003_places"])

    path = rebuilt(taken, tmp_path / "a", member="manifest.json", change=in_manifest(older))
    made = import_organisation(path)
    assert made.since == ("storage.0003_places",)


def test_older_state_is_refused_where_rows_would_have_to_change(taken: Taken, tmp_path: Path) -> None:
    def older(told: dict[str, Any]) -> None:
        told["state"]["migrations"].remove(changing)

    changing = ["library", "0002_grown"]

    path = rebuilt(taken, tmp_path / "a", member="manifest.json", change=in_manifest(older))
    refused(path, NotAnArchive, "before")


# --- Killed and gone on with -------------------------------------------------------------------------------


def test_a_killed_import_goes_on_with_its_files(taken: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    from tenants.portable import importing

    def killed(*args: Any, **options: Any) -> Imported:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(importing, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            import_organisation(taken.path)
    assert not Organisation.objects.filter(slug="umbrella").exists()
    begun = Import.objects.get()
    made = import_organisation(taken.path)
    assert made.files_there == len(taken.files)
    assert made.organisation.schema_name == begun.schema_name
    assert not Import.objects.exists()


def test_an_old_one_is_gone_on_with_by_whoever_asks_before_it_is_swept(
    taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: Any, **options: Any) -> Imported:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(importing, "_write", killed)
        for _ in range(2):  # the second goes on with the first
            with pytest.raises(KeyboardInterrupt):
                import_organisation(taken.path)
            assert importing.sweep_imports() == 0
            Import.objects.update(begun_at=timezone.now() - 2 * importing.KEPT)
    made = import_organisation(taken.path)
    assert made.files_there == len(taken.files)


def test_a_full_disk_of_files_keeps_what_was_copied(taken: Taken) -> None:
    smallest, *_others, largest = sorted(map(len, taken.files.values()))
    assert smallest < largest
    with room_for(largest - 1), pytest.raises(Away, match="File too large"):
        import_organisation(taken.path)
    assert not Organisation.objects.filter(slug="umbrella").exists()
    assert Import.objects.count() == 1
    made = import_organisation(taken.path)
    assert (made.files, Import.objects.count()) == (len(taken.files), 0)


DISK_FULL = """
CREATE FUNCTION public.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON public.tenants_membership EXECUTE FUNCTION public.full_disk()
"""


def test_a_full_disk_of_postgresqls_keeps_files_and_no_row(taken: Taken) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DISK_FULL)
        with pytest.raises(CommandError, match=r"nothing was made; .*run it again.*No space left on device"):
            call_command("import_organisation", str(taken.path))
        cursor.execute("DROP FUNCTION public.full_disk CASCADE")
    assert not Organisation.objects.filter(slug="umbrella").exists()
    assert not importing._schema_exists(taken.cast.organisation.schema_name, "default")
    assert import_organisation(taken.path).files_there == len(taken.files)


def test_two_that_begin_at_once_make_one(taken: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    def quicker(archive: Any) -> Any:
        monkeypatch.undo()
        return importing._begin(archive, Wishes(slug="umbrella")).future_id

    monkeypatch.setattr(importing, "_future_id", quicker)
    with pytest.raises(CannotImport, match="is being imported just now"):
        import_organisation(taken.path)
    begun = Import.objects.get()
    with exclusive(begun.schema_name, wait=0), pytest.raises(SchemaBusy):
        import_organisation(taken.path)
    assert import_organisation(taken.path).organisation.schema_name == begun.schema_name


def test_the_manifest_is_signed(taken: Taken, settings: Any) -> None:
    with zipfile.ZipFile(taken.path) as archive:
        data = archive.read("manifest.json")
    assert read(data).ours
    settings.SECRET_KEY = "another installation's"
    assert not read(data).ours


def test_one_that_is_gone_on_with_or_that_fails_keeps_no_other_from_being_swept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, failing, other = (f"t_{number:016x}" for number in range(1, 4))
    for schema in (held, failing, other):
        old = Import.objects.create(
            digest=schema, slug=schema[2:], future_id=uuid7(), schema_name=schema, alias="default"
        )
        Import.objects.filter(pk=old.pk).update(begun_at=timezone.now() - 2 * importing.KEPT)
    forget = importing._forget

    def failing_once(old: Import) -> None:
        if old.schema_name == failing:
            raise Away("the store does not answer")
        forget(old)

    with monkeypatch.context() as patched, exclusive(held, wait=0):
        patched.setattr(importing, "_forget", failing_once)
        assert importing.sweep_imports() == 1
    assert set(Import.objects.values_list("schema_name", flat=True)) == {held, failing}
    assert importing.sweep_imports() == 2
