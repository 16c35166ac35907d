"""The pause: for less than a second writers wait, the target catches up for good, and the switch is decided.

In this order, so that whatever is interrupted leaves one place that is right:

1. The source holds everybody back: transactions at the organisation's gate, single statements at the tables.
2. The target takes the last changes, is compared, and has the schema under its name. Nobody looks there yet.
3. The source renames its schema. **The commit of that decides.** Until then the organisation is where it was,
   afterwards at the target: whoever still comes to the source finds no table, and asks where it has gone.
4. `public` has it in writing. Where that is on the source, it is part of the same commit.

What takes too long is taken back before 3, and tried again after some more catching up. Should the target or
this process fall silent meanwhile, the source ends it by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import psycopg
from psycopg import sql

from tenants.moving.catching_up import apply_log
from tenants.moving.checksums import same_text
from tenants.moving.tables import Connection, Table, carry_sequences, has_schema, rename_schema
from tenants.postgresql.gates import gate_key
from tenants.schemas.direct import open_direct
from tenants.schemas.locks import SchemaBusy
from tenants.servers import DEFAULT

FOR_LOCKS: Final = 0.35  # seconds until all locks must be held
AT_MOST: Final = 0.80  # seconds until the switch must be decided
LET_GO: Final = 2.0  # seconds after which the source ends it by itself, should nobody speak to it any more
END_HEARD: Final = 10.0  # seconds for which the end of another's switch is waited for

_WRITE_DOWN = 'UPDATE public."tenants_organisation" SET alias = %s WHERE schema_name = %s AND alias = %s'


class TooSlow(RuntimeError):
    """The locks, or the last changes, would have taken longer than members may wait."""


_WAITED = (
    psycopg.errors.QueryCanceled,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
)


class Way:
    """The two ends of a move, with connections in autocommit."""

    def __init__(
        self, *, schema: str, move_id: str, source: str, target: str, from_: Connection, to: Connection
    ) -> None:
        self.schema = schema
        self.arriving = f"arriving_{move_id}"
        self.left = f"moved_{move_id}"
        self.source_alias, self.target_alias = source, target
        self.source, self.target = from_, to


def switch(way: Way, tables: Sequence[Table], *, check: Callable[[], None]) -> float:
    """Do it now; tells for how many seconds writers were held back at most.

    `check` is asked last and may raise. Raises `TooSlow` with everything as it was before.
    """
    began = time.monotonic()
    try:
        with way.source.transaction():
            _hold_back(way, tables, began)
            _complete(way, tables)
            check()
            if time.monotonic() - began > AT_MOST:
                raise TooSlow("the last changes took too long")
            rename_schema(way.source, way.schema, way.left)
            if way.source_alias == DEFAULT:
                _write_down(way.source, way)
    except _WAITED as error:
        take_back_name(way)
        raise TooSlow(str(error).splitlines()[0]) from error
    except TooSlow:
        take_back_name(way)
        raise
    return time.monotonic() - began


def write_down(way: Way) -> None:
    """Say in public where the organisation is, once that is decided; may be repeated."""
    with open_direct(DEFAULT) as public:
        _write_down(public, way)


def is_decided(source: Connection, schema: str) -> bool:
    """Whether the source has let go of the organisation, or never had it.

    A commit whose end nobody has heard of may be under way: it holds the gate until others see what it did.
    Raises `SchemaBusy` where that takes longer than `END_HEARD`.
    """
    first, second = gate_key(schema)
    try:
        with source.transaction():
            source.execute(f"SET LOCAL lock_timeout = {round(END_HEARD * 1000)}")
            source.execute(f"SELECT pg_advisory_xact_lock_shared({first}, {second})")
            return not has_schema(source, schema)
    except psycopg.errors.LockNotAvailable:
        raise SchemaBusy(f"a switch of {schema} has not ended yet: try again later") from None


def take_back_name(way: Way) -> None:
    """At the target, where the schema had its name already and nothing was decided."""
    if has_schema(way.source, way.schema) and has_schema(way.target, way.schema):
        rename_schema(way.target, way.schema, way.arriving)


def _hold_back(way: Way, tables: Sequence[Table], began: float) -> None:
    first, second = gate_key(way.schema)
    _let_go(way.source)
    _allow(way.source, began + FOR_LOCKS)
    way.source.execute(f"SELECT pg_advisory_xact_lock({first}, {second})")
    _allow(way.source, began + FOR_LOCKS)
    names = sql.SQL(", ").join(table.named(way.schema) for table in tables)
    way.source.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(names))
    _allow(way.source, began + AT_MOST)


def _let_go(connection: Connection) -> None:
    """Have the server end the transaction by itself, however it comes that nobody speaks to it."""
    known = connection.info.server_version >= 17_00_00  # before, what is idle was limited alone
    limit = "transaction_timeout" if known else "idle_in_transaction_session_timeout"
    connection.execute(f"SET LOCAL {limit} = {round(LET_GO * 1000)}")


def _complete(way: Way, tables: Sequence[Table]) -> None:
    same_text(way.source)
    with way.target.transaction():
        same_text(way.target)
        way.target.execute(f"SET LOCAL statement_timeout = {round(AT_MOST * 1000)}")
        apply_log(way.source, way.target, schema=way.schema, arriving=way.arriving, tables=tables)
        rename_schema(way.target, way.arriving, way.schema)
        carry_sequences(way.source, way.target, way.schema)


def _allow(connection: Connection, until: float) -> None:
    """Let no statement of the transaction run longer than until that moment."""
    left = round((until - time.monotonic()) * 1000)
    if left <= 0:
        raise TooSlow("the locks were not to be had in time")
    connection.execute(f"SET LOCAL statement_timeout = {left}")


def _write_down(connection: Connection, way: Way) -> None:
    connection.execute(_WRITE_DOWN, [way.target_alias, way.schema, way.source_alias])
