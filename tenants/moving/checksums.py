"""Whether two servers hold the same rows: a count, and a sum of hashes that no order changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import sql

from tenants.moving.tables import Connection, Table

# Rows as text look the same whatever a server, database or role has as its own setting. For the transaction
# alone: behind a pooler nothing else is ours.
_SAME_TEXT = """
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL timezone = 'UTC';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex'
"""
_CHECKSUM = """
SELECT count(*), coalesce(sum(
  ('x' || encode(substr(sha256(convert_to(ROW({columns})::text, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
), 0) FROM {table} r
"""

Checksum = tuple[int, Any]  # rows, and the sum of their hashes


class Different(RuntimeError):
    """What arrived is not what was sent; the message names the tables."""


def same_text(connection: Connection) -> None:
    """For the rest of the transaction."""
    connection.execute(_SAME_TEXT)


def checksum(
    connection: Connection, schema: str, table: Table, *, only: sql.Composable | None = None
) -> Checksum:
    """Of all rows of a table (called r), or of those for which `only` holds."""
    columns = sql.SQL(", ").join(sql.Identifier("r", column) for column in table.all_columns)
    statement = sql.SQL(_CHECKSUM).format(columns=columns, table=table.named(schema))
    if only is not None:
        statement += sql.SQL("WHERE ") + only
    row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0], row[1]


def compare(
    source: Connection, target: Connection, *, schema: str, arriving: str, tables: Sequence[Table]
) -> None:
    """All rows of all tables, as both transactions see them. Raises `Different`."""
    refuse_different(
        table.name for table in tables if checksum(source, schema, table) != checksum(target, arriving, table)
    )


def refuse_different(names: Any) -> None:
    if bad := list(names):
        raise Different(f"checksums differ for {', '.join(bad)}")
