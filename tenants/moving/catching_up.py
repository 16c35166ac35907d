"""Bringing the target to a later state of the source: rows whose keys are in the log are copied once more.

A pass takes all that the log holds in one snapshot. At the target each of those rows is deleted, then those
that the source still has are copied as they are there. What the log does not name is the same on both sides
already, so after a pass the target is what the source was in that snapshot, references and all. A pass that
is repeated, because its end was not written down, does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from psycopg import sql

from tenants.moving.checksums import checksum, compare, refuse_different
from tenants.moving.copying import copy_rows, snapshot, unhurried
from tenants.moving.tables import LOG, Connection, Table

CHANGED = sql.Identifier("pg_temp", "octavo_changed")


def catch_up(
    source: Connection,
    target: Connection,
    *,
    schema: str,
    arriving: str,
    tables: Sequence[Table],
    compare_all: bool = False,
) -> int:
    """One pass; tells how many entries of the log it took. With `compare_all` every row of every table is
    compared in the end, not just those that have changed. Raises `checksums.Different`."""
    with snapshot(source):
        with unhurried(target):
            taken = apply_log(source, target, schema=schema, arriving=arriving, tables=tables)
            if compare_all:
                compare(source, target, schema=schema, arriving=arriving, tables=tables)
        source.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(schema, LOG)))
    return taken


def apply_log(
    source: Connection, target: Connection, *, schema: str, arriving: str, tables: Sequence[Table]
) -> int:
    """Within transactions that the caller has begun on both sides; compares what it has changed."""
    log = sql.Identifier(schema, LOG)
    counted = source.execute(sql.SQL("SELECT table_name, count(*) FROM {} GROUP BY 1").format(log)).fetchall()
    if not counted:
        return 0
    names = {row[0] for row in counted}
    changed = [table for table in tables if table.name in names]
    target.execute("SET CONSTRAINTS ALL DEFERRED")
    _carry_keys(source, target, log)
    for table in changed:
        target.execute(
            sql.SQL("DELETE FROM {} r WHERE ").format(table.named(arriving)) + _is_changed(table, CHANGED)
        )
    for table in changed:
        copy_rows(source, target, table, schema, arriving, only=_is_changed(table, log))
    _compare(source, target, schema=schema, arriving=arriving, log=log, tables=changed)
    target.execute(sql.SQL("DROP TABLE {}").format(CHANGED))
    return int(sum(row[1] for row in counted))


def _carry_keys(source: Connection, target: Connection, log: sql.Composable) -> None:
    target.execute(
        sql.SQL("CREATE TEMP TABLE octavo_changed (table_name text NOT NULL, key text[] NOT NULL)")
    )
    out = sql.SQL("COPY (SELECT DISTINCT table_name, key FROM {}) TO STDOUT").format(log)
    into = sql.SQL("COPY {} (table_name, key) FROM STDIN").format(CHANGED)
    with source.cursor().copy(out) as keys, target.cursor().copy(into) as copy:
        for data in keys:
            copy.write(data)


def _is_changed(table: Table, keys: sql.Composable) -> sql.Composed:
    """Whether the key of the row r is among those of its table."""
    columns = sql.SQL(", ").join(sql.Identifier("r", column) for column in table.key)
    typed = sql.SQL(", ").join(
        sql.SQL("key[{}]::{}").format(sql.Literal(number), sql.SQL(kind))  # as the catalog writes the type
        for number, kind in enumerate(table.key_types, start=1)
    )
    return sql.SQL("({}) IN (SELECT {} FROM {} WHERE table_name = {})").format(
        columns, typed, keys, sql.Literal(table.name)
    )


def _compare(
    source: Connection,
    target: Connection,
    *,
    schema: str,
    arriving: str,
    log: sql.Composable,
    tables: Iterable[Table],
) -> None:
    refuse_different(
        table.name
        for table in tables
        if checksum(source, schema, table, only=_is_changed(table, log))
        != checksum(target, arriving, table, only=_is_changed(table, CHANGED))
    )
