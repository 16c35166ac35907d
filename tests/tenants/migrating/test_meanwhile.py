"""What others do to an organisation between the look at it and its migration, and servers that are away."""

from __future__ import annotations

import io

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tenants.context import entered, in_public
from tenants.migrating import each, everything, examples
from tenants.migrating.away import ServerAway
from tenants.migrating.everything import migrate_everything
from tenants.migrating.options import Options
from tenants.migrating.planning import plan, status
from tenants.migrating.progress import Silence, watching
from tenants.migrating.template import prepare_template
from tenants.models import MigrationRun, Organisation, SchemaMigration
from tenants.schemas import locks, making
from tenants.schemas.artifact import migrations_hash
from tenants.schemas.direct import open_direct
from tests.tenants.library.models import Label
from tests.tenants.migrating.test_replaying import ADDED, columns

FILLED = "replay = False\noperations = [migrations.RunPython(migrations.RunPython.noop)]"
BESIDE = """
    atomic = False
    replay = False
    operations = [AddIndexConcurrently("shelf", models.Index(fields=["keeper"], name="library_kept"))]
"""


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def erase(organisation):
    """At once, as if its time had been over."""
    with in_public():
        making.drop(organisation.schema_name, alias="default")
        Organisation.objects.filter(pk=organisation.pk).delete()


class AfterTheFirst(Silence):
    """Does something once one organisation has been migrated: all others have been looked at by then."""

    def __init__(self, act):
        self._act = act

    def done(self):
        act, self._act = self._act, lambda: None
        act()


@pytest.mark.parametrize("body", [ADDED, FILLED], ids=["replayed", "one by one"])
def test_one_that_is_erased_meanwhile_is_nobodys_concern(written, some, body):
    _first, gone, last = some(3)
    written.add("0003_change", body)
    result = migrate_everything(
        options=Options(parallel=1, batch=1), watcher=AfterTheFirst(lambda: erase(gone))
    )
    assert (result.migrated, result.left, result.finished) == (2, [], True)
    assert Organisation.objects.get(pk=last.pk).schema_state == migrations_hash()


@pytest.fixture
def without_recording(monkeypatch):
    """The template is made ready unheard, as where it was made anew: organisations serve as examples."""
    monkeypatch.setattr(everything, "prepare_template", lambda say: prepare_template(say=say) and None)


def test_an_example_that_is_erased_before_it_is_copied_is_replaced(
    written, some, without_recording, monkeypatch
):
    first, *_others = some(3)
    written.add("0003_colours", ADDED)
    stock = examples.record

    def record(example, applied):
        if example.schema == first.schema_name:
            erase(first)
        return stock(example, applied)

    monkeypatch.setattr(examples, "record", record)
    result = migrate_everything()
    assert (result.migrated, result.finished) == (2, True)


def test_an_example_in_which_the_migration_fails_is_replaced(written, some, without_recording):
    odd, other = some(2)
    sql(f'ALTER TABLE "{odd.schema_name}".library_shelf ADD COLUMN colour integer')
    written.add("0003_colours", ADDED)
    result = migrate_everything(options=Options(canaries=0))
    assert "colour" in columns(other.schema_name)
    assert [left.slug for left in result.left] == [odd.slug]
    with pytest.raises(CommandError, match=rf"^{odd.slug} failed: the migration library.0003_colours fails"):
        call_command("migrate_organisations", stdout=io.StringIO())


def test_one_that_has_moved_meanwhile_is_looked_for_where_it_is(written, some, server_away):
    """It is on a server that does not answer now: not a failure of its migration."""
    _first, moved, _last = some(3)
    written.add("0003_colours", ADDED)

    def move():
        making.drop(moved.schema_name, alias="default")
        Organisation.objects.filter(pk=moved.pk).update(alias=server_away)

    result = migrate_everything(options=Options(parallel=1, batch=1), watcher=AfterTheFirst(move))
    assert (result.migrated, result.left, result.not_reached) == (2, [], 1)
    assert not SchemaMigration.objects.filter(state="FAILED").exists()


def test_where_no_schema_can_be_copied_all_are_named_with_the_reason(written, some, without_recording):
    (added,) = some(1)
    sql(f'CREATE VIEW "{added.schema_name}".by_hand AS SELECT 1 AS one')
    written.add("0003_colours", ADDED)
    result = migrate_everything()
    (left,) = result.left
    assert "the artifact cannot say: relation by_hand" in left.error
    assert any("will fail: its schema is being moved, or holds" in line for line in plan(Options()))


def test_what_was_done_without_the_lock_is_taken_back_and_done_again(written, some, monkeypatch):
    """Somebody else could have moved or erased it meanwhile."""
    (made,) = some(1)
    written.add(
        "0003_label",
        "replay = False\noperations = [migrations.RunPython(label)]",
        preamble="""
            def label(apps, schema_editor):
                apps.get_model("library", "Label").objects.create(word="once")
        """,
    )
    apply, cut = each._apply, []

    def cut_off(task, connection):
        apply(task, connection)
        if not cut:
            cut.extend(end_who_holds_the_lock())

    monkeypatch.setattr(each, "_apply", cut_off)
    result = migrate_everything(options=Options(attempts=50))
    assert (len(cut), result.migrated, result.finished) == (1, 1, True)
    assert SchemaMigration.objects.get(organisation=made).attempts > 1
    with entered(made):
        assert Label.objects.filter(word="once").count() == 1


def end_who_holds_the_lock():
    with open_direct() as killer:
        return killer.execute(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND classid = %s AND datname = current_database()",
            [locks.CLASS],
        ).fetchall()


def test_an_index_whose_building_was_given_up_is_built_again(written, some):
    (made,) = some(1)
    written.add(
        "0003_beside",
        BESIDE,
        preamble="from django.contrib.postgres.operations import AddIndexConcurrently",
    )
    with open_direct() as writer:
        writer.execute(f'BEGIN; LOCK TABLE "{made.schema_name}".library_label IN ROW EXCLUSIVE MODE')
        writer.execute(
            f"INSERT INTO \"{made.schema_name}\".library_shelf (id, name) VALUES (gen_random_uuid(), 'x')"
        )

        class Watch(Silence):
            def say(self, line):
                if "is in use" in line:
                    writer.execute("ROLLBACK")

        result = migrate_everything(options=Options(lock_timeout=0.1, attempts=50), watcher=Watch())
    assert result.finished
    assert SchemaMigration.objects.get(organisation=made).attempts > 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)",
            [f'"{made.schema_name}".library_kept'],
        )
        assert cursor.fetchall() == [(True,)]


def test_a_run_that_raises_is_not_written_down_as_done(written, some):
    some(2)
    written.add("0003_colours", ADDED)

    def trip():
        raise MemoryError

    with pytest.raises(MemoryError):
        migrate_everything(options=Options(parallel=1, batch=1), watcher=AfterTheFirst(trip))
    assert MigrationRun.objects.get().outcome == "UNFINISHED"


def test_a_run_goes_on_when_nobody_reads_what_it_says(written, some):
    some(2)
    written.add("0003_colours", ADDED)

    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    with watching(Closed()) as watcher:
        assert migrate_everything(watcher=watcher).migrated == 2


# --- Servers that are away ---------------------------------------------------------------------------------


def test_a_server_that_is_away_keeps_its_own_organisations_alone(written, some, server_away):
    _here, there, _here_too = some(3)
    Organisation.objects.filter(pk=there.pk).update(alias=server_away)
    written.add("0003_colours", ADDED)
    with pytest.raises(CommandError) as refusal:
        call_command("migrate_organisations", stdout=io.StringIO())
    assert "the database away gives no connection" in str(refusal.value)
    assert "1 organisation was not reached" in str(refusal.value)
    assert MigrationRun.objects.get().outcome == "UNFINISHED"
    behind = Organisation.objects.exclude(schema_state=migrations_hash())
    assert [made.slug for made in behind] == [there.slug]
    assert any("1 organisation: the database away gives no" in line for line in plan(Options()))
    assert any("1 organisation: the database away gives no" in line for line in status())


def test_a_server_that_is_away_does_not_matter_where_all_is_done(written, some, server_away):
    _here, there = some(2)
    Organisation.objects.filter(pk=there.pk).update(alias=server_away)
    result = migrate_everything()
    assert (result.migrated, result.finished) == (0, True)


@pytest.mark.parametrize("body", [ADDED, FILLED], ids=["replayed", "one by one"])
def test_a_database_without_connections_left_ends_the_run(written, some, monkeypatch, body):
    some(2)
    written.add("0003_change", body)

    def none_left(alias, **parameters):
        raise ServerAway(alias, Exception("sorry, too many clients already"))

    for place in ("replaying", "each"):
        monkeypatch.setattr(f"tenants.migrating.{place}.opened", none_left)
    if body is FILLED:
        monkeypatch.setattr("tenants.migrating.each.exclusive", _no_more)
    result = migrate_everything()
    assert result.stopped == "the database default gives no connection (sorry, too many clients already)"
    assert (result.migrated, result.not_reached) == (0, 2)


def _no_more(*_arguments, **_options):
    raise psycopg.OperationalError("sorry, too many clients already")
