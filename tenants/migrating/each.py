"""Running one migration for one organisation by Django, where it cannot be replayed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from tenants.context import entered
from tenants.migrating.away import RunStopped, in_words, opened
from tenants.migrating.ledger import WRITE_LEDGER, WRITE_STATE
from tenants.migrating.recording import ForEach
from tenants.migrating.replaying import Kind, Outcome
from tenants.migrating.states import Applied, Member, applied_in, applied_query
from tenants.models import Organisation
from tenants.postgresql.catalog import relations_in
from tenants.schemas.locks import Held, LockLost, SchemaBusy, exclusive

_BUSY = ("55P03", "40P01", "40001")  # lock not available, deadlock, serialisation
_DISK_FULL = "53100"
_cloning = threading.Lock()


@dataclass(frozen=True, slots=True)
class EachTask:
    """What is done for each: a migration that starts at `applied` and leads to the state `reached`."""

    run: UUID
    step: ForEach
    applied: Applied
    reached: str
    last: bool
    lock_timeout: float  # seconds


def run_for(task: EachTask, member: Member) -> Outcome:
    """Run the migration for one organisation; what goes wrong is told in the outcome.

    In one transaction with its state, unless the migration cannot run in one or the organisation is on
    another server. Raises `RunStopped` for what befalls all of them, `ServerAway` of one server alone.
    """
    try:
        with exclusive(member.schema, wait=0) as held, entered(member.as_current()):
            return _run(task, member, held)
    except (SchemaBusy, LockLost) as error:
        return Outcome(member, Kind.BUSY, str(error))
    except Exception as error:  # a migration may raise anything; the others go on
        return _told(member, error)
    finally:
        connections.close_all()


def _told(member: Member, error: Exception) -> Outcome:
    known = error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ else error
    code = getattr(known, "sqlstate", None)
    if code == _DISK_FULL:
        raise RunStopped("the disk of the database is full: make room, then run this again") from error
    if _is_lost(known, code):
        _ask_for_connections(member)
        return Outcome(member, Kind.BUSY, in_words(known))
    return Outcome(member, Kind.BUSY if code in _BUSY else Kind.FAILED, in_words(known))


def _is_lost(error: BaseException, code: str | None) -> bool:
    """Whether the connection is: PostgreSQL has ended it (class 57P), or it says nothing any more."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    return code is None or code.startswith(("08", "57P", "53300"))


def _ask_for_connections(member: Member) -> None:
    """Raises `ServerAway` where there are none."""
    for alias in {DEFAULT_DB_ALIAS, member.alias}:
        opened(alias).close()


def _run(task: EachTask, member: Member, held: Held) -> Outcome:
    began = datetime.now(UTC)
    connection: Any = connections[member.alias]
    alias = Organisation.objects.filter(pk=member.id).values_list("alias", flat=True).first()
    if alias is None:
        return Outcome(member, Kind.GONE)
    if alias != member.alias:  # it has moved
        return Outcome(member, Kind.ELSEWHERE)
    with connection.cursor() as cursor:
        cursor.execute(applied_query([member.schema]))
        if applied_in(cursor.fetchall())[member.schema] != task.applied:
            return Outcome(member, Kind.ELSEWHERE)
    atomic = task.step.migration.atomic
    if not atomic:
        _clear_away_half_built(connection, member.schema)
    together = transaction.atomic(using="default") if atomic else nullcontext()
    with together, _lock_timeout(connection, task.lock_timeout):
        _apply(task, connection)
        held.check()  # else it may be half somebody else's work
        with connections["default"].cursor() as cursor:
            cursor.execute(WRITE_STATE, [task.reached, [member.id]])
            if task.last:
                line = (task.run, member.id, member.state, "DONE", "", began)
                cursor.execute(WRITE_LEDGER, [[value] for value in line])
    return Outcome(member, Kind.DONE)


_HALF_BUILT = f"""
SELECT indexrelid::regclass::text FROM pg_index
WHERE NOT indisvalid AND indrelid IN ({relations_in("%s::regnamespace")})
"""  # noqa: S608


def _clear_away_half_built(connection: Any, schema: str) -> None:
    """Indexes that a concurrent build has left when it was kept waiting or killed: they have their name, and
    serve nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_HALF_BUILT, [schema])
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index}")


def _apply(task: EachTask, connection: Any) -> None:
    migration = task.step.migration
    with _cloning:
        state = task.step.before.clone()
    with transaction.atomic(using=connection.alias) if migration.atomic else nullcontext():
        with connection.schema_editor(atomic=migration.atomic) as editor:
            migration.apply(state, editor)
        MigrationRecorder(connection).record_applied(migration.app_label, migration.name)


@contextmanager
def _lock_timeout(connection: Any, seconds: float) -> Iterator[None]:
    with connection.cursor() as cursor:
        scope = "LOCAL " if connection.in_atomic_block else ""
        cursor.execute(f"SET {scope}lock_timeout = {max(1, round(seconds * 1000))}")
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
