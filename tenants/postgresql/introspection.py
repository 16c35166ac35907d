"""Introspection by schema: Django asks what the search_path shows, and ours shows no table at all."""

from __future__ import annotations

import re
from typing import Any

from django.db.backends.postgresql import introspection
from django.db.backends.utils import CursorWrapper

from tenants.postgresql.catalog import relations_in
from tenants.postgresql.names import TableName
from tenants.postgresql.registry import named_table

_VISIBLE = re.compile(r"pg_catalog\.pg_table_is_visible\((\w+)\.oid\)")


class InSchema:
    """A cursor whose questions about visible tables are about the tables of one schema.

    `whole` where a question does not name a table: it is answered without reading all of pg_class.
    """

    def __init__(self, cursor: CursorWrapper, schema: str, *, whole: bool = False) -> None:
        self._cursor = cursor
        self._schema = schema
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, sql: Any, params: Any = None) -> Any:
        return self._cursor.execute(_VISIBLE.sub(self._condition, sql), params)

    def _condition(self, match: re.Match[str]) -> str:
        schema = f"'\"{self._schema}\"'::regnamespace"
        if self._whole:
            return f"{match[1]}.oid IN ({relations_in(schema)})"
        return f"{match[1]}.relnamespace = {schema}"


def _in_schema(cursor: CursorWrapper, schema: str, *, whole: bool = False) -> Any:
    return InSchema(cursor, schema, whole=whole)


class DatabaseIntrospection(introspection.DatabaseIntrospection):
    """Tables of models are looked up in their own schema, all others in the one entered, else in public."""

    def get_table_list(self, cursor: Any) -> Any:
        tables = super().get_table_list(_in_schema(cursor, TableName("any").schema, whole=True))
        return [table._replace(name=TableName(table.name)) for table in tables]

    def get_table_description(self, cursor: Any, table_name: str) -> Any:
        table = named_table(table_name)
        return super().get_table_description(_in_schema(cursor, table.schema), table)

    def get_sequences(self, cursor: Any, table_name: str, table_fields: Any = ()) -> Any:
        table = named_table(table_name)
        return super().get_sequences(_in_schema(cursor, table.schema), table, table_fields)

    def get_relations(self, cursor: Any, table_name: str) -> Any:
        table = named_table(table_name)
        return super().get_relations(_in_schema(cursor, table.schema), table)

    def get_constraints(self, cursor: Any, table_name: str) -> Any:
        table = named_table(table_name)
        return super().get_constraints(_in_schema(cursor, table.schema), table)
