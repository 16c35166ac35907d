"""On which server a statement about an organisation's tables is executed, while organisations move.

Where there is one server, nothing here costs anything. Where there are several:

- A transaction passes the organisation's gate before its first statement there: an advisory lock that it
  shares with others until it ends. Who moves the organisation holds it alone for the moment of the switch, so
  no transaction has one half here and one half there. Who has waited looks whether the schema is still here.
- A statement outside a transaction goes ahead. Where the schema is gone it fails before it did anything, and
  is executed where the organisation is now.

So whoever still believes that an organisation is at its old place finds nothing there, and follows it.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

import psycopg
from django.db import ProgrammingError, connections

from tenants.context import Current, current_or_none
from tenants.postgresql.names import OrganisationTable

CLASS: Final = 7_340_004  # the first of the two numbers of the advisory lock; the second is made of the name
FURTHER: Final = "tenants.postgresql.further"
MOVES: Final = 4  # at most, that one statement follows
_GONE: Final = (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName)


class Followed:
    """Part of the compilers: executes a statement where the organisation is."""

    using: Any

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        inside = current_or_none() if several_servers() and self._is_of_organisation() else None
        if inside is None:
            return super().execute_sql(*args, **kwargs)  # type: ignore[misc]
        self._go_to(place_of(inside))
        for _ in range(MOVES):
            alias = self.using
            try:
                return super().execute_sql(*args, **kwargs)  # type: ignore[misc]
            except ProgrammingError as error:
                if not isinstance(error.__cause__, _GONE) or connections[alias].in_atomic_block:
                    raise
                self._go_to(_follow(inside, alias))
                if self.using == alias:
                    raise
        return super().execute_sql(*args, **kwargs)  # type: ignore[misc]

    def _is_of_organisation(self) -> bool:
        model = self.query.model  # type: ignore[attr-defined]
        return model is not None and isinstance(model._meta.db_table, OrganisationTable)

    def _go_to(self, alias: str) -> None:
        self.using = alias
        self.connection = connections[alias]


def several_servers() -> bool:
    """Whether organisations may be elsewhere than on `default`."""
    known = connections.settings
    return len(known) > 1 and any(database["ENGINE"] == FURTHER for database in known.values())


def known_place(inside: Current) -> str:
    """The alias where the organisation is, as far as this process has heard. Asks nobody."""
    return _moved.get((inside.schema, inside.alias), inside.alias)


def place_of(inside: Current) -> str:
    """The alias for the next statement; within a transaction the organisation stays there until it ends."""
    alias = known_place(inside)
    for _ in range(MOVES):
        connection: Any = connections[alias]
        if not connection.in_atomic_block or inside.schema in connection.passed:
            return alias
        if _pass(connection, inside.schema):
            return alias
        found = _follow(inside, alias)
        if found == alias:
            return alias  # there is no such schema anywhere: the statement will say so
        alias = found
    return alias


def gate_key(schema: str) -> tuple[int, int]:
    """The two numbers of the organisation's advisory lock."""
    return CLASS, zlib.crc32(schema.encode()) - 2**31


def _pass(connection: Any, schema: str) -> bool:
    """Share the gate until the transaction ends; tells whether the schema is there. One round trip.

    A second statement sees what was committed while the first one waited.
    """
    first, second = gate_key(schema)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock_shared({first}, {second}); "  # noqa: S608 (numbers, checked name)
            f"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{schema}')"
        )
        cursor.nextset()
        is_here: bool = cursor.fetchone()[0]
    if is_here:
        connection.passed.add(schema)
    return is_here


def _follow(inside: Current, alias: str) -> str:
    """Where the organisation has gone that is no longer at `alias`; `alias` itself where nobody knows."""
    from tenants.moving.whereabouts import find  # its models are not there yet when compilers are

    found: str = find(inside, missing_at=alias)
    if len(_moved) >= CAPACITY:
        _moved.clear()
    if found == inside.alias:
        _moved.pop((inside.schema, inside.alias), None)
    else:
        _moved[inside.schema, inside.alias] = found
    return found


CAPACITY: Final = 20_000  # entries; beyond it all are forgotten, and found again
_moved: dict[tuple[str, str], str] = {}  # from where somebody believes a schema to be, to where it was found
