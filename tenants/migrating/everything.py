"""Bringing public, the template and every organisation's schema to the state of this code."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from tenants.context import in_public
from tenants.migrating.options import Options
from tenants.migrating.progress import Silence
from tenants.migrating.running import Result, Run, Watcher
from tenants.migrating.template import prepare_template
from tenants.schemas import artifact
from tenants.schemas.direct import open_direct
from tenants.scopes import Scope, scope_of
from tenants.servers import aliases, prepare_servers, why_away

LOCK = 7_340_001  # of pg_advisory_lock: one migration run at a time


def migrate_everything(
    *, options: Options | None = None, watcher: Watcher | None = None, verbosity: int = 0
) -> Result:
    """Migrate public, then the template with its artifact, then each organisation that lacks a migration.

    May be stopped and run again at any point. Two runs at once wait for each other. Where nothing is to be
    done, one statement finds it out, and one for each further server.
    """
    watcher = watcher or Silence()
    with in_public():
        lacking = _lacking()
        if lacking is None:
            return Result()
        with _one_at_a_time(watcher):
            if "public" in lacking:
                migrate_shared(watcher, verbosity=verbosity)
            prepare_servers()
            recording = prepare_template(say=watcher.say)
            run = Run(artifact.migrations_hash(), options or Options(), watcher, known=recording)
            with _ending_cleanly(run):
                return run.go()


def migrate_shared(watcher: Watcher, *, verbosity: int = 0) -> None:
    """Migrate the tables of public, where they lack something."""
    loader = MigrationLoader(connections["default"])
    if set(loader.graph.nodes) <= set(loader.applied_migrations):
        return
    if lacking_in_public(loader):  # those of organisations are only written down there
        watcher.say("Migrating the shared tables")
    call_command("migrate", interactive=False, verbosity=verbosity)


def lacking_in_public(loader: MigrationLoader | None = None) -> set[tuple[str, str]]:
    """The migrations of shared tables that have not been applied, as (app, name)."""
    loader = loader or MigrationLoader(connections["default"])
    lacking = set(loader.graph.nodes) - set(loader.applied_migrations)
    return {key for key in lacking if scope_of(key[0]) is not Scope.ORGANISATION}


_STATE = """
SELECT (SELECT array_agg(ARRAY[app, name]::text[]) FROM public.django_migrations),
       EXISTS (SELECT FROM public.tenants_schemaartifact WHERE hash = %(target)s),
       EXISTS (SELECT FROM public.tenants_organisation WHERE schema_state <> %(target)s)
"""


def _lacking() -> set[str] | None:
    """None where all is at the state of this code; else what lacks something: `public`, or others."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(_STATE, {"target": artifact.migrations_hash()})
            applied, has_artifact, some_are_behind = cursor.fetchone()
    except DatabaseError:  # not even the tables are there
        return {"public"}
    known = {(app, name) for app, name in applied or ()}
    if not set(MigrationLoader(None).graph.nodes) <= known:
        return {"public"}
    if has_artifact and not some_are_behind and all(map(_is_ready, aliases()[1:])):
        return None
    return set()


def _is_ready(alias: str) -> bool:
    """Or nothing can be done about it now."""
    if why_away(alias):
        return True
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT to_regnamespace('ext') IS NOT NULL")
            return bool(cursor.fetchone()[0])
    except DatabaseError:  # preparing it tells what is the matter
        return False


_AT_WORK = f"""
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 0 AND objid = {LOCK} AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""  # noqa: S608 (a number of ours)


def is_at_work() -> bool:
    """Whether a run is at work just now, wherever it was begun."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_AT_WORK)
        return bool(cursor.fetchone()[0])


@contextmanager
def _one_at_a_time(watcher: Watcher) -> Iterator[None]:
    """The lock belongs to an open transaction, since poolers hand sessions on."""
    with open_direct(cursor_factory=psycopg.ClientCursor) as connection:  # which keeps no snapshot
        connection.execute("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0")
        got = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]).fetchone()
        if not (got and got[0]):
            watcher.say("Another run is at work; this one begins when that has ended")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with suppress(psycopg.OperationalError):  # it was lost; what is done stays done
                connection.execute("ROLLBACK")


@contextmanager
def _ending_cleanly(run: Run) -> Iterator[None]:
    """SIGINT and SIGTERM end the run after the batches at work; a second one ends it as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: Any) -> None:
        run.stop(f"it was told to end ({signal.Signals(number).name})")
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
