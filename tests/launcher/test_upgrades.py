"""What the backend takes for granted about Django is recorded, and compared in `./octavo check`."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from launcher import upgrades

OVERRIDDEN = "django.db.backends.postgresql.schema.DatabaseSchemaEditor.sql_delete_fk"


@pytest.fixture
def recorded() -> dict[str, Any]:
    return upgrades.found()


def test_the_installed_django_is_the_one_that_was_looked_at(recorded: dict[str, Any]) -> None:
    assert list(upgrades.differences(upgrades.read_recorded(), recorded)) == []


def test_what_is_overridden_relied_on_and_counted_is_recorded(recorded: dict[str, Any]) -> None:
    assert OVERRIDDEN in recorded["hashes"]
    assert "django.db.models.sql.compiler.SQLCompiler.quote_name_unless_alias" in recorded["hashes"]
    assert set(upgrades.RELIED_ON) <= set(recorded["hashes"])
    assert recorded["visible"] == 6
    assert "sql_delete_index" in recorded["without_table"]


def test_what_has_changed_is_named_with_what_to_look_at(recorded: dict[str, Any]) -> None:
    before = copy.deepcopy(recorded)
    before["hashes"][OVERRIDDEN][0] = "another"
    before["visible"] = 5
    before["without_table"].remove("sql_rename_index")
    changed, visible, template = upgrades.differences(before, recorded)
    assert changed == f"changed: {OVERRIDDEN}: schema.py overrides it; read what is new in it"
    assert "introspection.py" in visible
    assert "sql_rename_index" in template


def test_what_is_gone_and_what_is_newly_overridden_are_named(recorded: dict[str, Any]) -> None:
    before = copy.deepcopy(recorded)
    before["hashes"]["django.db.Gone"] = ["x", "base.py overrides it"]
    del before["hashes"][OVERRIDDEN]
    lines = list(upgrades.differences(before, recorded))
    assert [line.partition(":")[0] for line in lines] == ["gone", "new"]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("DROP INDEX IF EXISTS %(name)s", True),
        ("ALTER SEQUENCE %(sequence)s AS %(type)s", True),
        ("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s; SET CONSTRAINTS %(name)s IMMEDIATE", True),
        ("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", False),
        ("SET CONSTRAINTS ALL IMMEDIATE", False),
        ("ALTER COLUMN %(column)s DROP NOT NULL", False),
        (None, False),
    ],
)
def test_templates_that_name_something_without_its_table_are_found(template: str | None, found: bool) -> None:
    assert upgrades.names_without_table(template) is found
