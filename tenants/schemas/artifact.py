"""The DDL artifact: all statements that make an organisation's schema, as one text.

It is read from the catalog of a template schema that has been migrated, so it says what the migrations lead
to and nothing of how. It is kept in public, by a hash of the migrations' source: code of two versions running
side by side finds each its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.migrations.loader import MigrationLoader

from tenants.context import Current, in_public
from tenants.models import SchemaArtifact
from tenants.schemas.catalog import describe_schema
from tenants.schemas.texts import SchemaText, without_schema
from tenants.scopes import organisation_apps

TEMPLATE: Final = Current(organisation_id=UUID(int=0), schema="octavo_template")
FORM: Final = 1  # raise it when the way in which artifacts are written changes


class ArtifactMissing(LookupError):
    """No artifact fits the migrations of this code: run `migrate_organisations`."""


@dataclass(frozen=True, slots=True)
class Artifact:
    hash: str
    sql: str

    def for_schema(self, schema: str) -> str:
        """The statements for a schema of this name, which must not exist yet."""
        return _without_template(self.sql).for_schema(schema)


@lru_cache(maxsize=4)
def _without_template(sql: str) -> SchemaText:
    return without_schema(sql, TEMPLATE.schema)


def current_artifact() -> Artifact:
    """The artifact for the migrations of this code. Raises `ArtifactMissing`."""
    return _kept_artifact(migrations_hash())


@cache
def _kept_artifact(hash: str) -> Artifact:
    with in_public():
        kept = SchemaArtifact.objects.filter(hash=hash).first()
    if kept is None:
        raise ArtifactMissing(
            "the database lacks the schema of this version: run `manage migrate_organisations`"
        )
    return Artifact(hash=kept.hash, sql=kept.sql)


@cache
def migrations_hash() -> str:
    """A hash of the source of every migration of the organisations' apps."""
    digest = hashlib.sha256(f"form {FORM}".encode())
    for label in sorted(organisation_apps()):
        for file in migration_files(label):
            digest.update(f"\n{label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def migration_files(label: str) -> list[Path]:
    """The migrations of an app, in order of their names."""
    package, _explicit = MigrationLoader.migrations_module(label)
    if package is None or find_spec(package) is None:
        return []
    folder = Path(next(iter(import_module(package).__path__)))
    return sorted(file for file in folder.glob("[0-9]*.py"))


def build_artifact() -> Artifact:
    """Write down the template schema as it is now and keep it for the migrations of this code."""
    hash = migrations_hash()
    sql = describe_schema(TEMPLATE)
    with in_public():
        SchemaArtifact.objects.update_or_create(hash=hash, defaults={"sql": sql})
    _kept_artifact.cache_clear()
    return Artifact(hash=hash, sql=sql)


def artifact_exists() -> bool:
    with in_public():
        return SchemaArtifact.objects.filter(hash=migrations_hash()).exists()
