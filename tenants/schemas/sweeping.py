"""Clearing away schemas that nobody wants: what crashes left, and what was made ready for older code.

What is dropped here is empty. A schema that belongs to no organisation and holds rows is told of and left:
whoever restores an old backup of the shared tables would lose what their members have made since.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connections, transaction
from django.db.models import Q
from django.db.models.functions import Now

from tenants import servers
from tenants.context import in_public
from tenants.models import Organisation, ReadySchema, StraySchema
from tenants.postgresql.catalog import relations_in
from tenants.schemas import making
from tenants.schemas.artifact import TEMPLATE, current_artifact
from tenants.schemas.locks import SchemaBusy, exclusive

GRACE: Final = timedelta(minutes=30)  # for what is not wanted before it is dropped
NAMES: Final = "^t_[0-9a-f]{16}$"  # as tenants.models.new_schema_name makes them
_FILLED: Final = re.compile(rf"^INSERT INTO {TEMPLATE.schema}\.(\w+) ", re.MULTILINE)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was cleared away, and what was left for somebody to look at."""

    strays: int = 0  # schemas that belonged to nobody
    outdated: int = 0  # ready schemas of other code
    missing: int = 0  # rows of ready schemas that are gone
    holding_rows: int = 0  # schemas that belong to nobody and are not empty: left

    def __add__(self, other: Swept) -> Swept:
        return Swept(
            self.strays + other.strays,
            self.outdated + other.outdated,
            self.missing + other.missing,
            self.holding_rows + other.holding_rows,
        )


def sweep(*, grace: timedelta = GRACE) -> Swept:
    """Clear away on every server that answers. May be stopped and called again, also by several at once.

    A schema counts as a stray once it has been seen to belong to nobody for as long as `grace`. One that
    somebody is making or changing just now is locked by them, and left.
    """
    with in_public():
        return sum((_sweep(alias, grace) for alias in servers.answering(servers.aliases())), Swept())


def _sweep(alias: str, grace: timedelta) -> Swept:
    outdated = 0
    while _discard_outdated(alias, grace):
        outdated += 1
    dropped, left = _sweep_strays(alias, grace)
    return Swept(strays=dropped, outdated=outdated, missing=_forget_missing(alias), holding_rows=left)


def _discard_outdated(alias: str, grace: timedelta) -> bool:
    """After the grace only: while code of two versions runs side by side, each takes its own."""
    other = ReadySchema.objects.filter(alias=alias, made_at__lte=Now() - grace)
    other = other.exclude(artifact_hash=current_artifact().hash)
    with transaction.atomic():
        ready = other.select_for_update(skip_locked=True).first()
        if ready is None:
            return False
        making.drop(ready.schema_name, alias=alias)
        ready.delete()
    return True


def _forget_missing(alias: str) -> int:
    """Rows first, schemas after: a row is never there before its schema."""
    rows = set(ReadySchema.objects.filter(alias=alias).values_list("schema_name", flat=True))
    missing = rows - _schemas(alias)
    gone, _of = ReadySchema.objects.filter(alias=alias, schema_name__in=missing).delete()
    return gone


def _sweep_strays(alias: str, grace: timedelta) -> tuple[int, int]:
    """How many were dropped, and how many left since they hold rows."""
    there = _schemas(alias)  # before their owners are asked for, who are there no later than their schemas
    strays = there - _owned(there)
    StraySchema.objects.filter(alias=alias).exclude(schema_name__in=strays).delete()
    StraySchema.objects.bulk_create(
        [StraySchema(schema_name=schema, alias=alias) for schema in strays], ignore_conflicts=True
    )
    due = StraySchema.objects.filter(alias=alias, seen_at__lte=Now() - grace)
    outcomes = [_drop_stray(schema, alias) for schema in due.values_list("schema_name", flat=True)]
    return outcomes.count(True), outcomes.count(False)


def _drop_stray(schema: str, alias: str) -> bool | None:
    """True: dropped. False: left, since it holds rows. None: left, since it is somebody's."""
    try:
        with exclusive(schema, wait=0), transaction.atomic():
            if _owned([schema]):
                return None
            if held := _tables_with_rows(schema, alias):
                logger.error(
                    "schema belongs to no organisation and holds rows: left",
                    extra={"stray": schema, "server": alias, "tables": held},
                )
                return False
            making.drop(schema, alias=alias)
            StraySchema.objects.filter(schema_name=schema, alias=alias).delete()
    except SchemaBusy:
        return None
    logger.warning("stray schema dropped", extra={"stray": schema, "server": alias})
    return True


def _owned(schemas: Iterable[str]) -> set[str]:
    """Those that an organisation has, on whichever server (it may be moving), or may take."""
    wanted = Q(schema_name__in=list(schemas))
    names = Organisation.objects.filter(wanted).values_list("schema_name", flat=True)
    return set(names.union(ReadySchema.objects.filter(wanted).values_list("schema_name", flat=True)))


def _schemas(alias: str) -> set[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ %s", [NAMES])
        return {name for (name,) in cursor.fetchall()}


_TABLES: Final = f"""
SELECT relname FROM pg_class WHERE oid IN ({relations_in("%s::regnamespace")}) AND relkind = 'r'
"""  # noqa: S608


def _tables_with_rows(schema: str, alias: str) -> list[str]:
    """Those that hold what the artifact has not put there."""
    filled = set(_FILLED.findall(current_artifact().sql))
    with connections[alias].cursor() as cursor:
        cursor.execute(_TABLES, [schema])
        tables = [str(name) for (name,) in cursor.fetchall() if name not in filled]
        if not tables:
            return []
        cursor.execute(" UNION ALL ".join(_asking(schema, tables)), tables)
        return [name for (name,) in cursor.fetchall()]


def _asking(schema: str, tables: list[str]) -> Iterator[str]:
    """Statements that give the table's name, which is a parameter of each, where it holds a row."""
    for table in tables:
        name = f'"{making.checked(schema)}"."{table.replace(chr(34), chr(34) * 2)}"'
        yield f"SELECT %s WHERE EXISTS (SELECT FROM {name})"  # noqa: S608 (names from the catalog, quoted)
