"""What `migrate_organisations` tells, before anything is changed and after."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

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
    assert "Shared tables" not in plan
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
    assert f"default without library.0003_colours: {made[0].slug}, {made[1].slug}" in status


def test_progress_is_told_by_lines_where_there_is_no_terminal(written, some):
    some(2)
    written.add("0003_colours", ADDED)
    said = told("migrate_organisations").splitlines()
    assert said[0] == "Preparing the schema of organisations"
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


WRONG = {
    "--parallel": ("0", "none", "-1"),
    "--batch": ("0", "1.5"),
    "--lock-timeout": ("0", "nan", "inf", "soon", "-2"),
    "--tolerate": ("²", "few"),
}


@pytest.mark.parametrize(("option", "values"), WRONG.items())
def test_what_is_no_number_is_refused_in_a_line(option, values):
    for value in values:
        with pytest.raises(CommandError, match=rf"argument {option}: '.+' is (not a|no|less)"):
            call_command("migrate_organisations", f"{option}={value}", "--plan")


def test_numbers_are_no_names_of_canaries(db):
    with pytest.raises(CommandError, match="no organisation '²'"):
        call_command("migrate_organisations", canaries="²")


def test_a_database_that_is_away_is_named_with_what_to_do(db, monkeypatch):
    def away():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr("tenants.migrating.everything.prepare_servers", away)
    monkeypatch.setattr("tenants.migrating.everything._lacking", set)
    for option in ({}, {"verbosity": 0}):
        with pytest.raises(CommandError) as refusal:
            call_command("migrate_organisations", **option, stdout=io.StringIO())
        assert str(refusal.value).startswith("The database says: connection refused. Run migrate_org")


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
