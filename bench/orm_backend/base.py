"""What Django looks for in a backend: `DatabaseWrapper`."""

from __future__ import annotations

import os
import re
from typing import Any

from django.db.backends.postgresql import introspection

from bench.orm_backend import SCHEMA
from tenants.postgresql import base
from tenants.postgresql.introspection import DatabaseIntrospection, InSchema
from tenants.postgresql.names import SharedTable
from tenants.postgresql.operations import DatabaseOperations
from tenants.postgresql.registry import named_table

EXTENSIONS = ("bloom", "btree_gin", "btree_gist", "citext", "hstore", "pg_trgm", "unaccent")
CACHE_TABLE = "test cache table"


class Operations(DatabaseOperations):
    def quote_name(self, name: str) -> str:
        """The tests of the cache drop its table by a statement of their own."""
        return super().quote_name(SharedTable(name) if name == CACHE_TABLE else name)


class InBothSchemas(InSchema):
    def _condition(self, match: re.Match[str]) -> str:
        return f"{match[1]}.relnamespace IN ('public'::regnamespace, '{self._schema}'::regnamespace)"


class Introspection(DatabaseIntrospection):
    def get_table_list(self, cursor: Any) -> Any:
        """Between tests all tables are emptied, whether they are shared or the organisation's."""
        both: Any = InBothSchemas(cursor, SCHEMA)
        tables = introspection.DatabaseIntrospection.get_table_list(self, both)
        return [table._replace(name=named_table(table.name)) for table in tables]


class DatabaseWrapper(base.DatabaseWrapper):
    introspection_class = Introspection
    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if os.environ["OCTAVO_ORM_BACKEND"] == "shown":
            params["options"] += f" -c search_path={SCHEMA},public,ext"
        return params

    def prepare_database(self) -> None:
        """Called before each `migrate`."""
        super().prepare_database()
        with self.cursor() as cursor:
            for schema in (SCHEMA, "ext"):
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA ext")
