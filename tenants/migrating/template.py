"""The template schema, from which the artifact is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django.db import connections

from tenants.migrating.by_django import migrate_schema
from tenants.migrating.recording import NotReplayable, Recording, migrate_and_record
from tenants.schemas.artifact import TEMPLATE, artifact_exists, build_artifact, migration_files
from tenants.scopes import organisation_apps


def prepare_template(*, say: Callable[[str], None] = lambda line: None) -> Recording | None:
    """Migrate the template schema and write its artifact, where that has not been done for this code.

    It goes on from where it is if the migrations that it has had are what they were, else it begins anew.
    Where it goes on, what that took is recorded: organisations at the state where it was need the same.
    """
    if artifact_exists():
        return None
    say("Preparing the schema of organisations")
    had, wanted = _migrated_with(), _sources()
    recording = None
    if had is not None and had.items() <= wanted.items():
        recording = _go_on()
    else:
        _begin_anew()
    if recording is None or recording.one_by_one:  # what runs without a transaction was not run there
        migrate_schema(TEMPLATE)
    _remember(wanted)
    build_artifact()
    return recording


def _begin_anew() -> None:
    with connections[TEMPLATE.alias].cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {TEMPLATE.schema} CASCADE")
        cursor.execute(f"CREATE SCHEMA {TEMPLATE.schema}")


def _go_on() -> Recording | None:
    """Recorded, where that can be; what cannot be replayed is told when organisations need it."""
    try:
        return migrate_and_record(TEMPLATE)
    except NotReplayable:
        return None


def _sources() -> dict[str, str]:
    """A hash of each migration's text, as the template is made from it."""
    return {
        f"{label}.{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for label in organisation_apps()
        for file in migration_files(label)
    }


def _migrated_with() -> dict[str, str] | None:
    """The sources that the template was made from; they are kept in its comment."""
    with connections[TEMPLATE.alias].cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [TEMPLATE.schema])
        comment = cursor.fetchone()[0]
    return dict(json.loads(comment)) if comment else None


def _remember(sources: dict[str, str]) -> None:
    with connections[TEMPLATE.alias].cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA {TEMPLATE.schema} IS %s", [json.dumps(sources)])
