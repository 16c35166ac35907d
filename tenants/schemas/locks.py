"""Who changes an organisation's schema as a whole (migrates, moves, exports, erases it) does so alone.

The lock is PostgreSQL's, on the database `default` wherever the schema is. It belongs to a transaction that
stays open on a connection of its own: a session's lock would be lost behind a pooler in transaction mode.
Readers and writers of the product do not ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import psycopg
from django.db import connections

from tenants.schemas.direct import open_direct

CLASS: Final = 7_340_002  # the first of the two numbers of pg_advisory_lock; the second is a hash of the name
KEY: Final = f"{CLASS}, hashtext(%s)"

_HELD: Final = f"""
SELECT name FROM unnest(%s::text[]) AS name
WHERE (hashtext(name)::bigint & 4294967295)::oid IN (
    SELECT objid FROM pg_locks
    WHERE locktype = 'advisory' AND classid = {CLASS} AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""  # noqa: S608 (a number of ours)


class SchemaBusy(RuntimeError):
    """Somebody else is changing this organisation's schema as a whole; try again later."""


class LockLost(RuntimeError):
    """The connection that held the lock is gone: somebody else may be at work on the schema."""


class Held:
    """A lock that is held; ask `check` before a step that nothing can take back."""

    def __init__(self, schema: str, connection: psycopg.Connection[Any]) -> None:
        self.schema = schema
        self._connection = connection

    def check(self) -> None:
        """Raises `LockLost` where the database no longer knows of this lock."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise LockLost(f"the lock on {self.schema} was lost: {error}") from error


@contextmanager
def exclusive(schema: str, *, wait: float) -> Iterator[Held]:
    """Hold the lock on an organisation's schema, for which it waits so many seconds at most.

    Raises `SchemaBusy` where somebody else has it for longer. Not re-entrant.
    """
    # Values go within the text: a statement that was bound would keep its snapshot while the lock is held,
    # and with it VACUUM from cleaning up and CREATE INDEX CONCURRENTLY from ending.
    with open_direct(cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("BEGIN")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        _acquire(connection, schema, wait)
        try:
            yield Held(schema, connection)
        finally:
            with suppress(psycopg.OperationalError):  # it was lost: who minds has asked `check`
                connection.execute("ROLLBACK")


def at_work(schemas: Iterable[str]) -> set[str]:
    """Those of these schemas that somebody holds the lock on, as one query finds it."""
    if not (names := list(schemas)):
        return set()
    with connections["default"].cursor() as cursor:
        cursor.execute(_HELD, [names])
        return {name for (name,) in cursor.fetchall()}


def _acquire(connection: psycopg.Connection[Any], schema: str, wait: float) -> None:
    if wait <= 0:
        row = connection.execute(f"SELECT pg_try_advisory_xact_lock({KEY})", [schema]).fetchone()
        if row and row[0]:
            return
        raise SchemaBusy(_busy(schema))
    connection.execute(f"SET LOCAL lock_timeout = {max(1, round(wait * 1000))}")
    try:
        connection.execute(f"SELECT pg_advisory_xact_lock({KEY})", [schema])
    except psycopg.errors.LockNotAvailable:
        raise SchemaBusy(_busy(schema)) from None


def _busy(schema: str) -> str:
    return f"the schema {schema} is being migrated, moved, exported or erased just now: try again later"
