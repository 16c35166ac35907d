"""Which migrations can be replayed, and which run for each organisation by itself.

Whatever only changes tables does the same in every schema: it is run once and what it sent is replayed. A
migration that looks at rows, or that cannot run in a transaction, says `replay = False` and is run by Django
for one organisation after the other. One that neither can be replayed nor says so is refused by `check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from django.core.checks import CheckMessage, Error, register
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader

from tenants.schemas.artifact import migration_files
from tenants.scopes import Scope, organisation_apps, scope_of

_ONLY_TABLES: Final = tuple(
    getattr(operations, name)
    for name in operations.__all__
    if name not in ("RunPython", "RunSQL", "SeparateDatabaseAndState")
)
_TABLES_TOO: Final = (
    "AddConstraintNotValid",
    "ValidateConstraint",
    "CreateCollation",
    "RemoveCollation",
)  # of django.contrib.postgres


def runs_for_each(migration: Migration) -> bool:
    """Whether a migration is run for each organisation by itself, rather than replayed."""
    return _concerns_organisations(migration) and getattr(migration, "replay", True) is False


def needs_no_transaction(migration: Migration) -> bool:
    return _concerns_organisations(migration) and not migration.atomic


def obstacle(migration: Migration) -> str:
    """Why a migration cannot be replayed, in words; empty where it can."""
    if not _concerns_organisations(migration):
        return ""
    if not migration.atomic:
        return "it does not run in a transaction (atomic = False)"
    return next(_obstacles(migration.operations), "")


def _concerns_organisations(migration: Migration) -> bool:
    return scope_of(migration.app_label) is Scope.ORGANISATION


def _obstacles(found: Sequence[Any]) -> Iterator[str]:
    for operation in found:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _obstacles(operation.database_operations)
        elif not _only_tables(operation):
            yield f"{type(operation).__name__} may look at rows"


def _only_tables(operation: Any) -> bool:
    kind = type(operation)
    if "replays" in vars(kind):  # an operation of one's own that says what it is
        return bool(vars(kind)["replays"])
    from_postgres = kind.__module__ == "django.contrib.postgres.operations" and kind.__name__ in _TABLES_TOO
    return kind in _ONLY_TABLES or from_postgres


@register("tenants")
def check_migrations(app_configs: Any, **options: Any) -> list[CheckMessage]:
    return [error for migration in _own_migrations() for error in refusals(migration)]


def refusals(migration: Migration) -> Iterator[CheckMessage]:
    """What `check` has to say about one migration."""
    reason = obstacle(migration)
    if reason and not runs_for_each(migration):
        yield Error(
            f"The migration {migration.app_label}.{migration.name} cannot be replayed: {reason}.",
            hint="Write `replay = False` in its class: it is then run for each organisation by itself. "
            "For SQL that only changes tables use tenants.migrating.operations.OrganisationSQL.",
            id="tenants.E006",
        )


def _own_migrations() -> Iterator[Migration]:
    for label in organisation_apps():
        package, _explicit = MigrationLoader.migrations_module(label)
        for file in migration_files(label):
            yield import_module(f"{package}.{file.stem}").Migration(file.stem, label)
