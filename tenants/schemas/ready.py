"""Schemas made in advance, so that signing up takes one instead of waiting for its tables to be made.

A ready schema is named as any organisation's: whoever takes it takes its name too, and nothing is renamed. It
is refilled in the background, after each sign-up and once a minute. How many are kept follows the demand: as
many as the busiest ten minutes of the last day have taken, between a least and a most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count

from tenants import servers
from tenants.context import in_public
from tenants.models import ReadySchema, new_schema_name
from tenants.postgresql import prepared
from tenants.schemas import making
from tenants.schemas.artifact import current_artifact, migrations_hash

REFILLING: Final = 7_340_003  # class of pg_advisory_lock: one at a time refills a server's schemas

_TAKE: Final = """
DELETE FROM {tenants_readyschema} WHERE schema_name = (
    SELECT ready.schema_name FROM {tenants_readyschema} ready
    WHERE ready.alias = %(alias)s AND ready.artifact_hash = %(hash)s
      AND (ready.alias <> 'default' OR EXISTS (SELECT FROM pg_namespace WHERE nspname = ready.schema_name))
    ORDER BY ready.made_at LIMIT 1 FOR UPDATE OF ready SKIP LOCKED)
RETURNING schema_name
"""
_BUSIEST: Final = """
SELECT coalesce(max(taken), 0) FROM (
    SELECT count(*) AS taken FROM {tenants_organisation}
    WHERE alias = %(alias)s AND created_at > now() - interval '24 hours'
    GROUP BY date_bin('10 minutes', created_at, 'epoch')) AS of_ten_minutes
"""


def take(alias: str) -> str | None:
    """The name of a ready schema on that server, which is the caller's once their transaction commits.

    None where there is none that fits this code. Two who ask at once get two, and neither waits.
    """
    taken = prepared.rows(_TAKE, {"alias": alias, "hash": current_artifact().hash})
    return taken[0][0] if taken else None


def refill() -> int:
    """Make what is missing on every server that takes new organisations; how many schemas were made.

    Each is made in a transaction of its own, so that sign-ups find it at once. A server that somebody else is
    refilling is left to them, one that is away to the next time. Raises
    `tenants.schemas.artifact.ArtifactMissing`.
    """
    return sum(map(_refill, servers.answering(servers.open_to_new())))


def _refill(alias: str) -> int:
    with in_public():
        enough, made = wanted(alias), 0
        while _make_one(alias, enough):
            made += 1
    return made


def wanted(alias: str) -> int:
    """How many schemas should be ready on that server."""
    least, most = settings.OCTAVO_READY_SCHEMAS_LEAST, settings.OCTAVO_READY_SCHEMAS_MOST
    if not most:
        return 0
    (busiest,) = prepared.rows(_BUSIEST, {"alias": alias})[0]
    return int(max(least, min(busiest, most)))


@dataclass(frozen=True, slots=True)
class Stock:
    """A server's schemas that are ready for this code, how many there should be, and those of other code."""

    ready: int = 0
    wanted: int = 0
    outdated: int = 0


def stocks() -> dict[str, Stock]:
    """Of every server that has or wants some: one query, and one for each that takes new organisations."""
    with in_public():
        rows = ReadySchema.objects.order_by().values_list("alias", "artifact_hash").annotate(Count("pk"))
        counted = {(alias, hash == migrations_hash()): 0 for alias, hash, _number in rows}
        for alias, hash, number in rows:
            counted[alias, hash == migrations_hash()] += number
        enough = {alias: wanted(alias) for alias in servers.open_to_new()}
    return {
        alias: Stock(counted.get((alias, True), 0), enough.get(alias, 0), counted.get((alias, False), 0))
        for alias in {alias for alias, _fits in counted} | set(enough)
    }


def _make_one(alias: str, enough: int) -> bool:
    with transaction.atomic():
        if not _is_alone(alias) or _ready(alias) >= enough:
            return False
        schema = new_schema_name()
        artifact = making.make(schema, alias=alias)
        ReadySchema.objects.create(schema_name=schema, alias=alias, artifact_hash=artifact.hash)
    return True


def _is_alone(alias: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [REFILLING, alias])
        return bool(cursor.fetchone()[0])


def _ready(alias: str) -> int:
    count: int = ReadySchema.objects.filter(alias=alias, artifact_hash=current_artifact().hash).count()
    return count
