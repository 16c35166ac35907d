"""The PostgreSQL servers that hold organisations' schemas, and where new organisations go.

Public tables are on `default` alone; the others hold schemas of organisations and the schema `ext`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.db.models import Count

from tenants.context import in_public
from tenants.models import Organisation
from tenants.postgresql.catalog import relations_in
from tenants.schemas.preparation import prepare_database

DEFAULT: Final = "default"
LEAST_VERSION: Final = 150_000  # as PostgreSQL writes it: 15.0


class ServerUnusable(RuntimeError):
    """A server of OCTAVO_SERVERS cannot be reached, or is not what it must be; the message says which."""


def aliases() -> tuple[str, ...]:
    """Names of the databases that hold organisations, `default` first."""
    return (DEFAULT, *(alias for alias in settings.DATABASES if alias != DEFAULT))


def alias_for_new() -> str:
    """Where the next organisation is made: OCTAVO_PLACE_NEW, else the server with fewest for its weight."""
    possible = open_to_new()
    if len(possible) == 1:
        return possible[0]
    held = organisations_by_alias()
    return min(possible, key=lambda alias: held.get(alias, 0) / settings.OCTAVO_SERVER_WEIGHTS.get(alias, 1))


def open_to_new() -> tuple[str, ...]:
    """The servers that new organisations may go to."""
    if settings.OCTAVO_PLACE_NEW:
        return (str(settings.OCTAVO_PLACE_NEW),)
    return tuple(alias for alias in aliases() if settings.OCTAVO_SERVER_WEIGHTS.get(alias, 1))


def organisations_by_alias() -> dict[str, int]:
    """How many organisations each server holds; those that hold none are left out."""
    with in_public():
        return dict(Organisation.objects.order_by().values_list("alias").annotate(Count("id")))


def prepare_servers() -> None:
    """Make each further server ready for schemas of organisations.

    Raises `ServerUnusable`, also where organisations are on a server that is not set up any more.
    """
    if lost := sorted(set(organisations_by_alias()) - set(aliases())):
        raise ServerUnusable(
            f"organisations are on the server {', '.join(lost)}, which OCTAVO_SERVERS does not name: "
            "name it again, and move them before it is taken out"
        )
    for alias in aliases()[1:]:
        try:
            _refuse_old(alias)
            prepare_database(using=alias)
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise ServerUnusable(f"the server {alias} of OCTAVO_SERVERS: {reason}") from error


def _refuse_old(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        if cursor.fetchone()[0] < LEAST_VERSION:
            raise ServerUnusable(f"the server {alias} of OCTAVO_SERVERS is older than PostgreSQL 15")


@dataclass(frozen=True, slots=True)
class ServerState:
    """What there is to know of a server; `bytes` is None where it does not answer."""

    alias: str
    organisations: int
    takes_new: bool
    bytes: int | None = None  # its database's size


def server_states() -> list[ServerState]:
    """Of every server, in one query each and one more."""
    held, new = organisations_by_alias(), open_to_new()
    return [ServerState(alias, held.get(alias, 0), alias in new, _size(alias)) for alias in aliases()]


def size_of_schema(schema: str, *, alias: str) -> int | None:
    """Bytes of an organisation's tables with their indexes; None where the server does not answer."""
    return _asked(alias, _SCHEMA_SIZE, [schema])


_SCHEMA_SIZE: Final = f"""
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
WHERE oid IN ({relations_in("to_regnamespace(%s)")}) AND relkind = 'r'
"""  # noqa: S608


def _size(alias: str) -> int | None:
    return _asked(alias, "SELECT pg_database_size(current_database())", [])


def _asked(alias: str, query: str, values: list[Any]) -> int | None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(query, values)
            return int(cursor.fetchone()[0])
    except OperationalError:
        return None
