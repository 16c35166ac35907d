"""How the tenancy engine is: servers, migrations, moves, imports, erasures, each read by a query or two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.migrating.standing import Standing
from tenants.models import Move, MoveState, Organisation, OrganisationStatus, SchemaMigration
from tenants.models.moves import UNFINISHED
from tenants.portable.erasing import BY_OPERATOR, BY_OWNER
from tenants.portable.exports import reasons
from tenants.portable.importing import KEPT
from tenants.portable.models import UNDER_WAY, Erasure, Export, ExportState, Import
from tenants.postgresql.pool import PoolState
from tenants.postgresql.pooling import pool_states
from tenants.schemas.locks import at_work
from tenants.schemas.ready import Stock, stocks
from tenants.servers import ServerState, server_states

MIGRATE: Final = "./octavo manage migrate_organisations"
TOLD: Final = 25  # exports at most
LATELY: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Server:
    """A server with what there is on it; `pool` is that of the process that answers."""

    state: ServerState
    stock: Stock
    pool: PoolState | None
    old_copies: int  # of organisations that have moved away

    @property
    def held(self) -> list[tuple[str, int]]:
        """How many organisations of each status, where there are any."""
        numbers = self.state.held
        return [
            (str(label), numbers[value]) for value, label in OrganisationStatus.choices if value in numbers
        ]

    @property
    def in_use(self) -> int:
        return self.pool.size - self.pool.idle if self.pool else 0


def servers() -> list[Server]:
    ready, pools = stocks(), {state.alias: state for state in pool_states()}
    left = Move.objects.filter(state=MoveState.MOVED, drop_after__isnull=False)
    copies = dict(left.order_by().values_list("source").annotate(Count("pk")))
    return [
        Server(
            state=state,
            stock=ready.get(state.alias, Stock()),
            pool=pools.get(state.alias),
            old_copies=copies.get(state.alias, 0),
        )
        for state in server_states()
    ]


# --- Migrations --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Behind:
    """An organisation that could not be migrated: PostgreSQL's words, and ours on what to do."""

    line: SchemaMigration
    advice: str
    command: str


def behind(standing: Standing) -> list[Behind]:
    return [
        Behind(line, advice(line), f"{MIGRATE} --only {line.organisation.slug}") for line in standing.left
    ]


def advice(line: SchemaMigration) -> str:
    if line.state == SchemaMigration.State.BUSY:
        return _(
            "Its tables were in use for too long, or it was being moved, exported or erased. Run this at a "
            "quieter time."
        )
    if line.error.startswith("it has no schema"):
        return _("Its tables are not on its server. Restore them from a backup, or erase the organisation.")
    if line.error.startswith("its schema is being moved"):
        return _("Wait for its move, or take out of its schema what somebody has added, then run this.")
    if "[53200]" in line.error:
        return _(
            "The server’s table of locks was full. Run this with a smaller --batch, or raise "
            "max_locks_per_transaction."
        )
    return _("Mend in its schema what stands in the way, then run this.")


# --- Moves -------------------------------------------------------------------------------------------------


def moves() -> QuerySet[Move]:
    """Those under way first, then the newest."""
    first = Case(When(state__in=UNFINISHED, then=Value(0)), default=Value(1))
    return Move.objects.select_related("organisation", "asked_by").order_by(first, "-asked_at")


# --- Exports that owners ask for ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Exporting:
    """An export that is under way or failed lately, and why, in words for operators."""

    export: Export
    reason: str


def exports() -> list[Exporting]:
    """Those under way, then those that failed within a week: `TOLD` at most, in one query."""
    lately = Q(state=ExportState.FAILED, ended_at__gte=timezone.now() - LATELY)
    found = Export.objects.filter(Q(state__in=UNDER_WAY) | lately).select_related("organisation")
    first = Case(When(state__in=UNDER_WAY, then=Value(0)), default=Value(1))
    return [Exporting(export, why_not(export)) for export in found.order_by(first, "asked_at")[:TOLD]]


def why_not(export: Export) -> str:
    if export.state != ExportState.FAILED:
        return ""
    if export.reason == reasons.NO_ROOM:
        return _("There was no room for it: make some, in the data folder and where its files lie.")
    if export.reason == reasons.FILES_AWAY:
        return _("The place of its files did not answer.")
    if export.reason == reasons.BUSY:
        return _("It was being migrated, moved, imported or erased.")
    return _("The log of the workers says what broke.")


# --- Imports and erasures ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begun:
    """An import that was begun and has not come to its end."""

    row: Import
    at_work: bool  # somebody, just now; else it was broken off
    swept_at: datetime  # from when on what it has left is removed, if nobody goes on with it


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An erasure that has not come to its end; `organisation` is there while its rows are."""

    erasure: Erasure
    at_work: bool
    organisation: Organisation | None
    was_kept: bool  # its owner, or somebody else, has taken it back meanwhile


def under_way() -> tuple[list[Begun], list[Unfinished]]:
    """Imports and erasures, the oldest first: four queries."""
    imports = list(Import.objects.order_by("begun_at"))
    erasures = list(Erasure.objects.filter(verified_at=None).order_by("begun_at"))
    there = Organisation.objects.in_bulk([erasure.erased_id for erasure in erasures]) if erasures else {}
    busy = at_work(_schemas(imports, erasures))
    return (
        [Begun(row, row.schema_name in busy, row.begun_at + KEPT) for row in imports],
        [_unfinished(row, busy, there.get(row.erased_id)) for row in erasures],
    )


def _unfinished(erasure: Erasure, busy: set[str], organisation: Organisation | None) -> Unfinished:
    kept = organisation is not None and organisation.status != OrganisationStatus.DELETING
    # Of one that was kept somebody may be at work on something else.
    return Unfinished(erasure, not kept and erasure.schema_name in busy, organisation, was_kept=kept)


def any_at_work(imports: list[Begun], erasures: list[Unfinished]) -> bool:
    return any(one.at_work for one in imports) or any(one.at_work for one in erasures)


def erased() -> QuerySet[Erasure]:
    """Those that have come to their end, the newest first."""
    return Erasure.objects.filter(verified_at__isnull=False).order_by("-verified_at")


@dataclass(frozen=True, slots=True)
class Certified:
    """A finished erasure in a few words."""

    erasure: Erasure
    rows: int
    files: int
    asked: str


def certified(erasures: Iterable[Erasure]) -> list[Certified]:
    return [
        Certified(
            erasure=erasure,
            rows=sum(number for table, number in erasure.removed.items() if table != "files"),
            files=erasure.removed.get("files", 0),
            asked=_asked(erasure),
        )
        for erasure in erasures
    ]


def _asked(erasure: Erasure) -> str:
    if erasure.asked_by == BY_OWNER:
        return _("asked for by its owner")
    if erasure.asked_by == BY_OPERATOR:
        return _("asked for by an operator")
    return _("went with the account of its only member")


def _schemas(*rows: Iterable[Import] | Iterable[Erasure]) -> list[str]:
    return [row.schema_name for some in rows for row in some]
