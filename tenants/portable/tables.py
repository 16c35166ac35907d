"""The organisation's own tables: which there are, with which columns, and how rows are had from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import cached_property

from tenants.portable.slices import SECRETS
from tenants.postgresql.catalog import relations_in
from tenants.scopes import Scope, organisation_apps, scope_of

MIGRATIONS = "django_migrations"  # each schema's own record, written by whoever makes the schema


class UnknownTables(LookupError):
    """The schema has tables that this version knows nothing of, or lacks some that it knows."""


@dataclass(frozen=True)
class Table:
    """A table with the columns that rows are made of; generated ones are not among them."""

    name: str
    model: type[Model]
    columns: tuple[str, ...]

    @cached_property
    def listed(self) -> str:
        return ", ".join(f'"{column}"' for column in self.columns)

    def copy_out(self, schema: str) -> str:
        """COPY in text format. Secrets do not travel."""
        instead = SECRETS.get(self.model._meta.label, {})
        if not instead:
            return f'COPY "{schema}"."{self.name}" ({self.listed}) TO STDOUT'
        told = ", ".join(instead.get(column, f'"{column}"') for column in self.columns)
        return f'COPY (SELECT {told} FROM "{schema}"."{self.name}") TO STDOUT'  # noqa: S608


def own_models() -> dict[str, type[Model]]:
    """The models of organisations' tables by the names of these."""
    return {
        str(model._meta.db_table): model
        for model in apps.get_models(include_auto_created=True)
        if scope_of(model._meta.app_label) is Scope.ORGANISATION
        and model._meta.managed
        and not model._meta.proxy
    }


_COLUMNS = f"""
SELECT c.relname, coalesce(array_agg(a.attname::text ORDER BY a.attnum), '{{}}')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.oid IN ({relations_in("to_regnamespace(%s)")}) AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""  # noqa: S608


def columns_of(cursor: Any, schema: str) -> dict[str, tuple[str, ...]]:
    """By table, what the catalog says; nothing for a schema that is not there."""
    cursor.execute(_COLUMNS, [schema])
    return {table: tuple(columns) for table, columns in cursor.fetchall()}


def tables_of(cursor: Any, schema: str) -> list[Table]:
    """Those of a schema, as the models know them. Raises `UnknownTables`."""
    found, models = columns_of(cursor, schema), own_models()
    found.pop(MIGRATIONS, None)
    if unknown := sorted(set(found) - set(models)):
        raise UnknownTables(f"this version does not know the tables {', '.join(unknown)} of {schema}")
    if absent := sorted(set(models) - set(found)):
        raise UnknownTables(
            f"{schema} lacks the tables {', '.join(absent)}: run `manage migrate_organisations` first"
        )
    return [Table(name, models[name], columns) for name, columns in found.items()]


def applied_migrations(cursor: Any, schema: str) -> list[list[str]]:
    """Those of the organisations' apps that a schema has had."""
    cursor.execute(f'SELECT app, name FROM "{schema}".{MIGRATIONS} ORDER BY app, name')  # noqa: S608
    labels = set(organisation_apps())
    return [[app, name] for app, name in cursor.fetchall() if app in labels]


def person_columns(model: type[Model]) -> Iterator[tuple[str, bool]]:
    """Columns that refer to people, and whether they may be empty."""
    from tenants.accounts.models import User

    for one in model._meta.concrete_fields:
        if one.related_model is User:
            yield str(one.column), one.null


def quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
