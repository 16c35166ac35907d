"""DDL takes its schema from the model it is about: shared and organisations' tables in one run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField
from django.contrib.postgres.operations import CreateCollation
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.models.functions import Lower
from django.test.utils import isolate_apps

from tenants.context import Current, in_public
from tenants.postgresql.names import OrganisationTable, SharedTable

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds() -> Iterator[tuple[Any, Any]]:
    """A model of an organisation's, and a shared one to which it refers."""
    with isolate_apps("tests.tenants.library", "insights"):

        class Press(models.Model):
            name = models.CharField(max_length=40, unique=True)

            class Meta:
                app_label = "insights"

        class Print(models.Model):
            id = models.AutoField(primary_key=True)
            press = models.ForeignKey(Press, models.CASCADE)
            name = models.CharField(max_length=40, db_index=True, db_comment="As on its cover")
            pages = IntegerRangeField(null=True)
            presses = models.ManyToManyField(Press, related_name="+")

            class Meta:
                app_label = "library"
                unique_together = [("name", "press")]
                db_table_comment = "What was printed"

        yield Print, Press


def named(like: str) -> set[tuple[str, str, str]]:
    """Schema, kind and name of all relations and constraints whose name is like this."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, c.relkind::text, c.relname FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname LIKE %s "
            "UNION ALL SELECT n.nspname, 'constraint ' || c.contype::text, c.conname FROM pg_constraint c "
            "JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.conname LIKE %s AND contype <> 'n'",
            [like, like],
        )
        return set(cursor.fetchall())


def schemas(like: str) -> set[str]:
    return {schema for schema, _, _ in named(like)}


def test_both_kinds_of_tables_are_made_changed_and_dropped_in_one_run(
    inside: Current, kinds: tuple[Any, Any]
) -> None:
    own, shared = kinds
    with connection.schema_editor() as editor:
        editor.create_model(shared)
        editor.create_model(own)
    assert schemas("library_print%") == {inside.schema}
    assert schemas("insights_press%") == {"public"}
    subtitle = models.CharField(max_length=80, null=True, unique=True, db_comment="Below the title")
    subtitle.set_attributes_from_name("subtitle")
    successor = models.ForeignKey(shared, models.CASCADE, null=True, related_name="+")
    successor.set_attributes_from_name("successor")
    with connection.schema_editor() as editor:
        for model in kinds:
            editor.add_field(model, subtitle)
        successor.model = own
        editor.add_field(own, successor)
        editor.alter_db_table(own, "library_print", "library_printed")
    assert schemas("library_printed") == {inside.schema}
    assert schemas("%subtitle%") == {inside.schema, "public"}
    own._meta.db_table = "library_printed"
    with connection.schema_editor() as editor:
        for model in kinds:
            editor.remove_field(model, subtitle)
        editor.remove_field(own, successor)
        editor.delete_model(own)
        editor.delete_model(shared)
    assert named("library_print%") | named("insights_press%") | named("%subtitle%") == set()


CONSTRAINTS = [
    models.UniqueConstraint(fields=["name"], name="t_plain"),
    models.UniqueConstraint(fields=["name"], name="t_late", deferrable=models.Deferrable.DEFERRED),
    models.UniqueConstraint(Lower("name"), name="t_expression"),
    models.UniqueConstraint(fields=["name"], condition=models.Q(id__gt=1), name="t_condition"),
    models.UniqueConstraint(fields=["name"], include=["press"], name="t_include"),
    models.UniqueConstraint(fields=["press"], nulls_distinct=False, name="t_nulls"),
    models.CheckConstraint(condition=models.Q(id__gt=0), name="t_check"),
    ExclusionConstraint(name="t_exclusion", expressions=[("pages", "&&")]),
]


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.name)
def test_constraints_come_and_go_in_the_schema_of_their_table(
    inside: Current, kinds: tuple[Any, Any], constraint: Any
) -> None:
    with connection.schema_editor() as editor:
        for model in reversed(kinds):
            editor.create_model(model)
        editor.add_constraint(kinds[0], constraint)
    assert schemas(constraint.name) == {inside.schema}
    with connection.schema_editor() as editor:
        editor.remove_constraint(kinds[0], constraint)
    assert named(constraint.name) == set()


def test_indexes_are_renamed_and_dropped_where_their_table_is(
    inside: Current, kinds: tuple[Any, Any]
) -> None:
    one, two = models.Index(fields=["name"], name="t_one"), models.Index(Lower("name"), name="t_two")
    with connection.schema_editor() as editor:
        for model in reversed(kinds):
            editor.create_model(model)
        for model in kinds:
            editor.add_index(model, one)
            editor.rename_index(model, one, two)
    assert named("t_one") == set()
    assert schemas("t_two") == {inside.schema, "public"}
    with connection.schema_editor() as editor:
        for model in kinds:
            editor.remove_index(model, two)
    assert named("t_two") == set()


def test_columns_change_their_type_with_what_belongs_to_them(inside: Current, kinds: tuple[Any, Any]) -> None:
    own, shared = kinds
    with connection.schema_editor() as editor:
        for model in (shared, own):
            editor.create_model(model)
    text, small = models.TextField(db_index=True), models.IntegerField()
    big, number = models.BigAutoField(primary_key=True), models.IntegerField(primary_key=True)
    for field, name in ((text, "name"), (small, "name"), (big, "id"), (number, "id")):
        field.set_attributes_from_name(name)
        field.model = own
    with connection.schema_editor() as editor:
        editor.alter_field(own, own._meta.get_field("name"), text)
        editor.alter_field(own, text, small)
        editor.alter_field(own, own._meta.get_field("id"), big)
        editor.alter_field(own, big, number)
        editor.alter_unique_together(own, [("name", "press")], [])
    assert {name for _, _, name in named("library_print_name%")} == set()
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, own._meta.db_table)
        assert connection.introspection.get_sequences(cursor, own._meta.db_table) == []
    kinds_of_columns = {column.name: column.type_code for column in columns}
    assert (kinds_of_columns["name"], kinds_of_columns["id"]) == (23, 23)  # integer, by its number


def test_a_run_of_migrations_renames_models_of_both_kinds(inside: Current) -> None:
    state, names = ProjectState(), {"library": "Leaflet", "insights": "Notice"}
    with connection.schema_editor() as editor:
        for label, name in names.items():
            for operation in (
                migrations.CreateModel(name, [("id", models.AutoField(primary_key=True))]),
                migrations.RenameModel(name, f"{name}Kept"),
                migrations.AddField(f"{name}Kept", "word", models.SlugField(default="")),
                migrations.RenameField(f"{name}Kept", "word", "term"),
            ):
                before = state.clone()
                operation.state_forwards(label, state)
                run_regardless_of_the_router(operation, label, editor, before, state)
    assert schemas("library_leaflet%") == {inside.schema}
    assert schemas("insights_notice%") == {"public"}
    assert {name for _, kind, name in named("%_%kept") if kind == "r"} == {
        "library_leafletkept",
        "insights_noticekept",
    }


def run_regardless_of_the_router(
    operation: Any, label: str, editor: Any, before: ProjectState, after: ProjectState
) -> None:
    operation.allow_migrate_model = lambda *arguments: True
    operation.database_forwards(label, editor, before, after)


def test_extensions_and_collations_are_made_where_everybody_finds_them(db: None) -> None:
    with in_public(), connection.schema_editor() as editor:
        editor.execute('CREATE EXTENSION IF NOT EXISTS "citext"')
        CreateCollation("plain_c", locale="C").create_collation(editor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'citext' "
            "UNION ALL SELECT collnamespace::regnamespace::text FROM pg_collation WHERE collname = 'plain_c'"
        )
        assert cursor.fetchall() == [("ext",), ("ext",)]
        cursor.execute("SELECT 'a'::citext = 'A' COLLATE plain_c")


def test_names_keep_their_kind_through_the_state_of_migrations() -> None:
    with isolate_apps("tests.tenants.library", "insights"):
        state = ProjectState()
        for label in ("library", "insights"):
            slip = migrations.CreateModel("Slip", [("id", models.AutoField(primary_key=True))])
            slip.state_forwards(label, state)
        assert type(state.apps.get_model("library.Slip")._meta.db_table) is OrganisationTable
        assert type(state.apps.get_model("insights.Slip")._meta.db_table) is SharedTable
