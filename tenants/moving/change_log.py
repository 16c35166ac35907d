"""Which rows have changed since the copy was begun: triggers write their keys to a table beside them.

A trigger is made under a lock that waits for those who are writing to the table. So every change is either
committed before, and in the snapshot that is taken after all triggers are there, or its key is in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from psycopg import sql

from tenants.moving.patience import patiently
from tenants.moving.tables import LOG, NOTE, Connection, Table

LOCK_TIMEOUT = 400  # milliseconds that members wait behind us at most, for each table
TRIES = 50  # for each table

_LOG = """
CREATE TABLE {log} (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, table_name text NOT NULL, key text[] NOT NULL
)
"""
_NOTE = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $note$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'the organisation is being moved to another server: a table cannot be emptied now';
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO {log} (table_name, key) VALUES ({table_name}, ARRAY[{old}]);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND ({old_row}) IS DISTINCT FROM ({new_row})) THEN
    INSERT INTO {log} (table_name, key) VALUES ({table_name}, ARRAY[{new}]);
  END IF;
  RETURN NULL;
END
$note$
"""
_TRIGGERS = (
    "CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW",
    "CREATE TRIGGER {all} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
)


def install(connection: Connection, schema: str, tables: Sequence[Table]) -> None:
    """Have every change from now on noted; `connection` is in autocommit.

    Raises `psycopg.errors.LockNotAvailable` where a table is never free for a moment.
    """
    connection.execute(sql.SQL(_LOG).format(log=sql.Identifier(schema, LOG)))
    for number, table in enumerate(tables):
        connection.execute(_function(schema, number, table))
        patiently(connection, partial(_listen, connection, schema, number, table), LOCK_TIMEOUT, TRIES)


def remove(connection: Connection, schema: str) -> None:
    """Have nothing noted any more, whatever part of `install` was done; may be repeated."""
    for function in _functions(connection, schema):
        drop = sql.SQL("DROP FUNCTION IF EXISTS {}() CASCADE").format(sql.Identifier(schema, function))
        patiently(connection, partial(connection.execute, drop), LOCK_TIMEOUT, TRIES)
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(schema, LOG)))


def _listen(connection: Connection, schema: str, number: int, table: Table) -> None:
    for statement in _TRIGGERS:
        connection.execute(
            sql.SQL(statement + " EXECUTE FUNCTION {function}()").format(
                name=sql.Identifier(NOTE),
                all=sql.Identifier(f"{NOTE}_all"),
                table=table.named(schema),
                function=sql.Identifier(schema, f"{NOTE}_{number}"),
            )
        )


def _function(schema: str, number: int, table: Table) -> sql.Composed:
    def key(row: str, cast: str = "") -> sql.Composed:
        return sql.SQL(", ").join(
            sql.SQL(row + ".{}" + cast).format(sql.Identifier(column)) for column in table.key
        )

    return sql.SQL(_NOTE).format(
        function=sql.Identifier(schema, f"{NOTE}_{number}"),
        log=sql.Identifier(schema, LOG),
        table_name=sql.Literal(table.name),
        old=key("OLD", "::text"),
        new=key("NEW", "::text"),
        old_row=key("OLD"),
        new_row=key("NEW"),
    )


def _functions(connection: Connection, schema: str) -> list[str]:
    found = connection.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = %s AND p.proname LIKE %s",
        [schema, f"{NOTE}%"],
    )
    return [row[0] for row in found.fetchall()]
