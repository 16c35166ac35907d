"""What a move needs to know of an organisation's tables, read from the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from tenants.postgresql.catalog import relations_in

Connection = psycopg.Connection[Any]
LOG = "octavo_move_log"
NOTE = "octavo_move_note"  # beginning of the names of triggers and their functions


class NotMovable(TypeError):
    """The schema holds something that a move cannot carry over; the message says what."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an organisation. `columns` leaves out those that PostgreSQL computes itself."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]  # the primary key's columns
    key_types: tuple[str, ...]
    all_columns: tuple[str, ...]
    bytes: int  # with its indexes and what is stored out of line

    def named(self, schema: str) -> sql.Identifier:
        return sql.Identifier(schema, self.name)


_TABLES = f"""
SELECT c.relname,
       array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
       array_agg(a.attname ORDER BY a.attnum),
       (SELECT array_agg(k.attname ORDER BY k.attnum) FROM pg_attribute k
        WHERE k.attrelid = c.oid AND k.attnum = ANY(i.indkey)),
       (SELECT array_agg(format_type(k.atttypid, k.atttypmod) ORDER BY k.attnum) FROM pg_attribute k
        WHERE k.attrelid = c.oid AND k.attnum = ANY(i.indkey)),
       pg_total_relation_size(c.oid)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.oid IN ({relations_in("to_regnamespace(%s)")}) AND c.relkind = 'r' AND c.relname <> %s
GROUP BY c.oid, c.relname, i.indkey ORDER BY c.relname
"""  # noqa: S608
_HURRIED = f"""
SELECT conname FROM pg_constraint
WHERE conrelid IN ({relations_in("to_regnamespace(%s)")}) AND contype = 'f' AND NOT condeferrable
ORDER BY conname
"""  # noqa: S608
_SEQUENCES = f"""
SELECT relname, pg_sequence_last_value(oid) FROM pg_class
WHERE oid IN ({relations_in("to_regnamespace(%s)")}) AND relkind = 'S' ORDER BY 1
"""  # noqa: S608


def tables_of(connection: Connection, schema: str) -> list[Table]:
    """Raises `NotMovable` for a table without a primary key, and a reference that cannot wait."""
    rows = connection.execute(_TABLES, [schema, LOG]).fetchall()
    if keyless := [row[0] for row in rows if not row[3]]:
        raise NotMovable(f"tables without a primary key: {', '.join(keyless)}")
    if hurried := [row[0] for row in connection.execute(_HURRIED, [schema]).fetchall()]:
        raise NotMovable(f"references that are not deferrable: {', '.join(hurried)}")
    return [
        Table(
            name=name,
            columns=tuple(columns),
            all_columns=tuple(every),
            key=tuple(key),
            key_types=tuple(types),
            bytes=size,
        )
        for name, columns, every, key, types, size in rows
    ]


def carry_sequences(source: Connection, target: Connection, schema: str) -> None:
    """Let identity columns at the target go on where those of the source are."""
    for name, last in source.execute(_SEQUENCES, [schema]).fetchall():
        if name.startswith(LOG) or last is None:  # none: nothing was ever taken from it
            continue
        target.execute("SELECT setval(%s::regclass, %s)", [f'"{schema}"."{name}"', last])


def has_schema(connection: Connection, schema: str) -> bool:
    found = connection.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [schema])
    row = found.fetchone()
    return bool(row and row[0])


def drop_schema(connection: Connection, schema: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def rename_schema(connection: Connection, old: str, new: str) -> None:
    statement = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
    connection.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))
