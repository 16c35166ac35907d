"""Table names that know, by their type, in which schema they are found.

Django keeps a model's table as plain text in `Options.db_table`. Here that text is marked as it is assigned,
so that the compiler can tell a table from a column, an alias or an index that happens to be spelt the same.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.db import BaseDatabaseCache
from django.db.models.options import Options

from tenants.context import NoOrganisation, current_or_none
from tenants.scopes import Scope, scope_of

PUBLIC = "public"
EXTENSIONS = "ext"  # the schema of extensions and collations, which the search_path shows


class TableName(str):
    """A table's bare name; `schema` says where it is found now."""

    __slots__ = ()

    @property
    def schema(self) -> str:
        """Where a table of no known app is found: in the organisation entered, else in public."""
        inside = current_or_none()
        return inside.schema if inside else PUBLIC

    @property
    def qualified(self) -> str:
        """`"schema"."table"`; a name that already says its schema is left alone."""
        if '"."' in self:
            return str(self)
        return f'"{self.schema}"."{self.strip(chr(34))}"'


class SharedTable(TableName):
    """A table of the public schema, whoever is asking."""

    __slots__ = ()

    @property
    def schema(self) -> str:
        return PUBLIC


class OrganisationTable(TableName):
    """A table that each organisation has in its own schema."""

    __slots__ = ()

    @property
    def schema(self) -> str:
        inside = current_or_none()
        if inside is None:
            raise NoOrganisation(
                f"{str(self)!r} is an organisation's table and no organisation is entered: "
                "use tenants.context.entered(organisation), or ./octavo manage inside ADDRESS for a command"
            )
        return inside.schema


_TYPES: dict[Scope | None, type[TableName]] = {
    Scope.SHARED: SharedTable,
    Scope.ORGANISATION: OrganisationTable,
    None: TableName,
}


def table_type(app_label: str | None) -> type[TableName]:
    return _TYPES[scope_of(app_label) if app_label else None]


class _MarkedTable:
    """Marks what is assigned to `Options.db_table`. It has no `__get__`, so reading costs nothing."""

    def __set__(self, options: Options[Any], name: str) -> None:
        if name and not isinstance(name, TableName):
            label = options.app_label or getattr(getattr(options, "meta", None), "app_label", None)
            name = table_type(label)(name)
        options.__dict__["db_table"] = name


class _SharedTable:
    """Marks what Django's database cache keeps its table by: no model has it, and it is in public."""

    def __set__(self, cache: BaseDatabaseCache, name: str) -> None:
        cache.__dict__["_table"] = SharedTable(name)


def mark_table_names() -> None:
    """Let every model and database cache defined from now on carry a marked table name."""
    if not isinstance(vars(Options).get("db_table"), _MarkedTable):
        Options.db_table = _MarkedTable()  # type: ignore[assignment]
        BaseDatabaseCache._table = _SharedTable()  # type: ignore[attr-defined]
