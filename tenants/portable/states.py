"""Whether rows of an archive fit the tables of this version, by the migrations that they have had.

An archive of the same state fits. An older one fits where all migrations since have only added: new tables,
new columns that may be empty or have a value in the database, indexes, constraints. Its rows are then copied
by the names of their columns. Anything else would have to be done to the rows, which no import does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.models.fields import NOT_PROVIDED

from tenants.portable.manifest import Manifest, Newer, NotAnArchive
from tenants.scopes import organisation_apps


class TooOld(NotAnArchive):
    """What has changed since the archive was made cannot be done to its rows."""


@dataclass(frozen=True, slots=True)
class Since:
    """Migrations, as "app.name", that came after the archive and that its rows do not mind."""

    migrations: tuple[str, ...]


_ADDING: Final[tuple[Any, ...]] = (
    operations.CreateModel,
    operations.AddIndex,
    operations.RemoveIndex,
    operations.RenameIndex,
    operations.AddConstraint,
    operations.RemoveConstraint,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterUniqueTogether,
)


def compare(manifest: Manifest) -> Since:
    """Raises `Newer`, `TooOld`."""
    loader = MigrationLoader(connections["default"], ignore_no_migrations=True)
    labels = set(organisation_apps())
    here = {key for key in loader.graph.nodes if key[0] in labels}
    there = {(str(app), str(name)) for app, name in manifest.state["migrations"]}
    if unknown := sorted(there - here):
        raise Newer(
            f"its rows have had migrations that this version does not know ({_named(unknown)}): it was made"
            f" by Octavo {manifest.product_version}; update this installation first"
        )
    missing = sorted(here - there)
    for key in missing:
        for what in _not_adding(loader.disk_migrations[key]):
            raise TooOld(
                f"it was made before {_named([key])}, which {what}: import it with Octavo"
                f" {manifest.product_version}, update that installation, and export it again"
            )
    return Since(tuple(f"{app}.{name}" for app, name in missing))


def _not_adding(migration: Any) -> Iterator[str]:
    for operation in migration.operations:
        if isinstance(operation, operations.AddField):
            if not _fills_itself(operation.field):
                yield f"adds {operation.model_name}.{operation.name}, for which old rows have no value"
        elif not isinstance(operation, _ADDING):
            yield operation.describe()[:1].lower() + operation.describe()[1:]


def _fills_itself(field: Any) -> bool:
    return bool(field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def _named(keys: Any) -> str:
    return ", ".join(f"{app}.{name}" for app, name in list(keys)[:3])
