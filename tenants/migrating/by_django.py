"""One schema migrated as Django does it, migration by migration."""

from __future__ import annotations

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tenants.context import Current, entered
from tenants.scopes import organisation_apps


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
