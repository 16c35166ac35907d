"""Errors of PostgreSQL about tables and schemas that are not there, told with what to do about them."""

from __future__ import annotations

import re
from typing import Any

from django.db.utils import DatabaseErrorWrapper
from psycopg import errors

from tenants.context import current_or_none
from tenants.postgresql.names import PUBLIC
from tenants.postgresql.registry import is_table

_MISSING = (errors.UndefinedTable, errors.InvalidSchemaName)
_NAME = re.compile(r'(?:relation|table|schema) "(?:(?P<schema>\w+)\.)?(?P<name>\w+)" does not exist')

_UNQUALIFIED = (
    "SQL written by hand names its tables in braces, by tenants.postgresql.raw.sql: {{{name}}}, "
    "since the search_path shows none."
)
_PUBLIC = "The shared tables lack a migration: run `./octavo manage migrate_organisations`."
_ORGANISATION = (
    "The organisation of schema {schema} is gone, or its schema lacks a migration: "
    "run `./octavo manage migrate_organisations`."
)


class RemedyingErrors(DatabaseErrorWrapper):
    """Wraps PostgreSQL's errors in Django's, as Django does, and adds a line that begins with REMEDY."""

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        if kind is None:
            return
        if issubclass(kind, _MISSING) and (remedy := remedy_for(str(error))):
            error.args = (f"{error.args[0]}\nREMEDY:  {remedy}", *error.args[1:])
        super().__exit__(kind, error, traceback)


def remedy_for(complaint: str) -> str | None:
    """What to do about a table or schema that does not exist; None where we would only guess."""
    missing = _NAME.search(complaint)
    if missing is None:
        return None
    schema, name = missing["schema"], missing["name"]
    inside = current_or_none()
    if inside and inside.schema in (schema, name):
        return _ORGANISATION.format(schema=inside.schema)
    if schema == PUBLIC and is_table(name):
        return _PUBLIC
    if schema is None and is_table(name):
        return _UNQUALIFIED.format(name=name)
    return None
