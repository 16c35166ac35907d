"""Replaying a recording to several schemas in one transaction, together with what is written down about it.

A batch takes two messages: what is locked and where the schemas are; all statements of all its schemas, and
the end. On `default` the state of an organisation changes in the transaction of its DDL. On another server
that commits first, and a run that died in between finds in the schema itself that it has been done.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import errors

from tenants.migrating.away import RunStopped, ServerAway, in_words, opened
from tenants.migrating.ledger import WRITE_LEDGER, WRITE_STATE
from tenants.migrating.recording import Replayed
from tenants.migrating.states import Applied, Member, applied_in, applied_query
from tenants.schemas.locks import CLASS

_PER_CONNECTION: Final = 300  # schemas; a backend keeps memory for each table that it has seen
_BATCH_WAITS: Final = 0.2  # seconds: the others of its batch are locked meanwhile
_TRIES_AGAIN: Final = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


class Kind(Enum):
    DONE = "done"
    BUSY = "busy"  # in use, or being moved or exported; to be tried again
    FAILED = "failed"
    ELSEWHERE = "elsewhere"  # not at the state, or not on the server, that it was thought to be at
    GONE = "gone"  # erased meanwhile


@dataclass(frozen=True, slots=True)
class Outcome:
    member: Member
    kind: Kind
    error: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a batch is to do: a step that starts at `applied` and leads to the state `reached`."""

    run: UUID
    step: Replayed
    applied: Applied
    reached: str
    last: bool  # whether the organisation is at the target afterwards
    lock_timeout: float  # seconds


class Replayer:
    """The connections of one worker. Not for two threads."""

    def __init__(self, alias: str) -> None:
        """Raises `ServerAway`."""
        self._alias = alias
        self.locks = 0  # that one organisation takes of the server's table of locks
        self._open()

    def _open(self) -> None:
        self._seen = 0
        self._control = self._data = self._opened("default")
        if self._alias == "default":
            return
        try:
            self._data = self._opened(self._alias)
        except ServerAway:
            self._control.close()
            raise

    def _reopen(self) -> None:
        self.close()
        self._open()

    def _opened(self, alias: str) -> psycopg.Connection[Any]:
        name = "octavo migrate_organisations"
        return opened(alias, cursor_factory=psycopg.ClientCursor, application_name=name)

    def close(self) -> None:
        self._control.close()
        self._data.close()

    def replay(self, task: Task, members: Sequence[Member]) -> list[Outcome]:
        """Bring these organisations of one server one step on: all of them, or each as far as it can be.

        Raises `RunStopped` where no other organisation would fare better, `ServerAway` of that server alone.
        """
        if self._seen + len(members) > _PER_CONNECTION:
            self._reopen()
        self._seen += len(members)
        alone = len(members) == 1
        try:
            return self._together(task, members, task.lock_timeout if alone else _BATCH_WAITS)
        except psycopg.Error as error:
            passing = isinstance(error, _TRIES_AGAIN) or self._control.broken or self._data.broken
            self._take_back(error)
            if alone:
                kind = self._why_not_there(members[0]) or (Kind.BUSY if passing else Kind.FAILED)
                return [Outcome(members[0], kind, in_words(error))]
        return [outcome for member in members for outcome in self.replay(task, [member])]

    def _together(self, task: Task, members: Sequence[Member], wait: float) -> list[Outcome]:
        """Two messages where schemas and states share a database: what is there, and what is done."""
        began = datetime.now(UTC)
        free, found = self._opened_transactions(members, wait)
        there = [m for m in members if m.id in free and found.get(m.schema) == task.applied]
        outcomes = [self._passed_over(m, m.id in free) for m in members if m not in there]
        sql = "".join(_statements(task, member) for member in there)
        if there and len(members) == 1:
            self._data.execute(sql)
            self._count_locks()
            sql = ""
        if self._data is not self._control:
            self._data.execute(f"{sql}COMMIT")
            sql = ""
        if there:
            sql += self._written(task, there, began)
        self._control.execute(f"{sql}COMMIT")
        return [*outcomes, *(Outcome(member, Kind.DONE) for member in there)]

    def _opened_transactions(
        self, members: Sequence[Member], wait: float
    ) -> tuple[set[UUID], dict[str, Applied]]:
        """Begin, and take those whom nobody else is changing as a whole: their ids, and what schemas have."""
        begin = f"BEGIN; SET LOCAL lock_timeout = {max(1, round(wait * 1000))};"
        ids = psycopg.ClientCursor(self._control).mogrify("%s::uuid[]", [[m.id for m in members]])
        taking = (
            f"SELECT id, pg_try_advisory_xact_lock({CLASS}, hashtext(schema_name))"  # noqa: S608
            f" FROM (SELECT id, schema_name FROM public.tenants_organisation WHERE id = ANY({ids})"
            " FOR NO KEY UPDATE SKIP LOCKED) AS asked;"
        )
        looking = applied_query(member.schema for member in members)
        if self._data is self._control:
            taken, found = _answers(self._control.execute(begin + taking + looking))
        else:
            (taken,) = _answers(self._control.execute(begin + taking))
            (found,) = _answers(self._data.execute(begin + looking))
        return {row[0] for row in taken if row[1]}, applied_in(found)

    def _passed_over(self, member: Member, free: bool) -> Outcome:
        """Why a member of the batch was left out: another run may have been quicker, or somebody has it."""
        if free:
            return Outcome(member, Kind.ELSEWHERE)
        return Outcome(member, Kind.BUSY, "somebody else is changing this organisation as a whole")

    def _written(self, task: Task, members: Sequence[Member], began: datetime) -> str:
        """The new states and the lines of the ledger, as SQL."""
        cursor = psycopg.ClientCursor(self._control)
        sql = cursor.mogrify(WRITE_STATE, [task.reached, [member.id for member in members]])
        if task.last:
            lines = [(task.run, m.id, m.state, "DONE", "", began) for m in members]
            sql += ";\n" + cursor.mogrify(WRITE_LEDGER, _columns(lines))
        return f"{sql};\n"

    def _why_not_there(self, member: Member) -> Kind | None:
        """Whether it was erased, or moved to another server, since it was looked at; else None."""
        query = "SELECT alias FROM public.tenants_organisation WHERE id = %s"
        found = self._control.execute(query, [member.id]).fetchone()
        if found is None:
            return Kind.GONE
        return None if found[0] == member.alias else Kind.ELSEWHERE

    def _count_locks(self) -> None:
        held = self._data.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()").fetchone()
        self.locks = held[0] if held else 0

    def _take_back(self, error: psycopg.Error) -> None:
        """End the transactions of a batch that failed. Raises `RunStopped` for what befalls all of them, and
        `ServerAway`."""
        if isinstance(error, errors.DiskFull):
            raise RunStopped(
                f"the disk of the database {self._alias} is full: make room, then run this again"
                f" ({in_words(error)})"
            ) from error
        if not (self._control.broken or self._data.broken):
            for connection in {self._control, self._data}:
                connection.execute("ROLLBACK")
            return
        self._reopen()


def _answers(cursor: psycopg.Cursor[Any]) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement of a message that gave any."""
    answers = []
    while True:
        if cursor.description:
            answers.append(cursor.fetchall())
        if not cursor.nextset():
            return answers


def _statements(task: Task, member: Member) -> str:
    return task.step.text.for_schema(member.schema) + recorded(member.schema, task.step.rows)


def recorded(schema: str, rows: Iterable[tuple[str, str]]) -> str:
    """The statement that writes migrations into a schema's record, where they are not there yet."""
    values = ", ".join(f"({_text(app)}, {_text(name)})" for app, name in rows)
    if not values:
        return ""
    return (
        f'INSERT INTO "{schema}".django_migrations (app, name, applied)'  # noqa: S608 (checked names)
        f" SELECT v.app, v.name, now() FROM (VALUES {values}) AS v (app, name) WHERE NOT EXISTS"
        f' (SELECT FROM "{schema}".django_migrations d WHERE d.app = v.app AND d.name = v.name);\n'
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _columns(lines: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*lines, strict=True)]


def pause(attempt: int) -> float:
    """Seconds until an organisation that was busy is tried again: longer each time, never quite alike."""
    return min(0.25 * 2.0**attempt, 15.0) * random.uniform(0.5, 1.0)
