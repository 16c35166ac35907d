"""Asking for a move: whether it can be made, and the one row that says so."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenants.accounts.models import User
from tenants.context import in_public
from tenants.models import Move, Organisation, OrganisationStatus
from tenants.models.moves import UNFINISHED
from tenants.moving.tables import tables_of
from tenants.schemas.direct import open_direct
from tenants.servers import aliases


class CannotMove(ValueError):
    """The organisation cannot be moved there; the message says why, for whoever asked."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move would carry over."""

    source: str
    target: str
    tables: int
    bytes: int


def ask_for_move(*, organisation: Organisation, to: str, by: User | None = None) -> Move:
    """Write down that it is to be moved, or find the unfinished move that says so already.

    Raises `CannotMove`. `tenants.moving.carrying_out.carry_out` does it.
    """
    refuse_impossible(organisation, to)
    with in_public():
        try:
            with transaction.atomic():
                return Move.objects.create(
                    organisation=organisation, source=organisation.alias, target=to, asked_by=by
                )
        except IntegrityError:
            return _unfinished(organisation, to)


def plan(organisation: Organisation, to: str) -> Plan:
    """Look at both servers, changing nothing. Raises `CannotMove`, `NotMovable`, `OperationalError`."""
    refuse_impossible(organisation, to)
    with open_direct(organisation.alias) as source, open_direct(to) as target:
        tables = tables_of(source, organisation.schema_name)
        target.execute("SELECT 1")
    return Plan(
        source=organisation.alias, target=to, tables=len(tables), bytes=sum(table.bytes for table in tables)
    )


def refuse_impossible(organisation: Organisation, to: str) -> None:
    if to not in aliases():
        known = ", ".join(aliases())
        raise CannotMove(
            _("There is no server %(server)s. There are: %(known)s.") % {"server": to, "known": known}
        )
    if organisation.alias == to:
        raise CannotMove(_("It is on this server already."))
    if organisation.status == OrganisationStatus.DELETING:
        raise CannotMove(_("It is being deleted."))


def _unfinished(organisation: Organisation, to: str) -> Move:
    move = Move.objects.filter(organisation=organisation, state__in=UNFINISHED).first()
    if move is None:  # it has ended meanwhile
        raise CannotMove(_("It has just been moved."))
    if move.target != to:
        raise CannotMove(_("It is being moved to %(server)s already.") % {"server": move.target})
    return move
