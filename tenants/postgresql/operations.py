"""Names and whole statements that PostgreSQL is asked for outside the compilers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import operations

from tenants.postgresql.names import TableName
from tenants.postgresql.prepared import PreparedCursor
from tenants.postgresql.registry import named_table

_SCHEMA = re.compile(r'^"(?:[^"]|"")+"\.(?=")')


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "tenants.postgresql.compiler"

    def quote_name(self, name: str) -> str:
        """Asked for every column; what follows the first line is Django's own."""
        if isinstance(name, TableName):
            return name.qualified
        return name if name.startswith('"') and name.endswith('"') else f'"{name}"'

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        if isinstance(cursor, PreparedCursor):  # it keeps the text with $1 only
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)

    def for_update_sql(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = (), no_key: bool = False
    ) -> str:
        # FOR UPDATE OF takes the name a table goes by in the query, never a qualified one.
        bare = tuple(_SCHEMA.sub("", name) for name in of)
        return super().for_update_sql(nowait, skip_locked, bare, no_key)

    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        return super().sql_flush(style, [named_table(table) for table in tables], **options)

    def sequence_reset_by_name_sql(self, style: Any, sequences: list[dict[str, Any]]) -> list[str]:
        marked = [{**sequence, "table": named_table(sequence["table"])} for sequence in sequences]
        return super().sequence_reset_by_name_sql(style, marked)
