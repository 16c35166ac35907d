"""What moves leave behind: copies that are kept for a while, and what runs that were killed had begun."""

from __future__ import annotations

import logging
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now

from tenants.context import in_public
from tenants.models import Move, MoveState, Organisation
from tenants.models.moves import UNFINISHED
from tenants.moving.carrying_out import MoveFailed, carry_out, ends, tidy
from tenants.moving.tables import drop_schema, has_schema
from tenants.schemas.direct import open_direct
from tenants.schemas.locks import SchemaBusy, exclusive
from tenants.servers import aliases

logger = logging.getLogger(__name__)


def go_on() -> int:
    """Carry out every move that nobody is at work on; tells how many were ended. For the scheduler."""
    ended = 0
    with in_public():
        for move in Move.objects.filter(state__in=UNFINISHED).order_by("asked_at"):
            try:
                carry_out(move, wait=0)
                ended += 1
            except SchemaBusy:
                continue
            except MoveFailed as failure:
                logger.warning("%s", failure, extra={"move": str(move.pk)})
                ended += 1
            except Exception:  # it stops no other
                logger.exception("a move cannot be gone on with yet", extra={"move": str(move.pk)})
    return ended


def drop_due() -> int:
    """Drop old copies whose time is over, and what could not be undone; tells of how many moves."""
    dropped = 0
    with in_public():
        for move in Move.objects.filter(drop_after__lte=Now()).select_related("organisation"):
            try:
                _drop(move)
            except Exception as error:  # it stops no other
                logger.warning("not dropped yet: %s", error, extra={"move": str(move.pk)})
            else:
                dropped += 1
    return dropped


def drop_for_erasing(*, organisation: Organisation, **signal: Any) -> None:
    """Receiver: with an organisation goes whatever its moves have left. Raises `psycopg.Error` where a server
    is away. Whoever erases it sees to it that nobody is moving it."""
    with in_public():
        left = Q(drop_after__isnull=False) | Q(state__in=UNFINISHED)
        for move in Move.objects.filter(left, organisation_id=organisation.pk):
            if unknown := {move.source, move.target} - set(aliases()):
                logger.warning("an old copy is on a server that was taken out: %s", unknown)
            elif move.state == MoveState.MOVED:
                _drop_old(move)
            else:
                _tidy(move)
                _drop_arrived(move)


def _drop(move: Move) -> None:
    if move.state == MoveState.MOVED:
        _drop_old(move)
    else:
        with exclusive(move.organisation.schema_name, wait=0):
            _tidy(move)
    Move.objects.filter(pk=move.pk).update(drop_after=None)


def _drop_old(move: Move) -> None:
    with open_direct(move.source) as source:
        drop_schema(source, move.old_schema)


def _tidy(move: Move) -> None:
    with ends(move, move.organisation) as way:
        tidy(way)


def _drop_arrived(move: Move) -> None:
    """Where it was decided that it has moved, and was not written down."""
    with ends(move, move.organisation) as way:
        if not has_schema(way.source, way.schema):
            drop_schema(way.target, way.schema)
