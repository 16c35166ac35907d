"""What `migrate_organisations` tells, before anything is changed and after."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from tenants.migrating.declaring import check_migrations
from tenants.migrating.progress import Bars, Lines
from tenants.models import SchemaArtifact
from tests.tenants.migrating.test_replaying import ADDED, columns


def told(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_plan_and_dry_run_tell_and_change_nothing(written, some):
    made = some(2)
    written.add("0003_colours", ADDED)
    plan = told("migrate_organisations", plan=True)
    assert "Shared tables: 1 migrations, applied first (library.0003_colours)" in plan
    assert "2 organisations on default" in plan
    assert "replayed: library.0003_colours" in plan
    assert "ms for each" in plan
    assert 'ALTER TABLE "schema"."library_shelf" ADD COLUMN "colour"' in told(
        "migrate_organisations", dry_run=True
    )
    assert "colour" not in columns(made[0].schema_name)
    assert SchemaArtifact.objects.count() == 1
    status = told("migrate_organisations", status=True)
    assert "0 of 2 organisations are at the state of this code" in status
    assert f"lack library.0003_colours: {made[0].slug}, {made[1].slug}" in status


def test_progress_is_told_by_lines_where_there_is_no_terminal(written, some):
    some(2)
    written.add("0003_colours", ADDED)
    said = told("migrate_organisations").splitlines()
    assert said[0] == "Migrating the shared tables"
    assert "Migrating 1 organisation: library.0003_colours" in said
    assert said[-1] == "Organisations migrated: 2"
    assert "2 of 2 organisations are at the state" in told("migrate_organisations", status=True)


def test_a_terminal_shows_bars():
    screen = io.StringIO()
    with Bars(screen) as bars:
        bars.total(2)
        bars.stage("books.0004_colours", 2)
        bars.done()
        bars.passed()
        bars.say("acme could not be migrated")
    assert "acme could not be migrated" in screen.getvalue()
    assert "1/2" in screen.getvalue()


def test_lines_come_now_and_then():
    said = []
    lines = Lines(said.append)
    lines.total(3)
    lines.done()
    lines._next = 0
    lines.done()
    lines.done()
    assert said == ["2 of 3 organisations migrated"]


@pytest.mark.parametrize("option", [{"only": ["nobody"]}, {"canaries": "nobody"}])
def test_unknown_organisations_are_refused(db, option):
    with pytest.raises(CommandError, match="no organisation 'nobody'"):
        call_command("migrate_organisations", **option)


def test_showmigrations_looks_into_an_organisation(organisation):
    assert "[X] 0002_grown" in told("inside", organisation.slug, "showmigrations", "library")


def test_check_refuses_what_is_neither_replayed_nor_declared(written):
    assert check_migrations(None) == []
    written.add("0003_undeclared", "operations = [migrations.RunPython(migrations.RunPython.noop)]")
    (error,) = check_migrations(None)
    assert error.id == "tenants.E006"
    assert "library.0003_undeclared" in error.msg
    assert "replay = False" in error.hint
