"""Organisations that are behind are brought up by replaying, to where Django would have brought them."""

from __future__ import annotations

import pytest
from django.db import connection

from tenants.context import entered
from tenants.migrating.by_django import migrate_schema
from tenants.migrating.everything import migrate_everything
from tenants.migrating.ledger import UNKNOWN, note_made
from tenants.migrating.options import Options
from tenants.migrating.recording import NotReplayable
from tenants.models import Organisation, SchemaMigration
from tests.tenants.library.models import Shelf
from tests.tenants.test_provisioning import CATALOG, catalog

ADDED = """
operations = [
    migrations.AddField("shelf", "colour", models.CharField(max_length=20, default="", db_default="oak")),
    migrations.AddIndex("shelf", models.Index(fields=["colour"], name="library_colour")),
]
"""


def columns(schema):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
            [f'"{schema}".library_shelf'],
        )
        return {row[0] for row in cursor.fetchall()}


def states():
    return set(Organisation.objects.values_list("schema_state", flat=True))


def test_all_get_what_django_would_have_made(written, some):
    first, *others = some(5)
    target = written.add("0003_colours", ADDED)
    migrate_schema(first.as_current())  # by Django itself
    result = migrate_everything()
    assert result.finished
    assert result.migrated == 5
    assert states() == {target}
    expected = catalog(first.schema_name)
    assert "library_colour" in str(expected["indexes"])
    for other in others:
        found = catalog(other.schema_name)
        for part in CATALOG:
            assert found[part] == expected[part], part
        assert migrate_schema(other.as_current()) is False
    assert SchemaMigration.objects.filter(state="DONE", run__outcome="DONE").count() == 4


def test_nothing_to_do_is_found_out_by_one_statement(written, some, django_assert_num_queries):
    some(3)
    migrate_everything()
    with django_assert_num_queries(1):
        assert migrate_everything().migrated == 0


def test_organisations_at_different_states_get_what_each_lacks(written, some):
    old = some(2)
    written.add("0003_colours", ADDED)
    newer = some(2)
    target = written.add(
        "0004_more", 'operations = [migrations.AddField("shelf", "depth", models.IntegerField(null=True))]'
    )
    unknown, *_ = newest = some(2)
    note_made(unknown.schema_name, state=UNKNOWN)
    assert migrate_everything().migrated == 5
    assert states() == {target}
    for organisation in [*old, *newer, *newest]:
        assert {"colour", "depth"} <= columns(organisation.schema_name)


def test_values_that_look_like_names_of_schemas_stay(written, some):
    (made,) = some(1)
    value = f'"{made.schema_name}".library_shelf and octavo_template.library_shelf'
    field = f"models.CharField(max_length=99, default={value!r}, db_default={value!r})"
    comment = f"it''s {made.schema_name}.x"
    written.add(
        "0003_tricky",
        f"""
        operations = [
            migrations.AddField("shelf", "trick", {field}),
            OrganisationSQL("COMMENT ON COLUMN {{library_shelf}}.trick IS '{comment}'"),
        ]
        """,
    )
    (other,) = some(1)
    assert migrate_everything().finished
    for schema in (made.schema_name, other.schema_name):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO \"{schema}\".library_shelf (id, name) VALUES (gen_random_uuid(), 'x')"
                " RETURNING trick"
            )
            assert cursor.fetchone()[0] == value
            cursor.execute(
                "SELECT description FROM pg_description WHERE objoid = to_regclass(%s) AND objsubid > 0",
                [f'"{schema}".library_shelf'],
            )
            assert comment.replace("''", "'") in [row[0] for row in cursor.fetchall()]


def test_python_runs_for_each_in_its_place(written, some):
    made = some(3)
    for number, organisation in enumerate(made):
        with entered(organisation):
            Shelf.objects.create(name=f"shelf {number}")
    written.add("0003_colours", ADDED)
    written.add(
        "0004_fill",
        "replay = False\noperations = [migrations.RunPython(fill)]",
        preamble="""
            def fill(apps, schema_editor):
                for shelf in apps.get_model("library", "Shelf").objects.all():
                    shelf.colour = shelf.name.upper()
                    shelf.save()
        """,
    )
    target = written.add(
        "0005_unique",
        """operations = [
            migrations.AlterField("shelf", "colour", models.CharField(max_length=20, unique=True))
        ]""",
    )
    assert migrate_everything().migrated == 3
    assert states() == {target}
    for number, organisation in enumerate(made):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT colour FROM "{organisation.schema_name}".library_shelf')
            assert cursor.fetchall() == [(f"SHELF {number}",)]
        assert migrate_schema(organisation.as_current()) is False


def test_an_index_may_be_built_without_a_transaction(written, some):
    made = some(2)
    written.add(
        "0003_beside",
        """
        atomic = False
        replay = False
        operations = [AddIndexConcurrently("shelf", models.Index(fields=["keeper"], name="library_kept"))]
        """,
        preamble="from django.contrib.postgres.operations import AddIndexConcurrently",
    )
    target = written.add("0004_colours", ADDED)
    assert migrate_everything().migrated == 2
    assert states() == {target}
    assert "library_kept" in str(catalog(made[1].schema_name)["indexes"])
    assert "colour" in columns(made[1].schema_name)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("operations = [migrations.RunPython(migrations.RunPython.noop)]", "replay = False"),
        ('operations = [migrations.RunSQL("SELECT 1")]', "replay = False"),
        ("atomic = False\noperations = []", "atomic"),
    ],
)
def test_what_cannot_be_replayed_and_does_not_say_so_is_refused(written, some, body, words):
    some(1)
    written.add("0003_undeclared", body)
    with pytest.raises(NotReplayable, match=words):
        migrate_everything()


def test_an_operation_that_reads_rows_behind_our_back_is_refused(written, some):
    some(1)
    written.add(
        "0003_sly",
        "operations = [Sly()]",
        preamble="""
            from django.db import router
            from django.db.migrations.operations.base import Operation

            class Sly(Operation):
                replays = True
                def state_forwards(self, app_label, state): pass
                def database_forwards(self, app_label, editor, before, after):
                    if router.allow_migrate(editor.connection.alias, app_label):
                        before.apps.get_model("library", "Shelf").objects.count()
        """,
    )
    with pytest.raises(NotReplayable, match=r"library\.0003_sly"):
        migrate_everything()


def test_files_that_changed_without_effect_cost_no_run(written, some):
    some(2)
    file = written.folder / "0002_grown.py"
    file.write_text(file.read_text() + "\n# a remark\n")
    written.reread()
    assert migrate_everything().migrated == 2
    assert not SchemaMigration.objects.exists()


def test_older_code_leaves_alone_what_newer_code_has_migrated(written, some):
    some(2)
    written.add("0003_colours", ADDED)
    target = migrate_everything() and states()
    (written.folder / "0003_colours.py").unlink()
    written.reread()
    result = migrate_everything()
    assert (result.migrated, result.ahead, result.finished) == (0, 2, True)
    assert states() == target


def test_only_those_named_are_migrated(written, some):
    first, second = some(2)
    written.add("0003_colours", ADDED)
    assert migrate_everything(options=Options(only=(second.slug,))).migrated == 1
    assert "colour" not in columns(first.schema_name)
    assert "colour" in columns(second.schema_name)
