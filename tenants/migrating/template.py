"""The template schema, and one schema migrated by Django itself."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tenants.context import Current, entered
from tenants.schemas.artifact import TEMPLATE, artifact_exists, build_artifact
from tenants.scopes import organisation_apps


def prepare_template(*, say: Callable[[str], None] = lambda line: None) -> None:
    """Migrate the template schema and write its artifact, where that has not been done for this code."""
    if artifact_exists():
        return
    say("Preparing the schema of organisations")
    with connections[TEMPLATE.alias].cursor() as cursor:
        # From nothing, since a changed migration may have been applied already.
        cursor.execute(f"DROP SCHEMA IF EXISTS {TEMPLATE.schema} CASCADE")
        cursor.execute(f"CREATE SCHEMA {TEMPLATE.schema}")
    migrate_schema(TEMPLATE)
    build_artifact()


def migrate_schema(organisation: Current) -> bool:
    """Run the migrations that one schema lacks; tells whether there were any."""
    with entered(organisation):
        executor = MigrationExecutor(connections[organisation.alias])
        executor.recorder.ensure_schema()
        targets = own_targets(executor.loader)
        plan = executor.migration_plan(targets)
        if plan:
            executor.migrate(targets, plan=plan)
    return bool(plan)


def own_targets(loader: MigrationLoader) -> list[tuple[str, str]]:
    """The last migrations of the organisations' apps."""
    labels = set(organisation_apps())
    return [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] in labels]
