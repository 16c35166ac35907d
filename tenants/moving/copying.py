"""The copy: every row of one snapshot, streamed table by table; nothing is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from psycopg import sql

from tenants.moving.checksums import same_text
from tenants.moving.tables import Connection, Table, drop_schema, rename_schema

SAY_EVERY = 4_000_000  # bytes
_NO_LIMITS = """
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0
"""


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """A transaction that may take its time, whatever limits the server sets."""
    with connection.transaction():
        connection.execute(_NO_LIMITS)
        same_text(connection)
        yield


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Such a transaction that sees what was committed when it began."""
    with unhurried(connection):
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def make_empty(target: Connection, statements: str, *, schema: str, arriving: str) -> None:
    """Make the tables at the target, without a row, under a name at which nobody looks for them."""
    with unhurried(target):
        drop_schema(target, arriving)
        target.execute(statements.encode())
        rename_schema(target, schema, arriving)


def copy_all(
    source: Connection,
    target: Connection,
    *,
    schema: str,
    arriving: str,
    tables: Sequence[Table],
    say: Callable[[int], None],
) -> None:
    """Copy the rows of each table, within transactions that the caller has begun; `say` hears of bytes."""
    target.execute("SET CONSTRAINTS ALL DEFERRED")
    counter = _Counter(say)
    for table in tables:
        copy_rows(source, target, table, schema, arriving, count=counter.add)
    counter.tell()


def copy_rows(
    source: Connection,
    target: Connection,
    table: Table,
    schema: str,
    arriving: str,
    *,
    only: sql.Composable | None = None,
    count: Callable[[int], None] = lambda size: None,
) -> None:
    """Stream the rows of a table (called r), or those for which `only` holds; `count` hears of bytes."""
    rows = sql.SQL("SELECT {} FROM {} r").format(
        sql.SQL(", ").join(sql.Identifier("r", column) for column in table.columns), table.named(schema)
    )
    if only is not None:
        rows += sql.SQL(" WHERE ") + only
    out = sql.SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(rows)
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        table.named(arriving), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with source.cursor().copy(out) as sent, target.cursor().copy(into) as copy:
        for data in sent:
            copy.write(data)
            count(len(data))


class _Counter:
    def __init__(self, say: Callable[[int], None]) -> None:
        self._say, self._bytes, self._told = say, 0, 0

    def add(self, count: int) -> None:
        self._bytes += count
        if self._bytes - self._told > SAY_EVERY:
            self.tell()

    def tell(self) -> None:
        self._told = self._bytes
        self._say(self._bytes)
