"""How far the migrations of organisations are, for whoever watches the platform: read from public alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F

from tenants.context import in_public
from tenants.migrating.everything import is_at_work
from tenants.models import MigrationRun, Organisation, SchemaArtifact, SchemaMigration
from tenants.schemas.artifact import migrations_hash

TOLD: Final = 25  # organisations that are named of those that could not be migrated


@dataclass(frozen=True, slots=True)
class Standing:
    """Organisations by the state of their schemas, and what became of those that were tried.

    `left` are the last words on those that could not be migrated, `TOLD` of them at most, the newest first;
    `more` says whether there are others.
    """

    prepared: bool  # whether public has the artifact of this code: else nothing was migrated yet
    current: int  # at the state of this code
    newer: int  # at that of newer code, which runs beside this
    waiting: int  # older, or of a state that nobody has written down
    last: MigrationRun | None
    towards_newer: bool  # whether the last run was newer code's
    at_work: bool  # a run, just now
    left: list[SchemaMigration]
    more: bool

    @property
    def total(self) -> int:
        return self.current + self.newer + self.waiting

    @property
    def done(self) -> int:
        """Organisations that are where the last run leads to."""
        return self.newer if self.towards_newer else self.current + self.newer


def standing() -> Standing:
    """Five queries, however many organisations there are, whose table is read once."""
    target = migrations_hash()
    with in_public():
        numbers = dict(Organisation.objects.order_by().values_list("schema_state").annotate(Count("pk")))
        newer = _newer_than(target)
        last = MigrationRun.objects.order_by("began_at").last()
        left = _left(target, newer or set())
        return Standing(
            prepared=newer is not None,
            current=numbers.pop(target, 0),
            newer=sum(numbers.pop(state, 0) for state in newer or ()),
            waiting=sum(numbers.values()),
            last=last,
            towards_newer=last is not None and last.target in (newer or ()),
            at_work=is_at_work(),
            left=left[:TOLD],
            more=len(left) > TOLD,
        )


def _newer_than(target: str) -> set[str] | None:
    """States whose artifact was made later; None where that of this state was not made."""
    built = dict(SchemaArtifact.objects.values_list("hash", "built_at"))
    if target not in built:
        return None
    return {state for state, moment in built.items() if moment > built[target]}


def _left(target: str, newer: set[str]) -> list[SchemaMigration]:
    """One more than are told of. Whoever got there in another way than by this run is not among them."""
    tried = SchemaMigration.objects.filter(run__target__in={target, *newer})
    tried = tried.exclude(organisation__schema_state=F("run__target"))
    tried = tried.exclude(run__target=target, organisation__schema_state__in=newer)
    last = tried.order_by("organisation_id", "-id").distinct("organisation_id")
    lines = SchemaMigration.objects.filter(pk__in=last.values("pk")).exclude(state=SchemaMigration.State.DONE)
    return list(lines.select_related("organisation").order_by("-ended_at")[: TOLD + 1])
