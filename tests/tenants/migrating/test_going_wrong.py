"""Runs that are killed, wait, fail or meet each other: what is done stays done, and what is left is named."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from tenants.context import in_public
from tenants.migrating import running
from tenants.migrating.everything import migrate_everything
from tenants.migrating.options import Options
from tenants.migrating.progress import Silence
from tenants.models import MigrationRun, Organisation, SchemaMigration
from tenants.schemas.artifact import migrations_hash
from tenants.schemas.direct import open_direct
from tenants.schemas.locks import exclusive
from tenants.schemas.provisioning import create_organisation
from tests.tenants.migrating.test_replaying import ADDED, columns, states

ROOT = Path(__file__).resolve().parents[3]


def drop_column_beforehand(organisation):
    """So that the migration finds what it cannot cope with in this one."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{organisation.schema_name}".library_shelf ADD COLUMN colour integer')


def migrated():
    return [
        made for made in Organisation.objects.order_by("created_at") if "colour" in columns(made.schema_name)
    ]


def test_one_that_fails_is_named_and_the_others_go_on(written, some):
    made = some(5)
    drop_column_beforehand(made[2])
    written.add("0003_colours", ADDED)
    said = io.StringIO()
    with pytest.raises(CommandError, match=rf"{made[2].slug} failed: column .colour. .*42701") as refusal:
        call_command("migrate_organisations", batch=3, stdout=said)
    assert "again" in str(refusal.value)
    assert "Organisations migrated: 4" in said.getvalue()
    line = SchemaMigration.objects.get(state="FAILED")
    assert (line.organisation, line.run.outcome) == (made[2], "UNFINISHED")
    with connection.cursor() as cursor:  # mended, it is the only one left
        cursor.execute(f'ALTER TABLE "{made[2].schema_name}".library_shelf DROP COLUMN colour')
    assert migrate_everything().migrated == 1


def test_a_canary_that_fails_ends_the_run(written, some):
    made = some(4)
    drop_column_beforehand(made[3])
    written.add("0003_colours", ADDED)
    result = migrate_everything(options=Options(canary_slugs=(made[3].slug,)))
    assert made[3].slug in result.stopped
    assert (result.migrated, result.not_reached) == (0, 3)
    assert len(migrated()) == 1  # the one that had it


def test_more_failures_than_are_tolerated_end_the_run(written, some):
    made = some(5)
    for organisation in made[1:4]:
        drop_column_beforehand(organisation)
    written.add("0003_colours", ADDED)
    result = migrate_everything(options=Options(tolerate=1, parallel=1, batch=1))
    assert result.stopped == "2 organisations could not be migrated"
    assert (result.migrated, len(result.left), result.not_reached) == (1, 2, 2)


def test_one_in_use_is_put_back_and_done_later(written, some):
    made = some(3)
    written.add("0003_colours", ADDED)
    with open_direct() as reader:
        reader.execute(f'BEGIN; SELECT FROM "{made[1].schema_name}".library_shelf')

        class Watch(Silence):
            def say(self, line):
                if line == f"{made[1].slug} is in use and will be tried again":
                    reader.execute("ROLLBACK")

        result = migrate_everything(options=Options(lock_timeout=0.1, attempts=50), watcher=Watch())
    assert result.finished
    line = SchemaMigration.objects.get(organisation=made[1])
    assert line.state == "DONE"
    assert line.attempts > 1


def test_one_in_use_for_too_long_is_left(written, some):
    made = some(2)
    written.add("0003_colours", ADDED)
    with exclusive(made[1].schema_name, wait=0):  # such as by a move
        result = migrate_everything(options=Options(attempts=2))
    assert [(left.slug, left.busy) for left in result.left] == [(made[1].slug, True)]
    assert migrate_everything().migrated == 1


def test_a_full_disk_ends_the_run(written, some):
    made = some(3)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION public.full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END$$"
        )
        cursor.execute(
            f'CREATE TRIGGER full_disk BEFORE INSERT ON "{made[1].schema_name}".django_migrations'
            " EXECUTE FUNCTION public.full_disk()"
        )
    try:
        written.add("0003_colours", ADDED)
        result = migrate_everything(options=Options(parallel=1, batch=1))
        assert "disk" in result.stopped
        assert (result.migrated, result.not_reached) == (1, 2)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION public.full_disk() CASCADE")


def test_batches_stay_below_the_servers_locks(written, some, monkeypatch):
    """Four organisations' worth of the table of locks is all that a batch may take."""
    made = some(10)
    written.add("0003_colours", ADDED)
    sizes = []
    stock = running.Replayer.replay

    def replay(self, task, members):
        outcomes = stock(self, task, members)
        sizes.append((len(members), self.locks))
        return outcomes

    monkeypatch.setattr(running.Replayer, "replay", replay)
    monkeypatch.setattr(running, "_budget", lambda alias: 100)
    assert migrate_everything(options=Options(parallel=1, batch=100)).migrated == len(made)
    locks = max(locks for _, locks in sizes)
    assert 1 < max(size for size, _ in sizes) == 100 // locks < 9


def test_a_connection_that_is_cut_is_opened_again(written, some):
    made = some(3)
    written.add("0003_colours", ADDED)
    cut = []

    class Watch(Silence):
        def done(self):
            if not cut:
                with open_direct() as killer:
                    cut.extend(
                        killer.execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            " WHERE application_name = 'octavo migrate_organisations'"
                            " AND datname = current_database()"
                        ).fetchall()
                    )

    assert migrate_everything(options=Options(parallel=1, batch=1), watcher=Watch()).migrated == len(made)
    assert cut


def test_who_signs_up_meanwhile_is_migrated_too(written, some):
    some(2)
    old = OldCode()
    target = written.add("0003_colours", ADDED)

    class Watch(Silence):
        def done(self):
            if not old.made:
                old.sign_up()

    assert migrate_everything(watcher=Watch()).migrated == 3
    assert states() == {target}
    assert "colour" in columns(old.made[0].schema_name)


class OldCode:
    """Web processes that have not been restarted: they know the artifact of their own code."""

    def __init__(self):
        from tenants.schemas import artifact

        self.artifact, self.made = artifact.current_artifact(), []

    def sign_up(self):
        made = Organisation(name="Late", slug="late", schema_state=self.artifact.hash)
        with in_public(), connection.cursor() as cursor:
            cursor.execute(self.artifact.for_schema(made.schema_name))
            made.save(force_insert=True)
        self.made.append(made)


def test_who_signs_up_with_new_code_needs_nothing(written, some):
    some(1)
    target = written.add("0003_colours", ADDED)
    migrate_everything()
    made = create_organisation(name="New", slug="new", owner=None)
    assert made.schema_state == target
    assert migrate_everything().migrated == 0
    assert "colour" in columns(made.schema_name)


def test_two_runs_at_once_wait_for_each_other(written, some):
    some(3)
    written.add("0003_colours", ADDED)
    results = []

    def run():
        try:
            results.append(migrate_everything())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.migrated for result in results) == [0, 3]
    assert MigrationRun.objects.count() == 1


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
sys.path.insert(0, sys.argv[2])
settings.MIGRATION_MODULES = {"library": sys.argv[3]}
from tenants.migrating.everything import migrate_everything
from tenants.migrating.options import Options
from tenants.migrating.progress import Silence

class Watch(Silence):
    count = 0
    def done(self):
        self.count += 1
        if self.count == 2:
            os.kill(os.getpid(), getattr(signal, sys.argv[4]))

result = migrate_everything(options=Options(parallel=1, batch=1), watcher=Watch())
print(result.stopped)
"""


@pytest.mark.parametrize(("name", "status"), [("SIGKILL", -signal.SIGKILL), ("SIGTERM", 0)])
def test_a_run_that_is_killed_or_told_to_end_loses_nothing(written, some, name, status):
    made = some(5)
    written.add("0003_colours", ADDED)
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
            connection.settings_dict["NAME"],
            written.folder.parent,
            written.name,
            name,
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT}/platform",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == status, ended.stderr
    if status == 0:
        assert "SIGTERM" in ended.stdout
    done = len(migrated())
    assert 2 <= done <= 3
    assert Organisation.objects.filter(schema_state=migrations_hash()).count() == done
    assert migrate_everything().migrated == len(made) - done
    assert len(migrated()) == len(made)
