"""The PostgreSQL servers that hold organisations' schemas, and where new organisations go.

Public tables are on `default` alone; the others hold schemas of organisations and the schema `ext`.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connections
from django.db.models import Count

from tenants.context import in_public
from tenants.models import Organisation
from tenants.postgresql.catalog import relations_in
from tenants.schemas.direct import open_direct
from tenants.schemas.preparation import prepare_database

DEFAULT: Final = "default"
LEAST_VERSION: Final = 150_000  # as PostgreSQL writes it: 15.0
PATIENCE: Final = 2  # seconds for a connection, where somebody waits for a page that tells of all servers
KEPT: Final = 600  # seconds that a database's size is remembered

logger = logging.getLogger(__name__)


class ServerUnusable(RuntimeError):
    """A server of OCTAVO_SERVERS is not what it must be; the message says which."""


def aliases() -> tuple[str, ...]:
    """Names of the databases that hold organisations, `default` first."""
    return (DEFAULT, *(alias for alias in settings.DATABASES if alias != DEFAULT))


def alias_for_new() -> str:
    """Where the next organisation is made: OCTAVO_PLACE_NEW, else the server with fewest for its weight.

    One that is away is passed over. Raises `ServerUnusable` where no other may take new organisations.
    """
    possible = open_to_new()
    if len(possible) > 1:
        held, weights = organisations_by_alias(), settings.OCTAVO_SERVER_WEIGHTS
        possible = tuple(sorted(possible, key=lambda alias: held.get(alias, 0) / weights.get(alias, 1)))
    for alias in answering(possible):
        return alias
    raise ServerUnusable(f"no organisation can be made: {', '.join(possible)} does not answer")


def open_to_new() -> tuple[str, ...]:
    """The servers that new organisations may go to."""
    if settings.OCTAVO_PLACE_NEW:
        return (str(settings.OCTAVO_PLACE_NEW),)
    return tuple(alias for alias in aliases() if settings.OCTAVO_SERVER_WEIGHTS.get(alias, 1))


def answering(among: Iterable[str]) -> Iterator[str]:
    """Those servers that give a connection, each asked when its turn comes; of others the log tells."""
    for alias in among:
        if alias != DEFAULT and (reason := why_away(alias)):
            logger.warning("server away", extra={"server": alias, "reason": reason})
        else:
            yield alias


def organisations_by_alias() -> dict[str, int]:
    """How many organisations each server holds; those that hold none are left out."""
    with in_public():
        return dict(Organisation.objects.order_by().values_list("alias").annotate(Count("id")))


def prepare_servers() -> None:
    """Make each further server that answers ready for schemas of organisations.

    Raises `ServerUnusable` for one that is too old or may not be prepared, and where organisations are on a
    server that is not set up any more.
    """
    if lost := sorted(set(organisations_by_alias()) - set(aliases())):
        raise ServerUnusable(
            f"organisations are on the server {', '.join(lost)}, which OCTAVO_SERVERS does not name: "
            "name it again, and move them before it is taken out"
        )
    for alias in aliases()[1:]:
        if why_away(alias):  # whoever needs it tells of it
            continue
        try:
            _refuse_old(alias)
            prepare_database(using=alias)
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise ServerUnusable(f"the server {alias} of OCTAVO_SERVERS: {reason}") from error


def why_away(alias: str) -> str:
    """Why a server gives no connection within `PATIENCE`, in one line; empty where it does."""
    try:
        open_direct(alias, connect_timeout=PATIENCE).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""


def _refuse_old(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        if cursor.fetchone()[0] < LEAST_VERSION:
            raise ServerUnusable(f"the server {alias} of OCTAVO_SERVERS is older than PostgreSQL 15")


@dataclass(frozen=True, slots=True)
class ServerState:
    """What there is to know of a server; `bytes` is None where it does not answer."""

    alias: str
    held: dict[str, int]  # how many organisations, by their status
    takes_new: bool
    known: bool = True  # not: organisations are on it, and OCTAVO_SERVERS does not name it any more
    bytes: int | None = None  # its database's size, as it was in the last ten minutes

    @property
    def organisations(self) -> int:
        return sum(self.held.values())


def server_states() -> list[ServerState]:
    """Of every server, in one query for all; whether it answers is asked of each by itself."""
    held, new = _held_by_status(), open_to_new()
    lost = sorted(set(held) - set(aliases()))
    return [
        *(ServerState(alias, held.get(alias, {}), alias in new, bytes=_size(alias)) for alias in aliases()),
        *(ServerState(alias, held[alias], takes_new=False, known=False) for alias in lost),
    ]


def _held_by_status() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with in_public():
        rows = Organisation.objects.order_by().values_list("alias", "status").annotate(Count("id"))
        for alias, status, number in rows:
            found[alias][status] = number
    return found


def size_of_schema(schema: str, *, alias: str) -> int | None:
    """Bytes of an organisation's tables with their indexes; None where the server does not answer."""
    return _asked(alias, _SCHEMA_SIZE, [schema]) if _answers(alias) else None


_SCHEMA_SIZE: Final = f"""
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
WHERE oid IN ({relations_in("to_regnamespace(%s)")}) AND relkind = 'r'
"""  # noqa: S608


def _size(alias: str) -> int | None:
    """Kept for a while: PostgreSQL looks at every file, and each organisation has more than a hundred."""
    if not _answers(alias):
        return None
    key = f"server-size:{alias}"
    with in_public():
        known: int | None = cache.get(key)
        if known is None:
            known = _asked(alias, "SELECT pg_database_size(current_database())", [])
            if known is not None:
                cache.set(key, known, KEPT)
    return known


def _asked(alias: str, query: str, values: list[Any]) -> int | None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(query, values)
            return int(cursor.fetchone()[0])
    except OperationalError:
        return None


def _answers(alias: str) -> bool:
    """Asked without the pool, which waits for a server that is away as long as for a free connection."""
    return alias == DEFAULT or not why_away(alias)
