"""Running the pending migrations once, on a copy without rows, and keeping what they sent.

The copy is made from the catalog of one of the organisations concerned, inside a transaction that is rolled
back: nothing of it is ever seen, and no organisation is touched.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from time import perf_counter
from typing import Any, cast
from uuid import UUID

from django.db import connections, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from tenants.context import Current, entered
from tenants.migrating.away import in_words
from tenants.migrating.by_django import own_targets
from tenants.migrating.declaring import needs_no_transaction, obstacle, runs_for_each
from tenants.migrating.states import Applied
from tenants.schemas.catalog import describe_schema
from tenants.schemas.texts import SchemaInValue, SchemaText, without_schema
from tenants.scopes import organisation_apps

Key = tuple[str, str]  # (app, name) of a migration

_HARMLESS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SHOW", "SET")


class NotReplayable(RuntimeError):
    """A migration does something that cannot be replayed; the message says what to write in it."""


class MigrationFails(RuntimeError):
    """A migration raises on a schema without rows; the message says which, and what."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """Migrations that are replayed: their statements, and the rows that record them."""

    migrations: tuple[Key, ...]
    text: SchemaText
    rows: tuple[Key, ...]
    seconds: float  # what one schema took, without rows


@dataclass(frozen=True, slots=True)
class ForEach:
    """A migration that Django runs for each organisation, on from the models as they were before it."""

    migration: Migration
    before: ProjectState

    @property
    def migrations(self) -> tuple[Key, ...]:
        return ((self.migration.app_label, self.migration.name),)

    @property
    def rows(self) -> tuple[Key, ...]:
        return self.migrations


Step = Replayed | ForEach


@dataclass(frozen=True, slots=True)
class Recording:
    """What leads from one state to that of this code."""

    applied: Applied
    steps: tuple[Step, ...]

    @property
    def one_by_one(self) -> bool:
        """Whether some of it runs for each organisation by itself."""
        return any(isinstance(step, ForEach) for step in self.steps)


def record(example: Current, applied: Applied) -> Recording:
    """Record what an organisation like this one needs.

    Raises `NotReplayable`, and `MigrationFails`.
    """
    copy = Current(UUID(int=0), f"octavo_recording_{secrets.token_hex(8)}", example.alias)
    with _rolled_back(example.alias):
        _make_copy(example, copy)
        with entered(copy):
            return Recording(applied, tuple(_Recorder(copy).steps()))


def migrate_and_record(template: Current) -> Recording:
    """Migrate a schema without rows for good, as far as that goes in one transaction, and keep what it took.

    Raises `NotReplayable`, and `MigrationFails`, and has changed nothing then.
    """
    with transaction.atomic(using=template.alias), entered(template):
        recorder = _Recorder(template)
        labels = set(organisation_apps())
        applied = frozenset(key for key in recorder.known if key[0] in labels)
        return Recording(applied, tuple(recorder.steps()))


def try_out(example: Current, recording: Recording) -> float:
    """Replay the first steps to a second copy, which goes again; gives the seconds that one schema took."""
    copy = Current(UUID(int=0), f"octavo_recording_{secrets.token_hex(8)}", example.alias)
    with _rolled_back(example.alias), connections[example.alias].cursor() as cursor:
        _make_copy(example, copy)
        began = perf_counter()
        for step in takewhile(lambda step: isinstance(step, Replayed), recording.steps):
            cursor.execute(cast(Replayed, step).text.for_schema(copy.schema))
        return perf_counter() - began


@contextmanager
def _rolled_back(alias: str) -> Iterator[None]:
    with transaction.atomic(using=alias):
        yield
        transaction.set_rollback(True, using=alias)


def _make_copy(example: Current, copy: Current) -> None:
    text = without_schema(describe_schema(example, rows_of=("django_migrations",)), example.schema)
    with connections[copy.alias].cursor() as cursor:
        cursor.execute(text.for_schema(copy.schema))


@dataclass
class _Recorder:
    copy: Current
    sent: list[str] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    known: set[Key] = field(default_factory=set)  # what the copy has recorded as applied so far
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.connection: Any = connections[self.copy.alias]
        self.executor = MigrationExecutor(self.connection)
        self.known = set(self.executor.loader.applied_migrations)

    def steps(self) -> Iterator[Step]:
        targets = own_targets(self.executor.loader)
        plan = [migration for migration, _backwards in self.executor.migration_plan(targets)]
        state = self.executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
        while plan and not needs_no_transaction(plan[0]):
            migration = plan.pop(0)
            if runs_for_each(migration):
                yield from self._recorded()
                before = state.clone()
                state = self._apply(state, migration)
                self.known.add((migration.app_label, migration.name))
                yield ForEach(migration, before)
            else:
                state = self._keep(state, migration)
        self.executor.check_replacements()
        yield from self._recorded()
        if plan and not runs_for_each(plan[0]):
            raise NotReplayable(_undeclared(plan[0], obstacle(plan[0])))
        for migration in plan:  # what follows one without a transaction cannot be tried in this one
            yield ForEach(migration, state.clone())
            state = migration.mutate_state(state)

    def _keep(self, state: ProjectState, migration: Migration) -> ProjectState:
        if reason := obstacle(migration):
            raise NotReplayable(_undeclared(migration, reason))
        began = perf_counter()
        with self._listening(migration):
            state = self._apply(state, migration)
        self.seconds += perf_counter() - began
        self.keys.append((migration.app_label, migration.name))
        return state

    def _apply(self, state: ProjectState, migration: Migration) -> ProjectState:
        try:
            state = self.executor.apply_migration(state, migration)
            with self.connection.cursor() as cursor:  # or a later ALTER TABLE finds events that wait
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except NotReplayable:
            raise
        except Exception as error:
            name = f"{migration.app_label}.{migration.name}"
            raise MigrationFails(
                f"the migration {name} fails: {in_words(error.__cause__ or error)}"
            ) from error
        return state

    def _recorded(self) -> Iterator[Replayed]:
        """What was kept since the last time, if anything."""
        applied = set(self.executor.recorder.applied_migrations())
        rows = sorted(applied - self.known)
        if rows or self.sent:
            sql = "".join(f"{statement.rstrip().rstrip(';')};\n" for statement in self.sent)
            try:
                text = without_schema(sql, self.copy.schema, strict=True)
            except SchemaInValue as error:
                raise NotReplayable(f"{_names(self.keys)}: {error}") from error
            yield Replayed(tuple(self.keys), text, tuple(rows), self.seconds)
        self.known = applied
        self.sent, self.keys, self.seconds = [], [], 0.0

    @contextmanager
    def _listening(self, migration: Migration) -> Iterator[None]:
        """Keep what the schema editor sends, and refuse what goes past it."""
        stock = type(self.connection).SchemaEditorClass
        ear = _Ear(self.sent, self.copy.schema, migration)
        self.connection.SchemaEditorClass = _keeping(stock, ear)
        try:
            with self.connection.execute_wrapper(ear.hear):
                yield
        finally:
            del self.connection.SchemaEditorClass


@dataclass
class _Ear:
    sent: list[str]
    schema: str
    migration: Migration
    from_editor: bool = False

    def hear(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not self.from_editor and not self._harmless(str(sql)):
            reason = f"it sends by itself: {' '.join(str(sql).split())[:120]}"
            raise NotReplayable(_undeclared(self.migration, reason))
        return execute(sql, params, many, context)

    def _harmless(self, sql: str) -> bool:
        """Looking into the catalog, and the record of migrations, which is replayed apart."""
        verb = sql.lstrip().split(None, 1)[0].upper()
        if f'"{self.schema}"."django_migrations"' in sql or verb in _HARMLESS:
            return True
        return verb == "SELECT" and len(without_schema(sql, self.schema).parts) == 1


def _keeping(stock: Any, ear: _Ear) -> Any:
    class KeepingSchemaEditor(stock):
        def execute(self, sql: Any, params: Any = ()) -> None:
            text = str(sql)
            if params is not None:
                text = str(self.connection.ops.compose_sql(text, params))
            ear.from_editor = True
            try:
                super().execute(text, None)
            finally:
                ear.from_editor = False
            ear.sent.append(text)

    return KeepingSchemaEditor


def _undeclared(migration: Migration, reason: str) -> str:
    return (
        f"the migration {migration.app_label}.{migration.name} cannot be replayed: {reason}. "
        "Write `replay = False` in its class, so that it is run for each organisation by itself."
    )


def _names(keys: list[Key]) -> str:
    return ", ".join(f"{app}.{name}" for app, name in keys)
