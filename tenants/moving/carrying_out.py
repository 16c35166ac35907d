"""A move from its beginning to its end. Whatever goes wrong, the organisation goes on where it was.

One that was killed is begun again by whoever is asked next: the command, or the sweeper.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Final

import psycopg
from django.db.models.functions import Now

from tenants.context import Current, in_public
from tenants.models import Move, MoveState, Organisation
from tenants.moving import change_log
from tenants.moving.catching_up import catch_up
from tenants.moving.copying import copy_all, make_empty, snapshot, unhurried
from tenants.moving.states import change_state
from tenants.moving.switching import TooSlow, Way, is_decided, switch, take_back_name, write_down
from tenants.moving.tables import Table, drop_schema, tables_of
from tenants.resolution import forget_resolutions
from tenants.schemas.catalog import describe_schema
from tenants.schemas.direct import open_direct
from tenants.schemas.locks import Held, SchemaBusy, exclusive
from tenants.signals import organisation_moved

KEPT: Final = timedelta(days=7)  # the old copy, after the move
FEW: Final = 100  # changes that may be left for the pause
PASSES: Final = 30  # of catching up, before a switch is tried anyway
SWITCHES: Final = 40  # that are tried
REST: Final = 0.5  # seconds between two

Say = Callable[[Move], None]
logger = logging.getLogger(__name__)


class MoveFailed(RuntimeError):
    """The organisation was not moved and goes on where it was; the message says why."""


def carry_out(move: Move, *, say: Say = lambda move: None, wait: float = 5.0) -> Move:
    """Move the organisation, or finish what an interrupted run of the same move has decided.

    `say` hears of progress. Raises `MoveFailed`, and `SchemaBusy` where somebody else is at work on the
    schema for longer than `wait` seconds.
    """
    with exclusive(move.organisation.schema_name, wait=wait) as held:
        _read_again(move)
        if move.state in (MoveState.MOVED, MoveState.FAILED):
            return move
        with _reached(move) as way:
            if is_decided(way.source, way.schema):
                _finish(move, way)
            else:
                _attempt(move, way, held, say)
    say(move)
    return move


def _read_again(move: Move) -> None:
    try:
        move.refresh_from_db()
    except Move.DoesNotExist:
        raise MoveFailed("not moved: the organisation was erased meanwhile") from None


@contextmanager
def _reached(move: Move) -> Iterator[Way]:
    with ExitStack() as stack:
        try:
            way = stack.enter_context(ends(move, move.organisation))
        except psycopg.OperationalError as error:
            raise _back_out(move, error) from error
        yield way


def _attempt(move: Move, way: Way, held: Held, say: Say) -> None:
    try:
        tables = _copy(move, way, say)
        _catch_up(move, way, tables, say)
        pause = _switch(move, way, tables, held, say)
    except BaseException as error:
        failed = _back_out(move, error)
        if isinstance(error, Exception):
            raise failed from error
        raise
    _finish(move, way, pause=pause)


def _copy(move: Move, way: Way, say: Say) -> list[Table]:
    tidy(way)
    change_state(move, MoveState.COPYING, copied=0, reason="")
    here = Current(move.organisation_id, way.schema, way.source_alias)
    make_empty(way.target, describe_schema(here, rows_of=()), schema=way.schema, arriving=way.arriving)
    tables = tables_of(way.source, way.schema)
    _note(move, say, to_copy=sum(table.bytes for table in tables))
    change_log.install(way.source, way.schema, tables)
    with snapshot(way.source), unhurried(way.target):
        copy_all(
            way.source,
            way.target,
            schema=way.schema,
            arriving=way.arriving,
            tables=tables,
            say=lambda count: _note(move, say, copied=count),
        )
    return tables


def _catch_up(move: Move, way: Way, tables: list[Table], say: Say) -> None:
    """The first pass compares everything; the others make the rest of the changes few."""
    change_state(move, MoveState.CATCHING_UP)
    say(move)
    _pass(way, tables, compare_all=True)
    with unhurried(way.target):
        way.target.execute("ANALYZE " + ", ".join(f'"{way.arriving}"."{table.name}"' for table in tables))
    for _ in range(PASSES):
        if _pass(way, tables) <= FEW:
            return


def _switch(move: Move, way: Way, tables: list[Table], held: Held, say: Say) -> float:
    for left in reversed(range(SWITCHES)):
        change_state(move, MoveState.SWITCHING, old_schema=way.left)
        say(move)
        try:
            return switch(way, tables, check=held.check)
        except TooSlow:
            change_state(move, MoveState.CATCHING_UP)
            if not left:
                raise
            logger.info("the organisation is busy, trying again", extra={"schema": way.schema})
            time.sleep(REST)
            _pass(way, tables)
    raise AssertionError("tried less than once")


def _pass(way: Way, tables: list[Table], *, compare_all: bool = False) -> int:
    return catch_up(
        way.source,
        way.target,
        schema=way.schema,
        arriving=way.arriving,
        tables=tables,
        compare_all=compare_all,
    )


def _finish(move: Move, way: Way, *, pause: float | None = None) -> None:
    """Write down what is decided. Until it is heard of everywhere, whoever misses the schema asks for it."""
    write_down(way)
    forget_resolutions()
    fields = {} if pause is None else {"pause": round(pause * 1000)}
    change_state(move, MoveState.MOVED, drop_after=Now() + KEPT, **fields)
    move.refresh_from_db()
    organisation_moved.send(Organisation, organisation=move.organisation, actor=move.asked_by, move=move)
    logger.info("organisation moved", extra={"schema": way.schema, "alias": way.target_alias})


def _back_out(move: Move, error: BaseException) -> MoveFailed:
    """Undo what was begun, unless it is decided; gives what is to be told of it. What cannot be undone at the
    target now, the sweeper undoes later."""
    try:
        undone = _undo(move)
    except (psycopg.Error, SchemaBusy):
        logger.warning("a move could not be backed out", exc_info=True)
        if move.state == MoveState.SWITCHING:  # it may have been decided: only the source knows
            return MoveFailed(f"not known yet whether it was moved, the scheduler asks: {_reason(error)}")
        undone = False
    if undone is None:
        return MoveFailed(f"moved, and to be written down by the scheduler: {_reason(error)}")
    change_state(move, MoveState.FAILED, reason=_reason(error)[:400], drop_after=None if undone else Now())
    return MoveFailed(f"not moved: {_reason(error)}")


def _undo(move: Move) -> bool | None:
    """Whether nothing of it is left anywhere; None where it is decided. Members are rid of it at the source,
    whether the target answers or not."""
    schema = move.organisation.schema_name
    with open_direct(move.source) as source:
        if is_decided(source, schema):
            return None
        change_log.remove(source, schema)
    try:
        with ends(move, move.organisation) as way:
            tidy(way)
    except psycopg.Error:
        logger.warning("what a move has begun at its target is still there", exc_info=True)
        return False
    return True


def tidy(way: Way) -> None:
    """Remove what a move leaves at both ends, of an organisation that is at its source."""
    if not is_decided(way.source, way.schema):
        take_back_name(way)
        change_log.remove(way.source, way.schema)
    drop_schema(way.target, way.arriving)


def _note(move: Move, say: Say, **fields: int) -> None:
    with in_public():
        Move.objects.filter(pk=move.pk).update(changed_at=Now(), **fields)
    for name, value in fields.items():
        setattr(move, name, value)
    say(move)


@contextmanager
def ends(move: Move, organisation: Organisation) -> Iterator[Way]:
    """Both servers, each by a connection of its own that no pool takes back."""
    options = {"application_name": "octavo move"}
    with open_direct(move.source, **options) as source, open_direct(move.target, **options) as target:
        yield Way(
            schema=organisation.schema_name,
            move_id=move.id.hex[-16:],
            source=move.source,
            target=move.target,
            from_=source,
            to=target,
        )


def _reason(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
