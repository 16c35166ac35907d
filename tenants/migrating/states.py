"""Which organisations are not at the state of this code, and what their schemas say of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import psycopg

from tenants.context import SCHEMA_NAME, Current, in_public
from tenants.migrating.away import ServerAway, opened
from tenants.migrating.ledger import UNKNOWN
from tenants.models import Organisation
from tenants.scopes import organisation_apps

Applied = frozenset[tuple[str, str]]  # (app, name) of migrations of the organisations' apps

_AT_ONCE: Final = 100  # schemas read by one query
_PER_CONNECTION: Final = 1_000  # a backend keeps memory for each schema that it has seen


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation that is to be migrated."""

    id: UUID
    slug: str
    schema: str
    alias: str
    state: str

    def as_current(self) -> Current:
        return Current(organisation_id=self.id, schema=self.schema, alias=self.alias)


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations of one server with the same migrations applied: what one needs, all of them need."""

    alias: str
    applied: Applied
    members: tuple[Member, ...]


def behind(target: str) -> list[Member]:
    """Organisations that are not known to be at this state, whatever their status: one query for all."""
    with in_public():
        rows = (
            Organisation.objects.exclude(schema_state=target)
            .order_by("created_at")
            .values_list("id", "slug", "schema_name", "alias", "schema_state")
        )
        return [Member(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Survey:
    """Organisations by what their schemas have applied, and those of which that could not be found out."""

    groups: list[Group]
    without_schema: list[Member]
    away: dict[str, ServerAway]  # by alias: the servers that do not answer


def survey(members: Iterable[Member]) -> Survey:
    """Sort organisations by what their schemas have applied.

    One of each known state speaks for all of it (each is asked again before it is changed); those of unknown
    state are all asked.
    """
    by_state: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        by_state[member.alias, member.state].append(member)
    groups: dict[tuple[str, Applied], list[Member]] = defaultdict(list)
    lost: list[Member] = []
    away: dict[str, ServerAway] = {}
    for (alias, state), alike in by_state.items():
        if alias in away:
            continue
        try:
            found = _applied_of(alias, alike, all_alike=state != UNKNOWN)
        except ServerAway as error:
            away[alias] = error
            continue
        for member, applied in found:
            if applied is None:
                lost.append(member)
            else:
                groups[alias, applied].append(member)
    return Survey([Group(alias, applied, tuple(m)) for (alias, applied), m in groups.items()], lost, away)


def _applied_of(
    alias: str, members: Sequence[Member], *, all_alike: bool
) -> list[tuple[Member, Applied | None]]:
    """What each has applied; where all are alike the first speaks for them, unless it has no schema."""
    if all_alike:
        first = members[0].schema
        if (applied := read_applied(alias, [first])[first]) is not None:
            return [(member, applied) for member in members]
    known = read_applied(alias, [member.schema for member in members])
    return [(member, known[member.schema]) for member in members]


def read_applied(alias: str, schemas: Sequence[str]) -> dict[str, Applied | None]:
    """What each schema says it has applied, by its own table; None where there is no such schema or table.

    Raises `ServerAway`.
    """
    found: dict[str, Applied | None] = dict.fromkeys(schemas)
    for part in in_parts(schemas, _PER_CONNECTION):
        with opened(alias) as connection:
            there = _with_record(connection, part)
            for few in in_parts(there, _AT_ONCE):
                found.update(applied_in(connection.execute(applied_query(few)).fetchall()))
    return found


def _with_record(connection: psycopg.Connection[Any], schemas: Sequence[str]) -> list[str]:
    rows = connection.execute(
        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relname = 'django_migrations' AND c.relkind = 'r' AND n.nspname = ANY(%s)",
        [list(schemas)],
    )
    return [row[0] for row in rows]


def applied_query(schemas: Iterable[str]) -> str:
    """One statement that reads the migrations that each of these schemas has; see `applied_in`."""
    labels = ", ".join(f"'{label}'" for label in sorted(organisation_apps()))
    return " UNION ALL ".join(
        f"SELECT '{_checked(schema)}', array_agg(ARRAY[app, name]::text[])"  # noqa: S608 (checked names)
        f' FROM "{schema}".django_migrations WHERE app IN ({labels})'
        for schema in schemas
    )


def applied_in(rows: Iterable[tuple[Any, ...]]) -> dict[str, Applied]:
    """By schema, from the rows of `applied_query`."""
    return {schema: frozenset((app, name) for app, name in pairs or ()) for schema, pairs in rows}


def _checked(schema: str) -> str:
    if not SCHEMA_NAME.match(schema):
        raise ValueError(f"not the name of a schema: {schema!r}")
    return schema


def in_parts(things: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [things[start : start + size] for start in range(0, len(things), size)]
