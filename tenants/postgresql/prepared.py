"""Statements of hot paths, which the server parses and plans once a connection instead of each time.

Django sends every statement whole, with its values written into it, so that the server plans it anew. Where
that costs more than the statement does, it is prepared: the server keeps up to 100 for each connection, and
replaces the plan by itself when a table changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

from tenants.postgresql.raw import sql


def rows(text: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run SQL as `raw.sql` takes it, prepared, and give its rows; none where it returns none.

    For tables of the schema public: an organisation's have other names in each, and each would be kept.
    Counted, logged and wrapped like every other statement of the connection. Where the setting
    `OCTAVO_PREPARED_STATEMENTS` is off, for poolers that lose them, it is sent whole.
    """
    with _cursor() as cursor:
        cursor.execute(sql(text), parameters)
        return cursor.fetchall() if cursor.description else []


class PreparedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Binds its values on the server and has every statement prepared, from the first time on."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> PreparedCursor:
        return super().execute(query, params, prepare=True, **options)


def _cursor() -> Any:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(PreparedCursor(connection.connection))  # type: ignore[attr-defined]
