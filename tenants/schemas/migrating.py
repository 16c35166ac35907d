"""Bringing public, the template and every organisation's schema to the state of the migrations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tenants.context import Current, current, entered, in_public
from tenants.models import Organisation
from tenants.schemas.artifact import TEMPLATE, artifact_exists, build_artifact
from tenants.scopes import organisation_apps
from tenants.servers import prepare_servers

LOCK = 7_340_001  # of pg_advisory_lock: one migration run at a time


@dataclass(frozen=True)
class Done:
    """How many schemas were changed and how many needed nothing."""

    migrated: int
    unchanged: int


def migrate_everything(*, say: Callable[[str], None] = lambda line: None, verbosity: int = 0) -> Done:
    """Migrate public, then the template with its artifact, then each organisation that lacks a migration.

    May be stopped and run again at any point. Two runs at once wait for each other.
    """
    with in_public(), _one_at_a_time():
        loader = MigrationLoader(connections["default"])
        if not set(loader.graph.nodes) <= set(loader.applied_migrations):
            say("Migrating the shared tables")
            call_command("migrate", interactive=False, verbosity=verbosity)
        prepare_servers()
        prepare_template(say=say)
        return _migrate_organisations(_wanted_migrations(loader), say)


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
        targets = _targets(executor.loader)
        plan = executor.migration_plan(targets)
        if plan:
            executor.migrate(targets, plan=plan)
    return bool(plan)


def _migrate_organisations(wanted: set[tuple[str, str]], say: Callable[[str], None]) -> Done:
    migrated = unchanged = 0
    for organisation in Organisation.objects.order_by("created_at").iterator():
        inside = organisation.as_current()
        if wanted <= _applied_migrations(inside):
            unchanged += 1
            continue
        say(f"Migrating {organisation.slug}")
        migrate_schema(inside)
        migrated += 1
    return Done(migrated=migrated, unchanged=unchanged)


def _targets(loader: MigrationLoader) -> list[tuple[str, str]]:
    labels = set(organisation_apps())
    return [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] in labels]


def _wanted_migrations(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Those of the organisations' apps; what they need of public is recorded too, but not asked about."""
    labels = set(organisation_apps())
    return {key for key in loader.graph.nodes if key[0] in labels}


def _applied_migrations(organisation: Current) -> set[tuple[str, str]]:
    with entered(organisation), connections[organisation.alias].cursor() as cursor:
        cursor.execute(f'SELECT app, name FROM "{current().schema}".django_migrations')  # noqa: S608  # noqa: S608
        return set(cursor.fetchall())


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
