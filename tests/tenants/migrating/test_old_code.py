"""Code of the release before works on tables that the next one has migrated: tried for every migration."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor

from tenants.context import Current, entered
from tenants.migrating.by_django import migrate_schema
from tenants.migrating.operations import OrganisationSQL
from tenants.schemas.artifact import current_artifact
from tenants.scopes import Scope, scope_of
from tests.tenants.migrating.baseline import BASELINE
from tests.tenants.migrating.old_code import OldCodeFails, broken_promises, touched, use

COPY = Current(organisation_id=UUID(int=0), schema="t_old_code_beside_new")


def ours(label):
    """The product's own apps; what comes with packages is theirs, and the library is made to be broken."""
    module = apps.get_app_config(label).module.__name__
    return "site-packages" not in (apps.get_app_config(label).path) and not module.startswith("tests.")


def walk(scope, look):
    """Go back to the baseline and forward again, and have a look after each migration."""
    executor = MigrationExecutor(connection)
    labels = {config.label for config in apps.get_app_configs() if scope_of(config.label) is scope}
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] in labels and ours(key[0])]
    back = [(label, BASELINE.get(label)) for label, _ in leaves]
    executor.migrate(back)
    executor.loader.build_graph()
    plan = [migration for migration, _ in executor.migration_plan(leaves)]
    state = executor._create_project_state(with_applied_migrations=True)
    for migration in plan:
        before = state.clone()
        state = executor.apply_migration(state, migration)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        if scope_of(migration.app_label) is scope:
            look(migration, before)
    return plan


def survives(migration, before):
    promises = broken_promises(migration, before)
    assert not promises, "\n".join(promises)
    if not getattr(migration, "contracts", ""):
        use(migration, before)


def test_old_code_works_on_the_shared_tables(db):
    plan = walk(Scope.SHARED, survives)
    assert "0009_schema_states" in {migration.name for migration in plan}


def test_old_code_works_on_organisations_tables(db):
    with connection.cursor() as cursor:
        cursor.execute(current_artifact().for_schema(COPY.schema))
    with entered(COPY):
        plan = walk(Scope.ORGANISATION, survives)
    assert ("books", "0003_imported_pictures") in {(m.app_label, m.name) for m in plan}


# --- The test of the test ----------------------------------------------------------------------------

ADDED_RIGHT = migrations.AddField("shelf", "row", models.IntegerField(default=0, db_default=0))
PLANTED = {
    "dropped": migrations.RemoveField("volume", "pages"),
    "renamed": migrations.RenameField("volume", "title", "name"),
    "table renamed": migrations.AlterModelTable("shelf", "library_rack"),
    "model deleted": migrations.DeleteModel("reminder"),
    "no db_default": migrations.AddField("shelf", "row", models.IntegerField(default=0)),
    "made NOT NULL": migrations.AlterField(
        "shelf", "keeper", models.UUIDField(default=UUID(int=1), db_column="keeper_id")
    ),
    "made short": migrations.AlterField("shelf", "name", models.CharField(max_length=3)),
    "once only": migrations.AddConstraint(
        "shelf", models.UniqueConstraint(fields=["name"], name="library_shelf_once")
    ),
}
BY_HAND = OrganisationSQL("ALTER TABLE {library_shelf} DROP COLUMN name")


@pytest.fixture
def library(db):
    """The library's state, with its tables in a schema of their own."""
    with connection.cursor() as cursor:
        cursor.execute(current_artifact().for_schema(COPY.schema))
    with entered(COPY):
        executor = MigrationExecutor(connection)
        yield executor._create_project_state(with_applied_migrations=True)


def planted(operation, **attributes):
    migration = migrations.Migration("0003_planted", "library")
    migration.operations = [operation]
    for name, value in attributes.items():
        setattr(migration, name, value)
    return migration


@pytest.mark.parametrize("operation", PLANTED.values(), ids=PLANTED.keys())
def test_the_rules_name_what_old_code_would_not_survive(library, operation):
    (words,) = broken_promises(planted(operation), library)
    assert words.startswith("library.0003_planted: old code")
    assert broken_promises(planted(operation, contracts="2.0"), library) == []


def test_the_rules_let_additions_pass(library):
    assert broken_promises(planted(ADDED_RIGHT), library) == []


@pytest.mark.parametrize("kind", ["dropped", "renamed", "table renamed", "no db_default", "made NOT NULL"])
def test_using_old_models_finds_it_too(library, kind):
    migration = planted(PLANTED[kind])
    with connection.schema_editor() as editor:
        migration.apply(library.clone(), editor)
    with pytest.raises(OldCodeFails, match=r"library\.0003_planted breaks old (shelf|volume)"):
        use(migration, library)


def test_using_old_models_finds_what_sql_by_hand_has_changed(library):
    migration = planted(BY_HAND)
    with connection.schema_editor() as editor:
        migration.apply(library.clone(), editor)
    with pytest.raises(OldCodeFails, match=r"library\.0003_planted breaks old shelf"):
        use(migration, library)


def test_the_rules_let_constraints_of_new_tables_pass(library):
    migration = planted(migrations.CreateModel("Lamp", [("id", models.BigAutoField(primary_key=True))]))
    migration.operations.append(
        migrations.AddConstraint("lamp", models.CheckConstraint(condition=models.Q(id__gt=0), name="lit"))
    )
    assert broken_promises(migration, library) == []


def test_using_old_models_finds_nothing_in_an_addition(library):
    migration = planted(ADDED_RIGHT)
    with connection.schema_editor() as editor:
        migration.apply(library.clone(), editor)
    assert touched(migration, library) == ["shelf"]
    assert use(migration, library) == 1
    assert migrate_schema(COPY) is False
