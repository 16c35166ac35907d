"""The console's page of how the engine is: migrations, schemas that are ready, imports, erasures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from celery.signals import before_task_publish
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tenants.accounts.models import User
from tenants.keys import uuid7
from tenants.migrating.everything import LOCK
from tenants.migrating.standing import TOLD, standing
from tenants.models import MigrationRun, Move, Organisation, ReadySchema, SchemaArtifact, SchemaMigration
from tenants.portable.models import Erasure, Export, Import
from tenants.schemas.artifact import migrations_hash
from tenants.schemas.locks import CLASS, at_work
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

PAGE = "/console/servers/"
COMMAND = "./octavo manage migrate_organisations"


@pytest.fixture
def operator(super_admin: User) -> HostClient:
    return HostClient().sign_in(super_admin)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def behind(number: int, **fields: Any) -> list[Organisation]:
    """Organisations that exist in public alone, which is all that the page may look at."""
    made = [
        Organisation(
            name=f"Behind {count}", slug=f"behind-{count}", schema_name=f"t_{uuid4().hex[:16]}", **fields
        )
        for count in range(number)
    ]
    return list(Organisation.objects.bulk_create(made))


def tried(run: MigrationRun, organisation: Organisation, **fields: Any) -> SchemaMigration:
    line = {"state": "FAILED", "error": 'column "x" already exists [42701]', "began_at": timezone.now()}
    return SchemaMigration.objects.create(run=run, organisation=organisation, **{**line, **fields})


def make_run(target: str | None = None, **fields: Any) -> MigrationRun:
    return MigrationRun.objects.create(target=target or migrations_hash(), **fields)


def make_newer() -> str:
    made_at = timezone.now() + timedelta(hours=1)
    newer = SchemaArtifact.objects.create(hash="newer", sql="")
    SchemaArtifact.objects.filter(pk=newer.pk).update(built_at=made_at)
    return "newer"


def make_erasure(**fields: Any) -> Erasure:
    usual = {"erased_id": uuid7(), "schema_name": "t_erased", "alias": "default", "asked_by": "owner"}
    return Erasure.objects.create(**{**usual, **fields})


def hold_lock(*numbers: int) -> None:
    """As whoever is at work does, until the test's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({', '.join(map(str, numbers))})")


# --- Migrations --------------------------------------------------------------------------------------------


def test_organisations_are_counted_by_the_state_they_are_at(organisation: Organisation) -> None:
    behind(2)
    Organisation.objects.create(name="N", slug="newer", schema_name="t_newer", schema_state=make_newer())
    told = standing()
    assert told.prepared
    assert (told.current, told.newer, told.waiting, told.total) == (1, 1, 2, 4)


def test_a_failed_migration_is_told_with_what_to_do(operator: HostClient, organisation: Organisation) -> None:
    failed, busy, lost, changed = behind(4)
    run = make_run(outcome=MigrationRun.Outcome.UNFINISHED)
    tried(run, failed)
    tried(run, busy, state="BUSY", error="canceling statement due to lock timeout [55P03]", attempts=6)
    tried(run, lost, error="it has no schema t_x, or none with tables")
    tried(run, changed, error="its schema is being moved, or holds something that was added: …")
    tried(run, organisation, state="DONE", error="")
    page = text(operator.get(PAGE))
    assert "column &quot;x&quot; already exists [42701]" in page
    assert "Mend in its schema what stands in the way" in page
    assert f'data-copy="{COMMAND} --only behind-0"' in page
    assert "Its tables were in use for too long" in page and "6 attempts" in page
    assert "Restore them from a backup, or erase the organisation." in page
    assert "take out of its schema what somebody has added" in page
    assert "ended with organisations left" in page
    assert page.count(f'data-copy="{COMMAND} --only behind-') == 4
    assert "hx-get" not in page  # nobody is at work


def test_what_a_later_run_has_done_is_told_no_more() -> None:
    once, still, noted = behind(3)
    first, second = make_run(), make_run()
    for one in (once, still, noted):
        tried(first, one)
    tried(second, once, state="DONE", error="")
    last = tried(second, still, state="BUSY", error="in use")
    Organisation.objects.filter(pk=noted.pk).update(schema_state=migrations_hash())
    assert standing().left == [last]


def test_what_newer_code_could_not_migrate_is_told_by_older(organisation: Organisation) -> None:
    run = make_run(make_newer())
    line = tried(run, organisation)
    told = standing()
    assert told.left == [line] and told.towards_newer and (told.done, told.total) == (0, 1)
    Organisation.objects.update(schema_state="newer")
    assert standing().left == []


def test_those_that_failed_are_named_up_to_a_number(operator: HostClient) -> None:
    run = make_run()
    for one in behind(TOLD + 1):
        tried(run, one)
    told = standing()
    assert len(told.left) == TOLD and told.more
    assert f'data-copy="{COMMAND} --status"' in text(operator.get(PAGE))


def test_a_run_at_work_is_shown_and_the_page_renews_itself(
    operator: HostClient, organisation: Organisation
) -> None:
    behind(3)
    make_run()
    page = text(operator.get(PAGE))
    assert (
        "broken off" in page and f'data-copy="{COMMAND}"' in page
    )  # its row says that it runs, no lock does
    hold_lock(LOCK)
    page = text(operator.get(PAGE))
    assert "A run is at work: 1 of 4 organisations are done." in page
    assert f'hx-get="{PAGE}"' in page and "broken off" not in page
    assert f'data-copy="{COMMAND}"' not in page  # a second one would only wait


def test_a_database_that_is_not_prepared_is_told(operator: HostClient, db: None) -> None:
    SchemaArtifact.objects.all().delete()
    page = text(operator.get(PAGE))
    assert "Nothing has been migrated to this version yet." in page and f'data-copy="{COMMAND}"' in page


# --- Servers -----------------------------------------------------------------------------------------------


def test_a_server_tells_what_is_on_it(operator: HostClient, organisation: Organisation) -> None:
    behind(2, status="SUSPENDED")
    ReadySchema.objects.create(schema_name="t_fits", alias="default", artifact_hash=migrations_hash())
    ReadySchema.objects.create(schema_name="t_other", alias="default", artifact_hash="other")
    Move.objects.create(
        organisation=organisation,
        source="default",
        target="north",
        state="MOVED",
        drop_after=timezone.now() + timedelta(days=7),
        old_schema="moved_x",
    )
    page = text(operator.get(PAGE))
    assert "3 organisations · Active: 1 · Suspended: 2" in page
    ready = ReadySchema.objects.filter(artifact_hash=migrations_hash()).count()
    assert f"Schemas ready for sign-ups: {ready}, wanted: 3" in page
    assert "of another version, removed within the hour: 1" in page
    assert "1 old copy of an organisation that has moved away" in page
    assert "the old copy on default is dropped on" in page


def test_a_server_that_is_not_set_up_any_more_is_told(operator: HostClient) -> None:
    behind(1, alias="gone")
    page = text(operator.get(PAGE))
    assert "gone" in page and "OCTAVO_SERVERS does not name it any more" in page


# --- Imports and erasures ----------------------------------------------------------------------------------


def make_import(**fields: Any) -> Import:
    usual = {"digest": uuid4().hex, "slug": "coming", "future_id": uuid7(), "alias": "default"}
    return Import.objects.create(**{**usual, "schema_name": f"t_{uuid4().hex[:16]}", **fields})


def test_an_import_is_at_work_or_broken_off(operator: HostClient) -> None:
    one = make_import()
    page = text(operator.get(PAGE))
    assert "coming" in page and "what it has left is removed after" in page and "hx-get" not in page
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({CLASS}, hashtext(%s))", [one.schema_name])
    page = text(operator.get(PAGE))
    assert "at work" in page and "broken off" not in page and "hx-get" in page


def test_exports_under_way_and_failed_lately(operator: HostClient, organisation: Organisation) -> None:
    now = timezone.now()
    long_ago = {"state": "FAILED", "reason": "busy", "ended_at": now - timedelta(days=8)}
    Export.objects.create(organisation=organisation, **long_ago)
    Export.objects.create(organisation=organisation, state="FAILED", reason="files_away", ended_at=now)
    page = text(operator.get(PAGE))
    assert "The place of its files did not answer." in page and "It was being migrated" not in page
    assert "hx-get" not in page
    Export.objects.create(organisation=organisation, state="RUNNING", percent=40)
    page = text(operator.get(PAGE))
    assert "Being made" in page and 'value="40"' in page and "hx-get" in page


def test_locks_are_known_by_the_schemas_name() -> None:
    names = [f"t_{number:016x}" for number in range(20)]  # hashes below nothing among them
    with connection.cursor() as cursor:
        for name in names[::2]:
            cursor.execute(f"SELECT pg_advisory_xact_lock({CLASS}, hashtext(%s))", [name])
    assert at_work(names) == set(names[::2])
    assert at_work([]) == set()


def test_unfinished_erasures_say_what_is_left(operator: HostClient, organisation: Organisation) -> None:
    make_erasure()
    assert "its rows are gone, something else is left" in text(operator.get(PAGE))
    make_erasure(erased_id=organisation.pk, schema_name=organisation.schema_name)
    assert "kept after all" in text(operator.get(PAGE))
    Organisation.objects.update(status="DELETING", delete_at=timezone.now())
    page = text(operator.get(PAGE))
    assert "its rows are there still" in page and organisation.name in page
    assert "Finish them now" in page


@pytest.fixture
def rung() -> Iterator[list[str]]:
    """Names of the tasks that the broker is handed."""
    names: list[str] = []

    def hear(sender: str, **told: Any) -> None:
        names.append(sender)

    before_task_publish.connect(hear)
    yield names
    before_task_publish.disconnect(hear)


def test_erasures_are_finished_by_the_workers(
    operator: HostClient, rung: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    make_erasure()
    with django_capture_on_commit_callbacks(execute=True):
        page = text(operator.post(f"{PAGE}erasures/finish/", follow=True))
    assert "The workers finish what can be finished." in page
    assert rung == ["tenants.erase_due"]


def test_a_certificate_can_be_had(operator: HostClient) -> None:
    now = timezone.now()
    erasure = make_erasure(
        removed={"books_book": 2, "public.tenants_membership": 1, "files": 4},
        verified_at=now,
        backups_expire_at=now + timedelta(days=35),
    )
    page = text(operator.get(PAGE))
    address = f"{PAGE}erasures/{erasure.pk}/certificate.json"
    assert f'href="{address}"' in page and "3 rows · 4 files · backups have it until" in page
    assert "asked for by its owner" in page
    told = operator.get(address)
    assert told["Content-Disposition"] == f'attachment; filename="erasure-{erasure.erased_id}.json"'
    assert UUID(told.json()["organisation"]) == erasure.erased_id
    assert told.json()["removed"]["files"] == 4 and told.json()["verified"] is True
    unfinished = make_erasure()
    assert operator.get(f"{PAGE}erasures/{unfinished.pk}/certificate.json").status_code == 404


def test_admins_look_and_do_nothing(db: None) -> None:
    admin = HostClient().sign_in(UserFactory(email="ann@octavo.example", role=User.Role.ADMIN))
    make_erasure()
    page = text(admin.get(PAGE))
    assert "unfinished" in page and "Finish them now" not in page
    assert admin.post(f"{PAGE}erasures/finish/").status_code == 404


def test_a_command_tells_the_same(organisation: Organisation) -> None:
    fill(1)
    make_erasure(erased_id=organisation.pk)
    out = io.StringIO()
    call_command("servers", stdout=out)
    told = out.getvalue()
    assert "default: organisations: 2 active; " in told
    assert "Migrations: at this version: 1, newer: 0, waiting: 1" in told
    assert "could not be migrated: 1; migrate_organisations --status says why" in told
    assert "behind-0 default → north FAILED: " in told
    assert "behind-0 ASKED: 0 %" in told
    assert "coming-0 to default: broken off" in told
    assert f"{organisation.pk} on default: kept after all" in told
    assert told.count("Erased: ") == 1


# --- However many there are --------------------------------------------------------------------------------


def fill(number: int) -> None:
    run = make_run()
    for count, one in enumerate(behind(number)):
        tried(run, one)
        Move.objects.create(organisation=one, source="default", target="north", state="FAILED")
        make_import(slug=f"coming-{count}")
        Export.objects.create(organisation=one)
        make_erasure(erased_id=one.pk)
        make_erasure(verified_at=timezone.now(), backups_expire_at=timezone.now())


def test_sixty_organisations_cost_no_more_queries_than_three(operator: HostClient) -> None:
    fill(3)
    few = queries_of(operator, PAGE)
    Organisation.objects.all().delete()
    fill(60)
    assert queries_of(operator, PAGE) == few


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_is_whole_in_both_languages(operator: HostClient, language: str) -> None:
    fill(2)
    page = text(operator.get(PAGE, HTTP_ACCEPT_LANGUAGE=language))
    assert f'<html lang="{language}"' in page and "Behind 1" in page


def test_nothing_at_all_is_said_in_words(operator: HostClient) -> None:
    page = text(operator.get(PAGE))
    assert "No organisation has been moved." in page
    assert "No import is under way." in page
    assert "No organisation has been erased." in page
