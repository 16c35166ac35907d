"""What state each organisation's schema is at, and what became of it in each run of the migrations."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now

from tenants.context import in_public
from tenants.models import MigrationRun, Organisation, SchemaMigration
from tenants.schemas.artifact import migrations_hash

UNKNOWN = ""  # the next run looks into the schema itself
KEPT: Final = timedelta(days=400)

# For connections of their own: a batch writes its lines in the transaction of its DDL.
WRITE_STATE: Final = "UPDATE public.tenants_organisation SET schema_state = %s WHERE id = ANY(%s::uuid[])"
WRITE_LEDGER: Final = """
INSERT INTO public.tenants_schemamigration AS known
    (run_id, organisation_id, from_state, state, error, began_at, attempts, ended_at)
SELECT *, 1, clock_timestamp()
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
ON CONFLICT (run_id, organisation_id) DO UPDATE
SET state = excluded.state, error = excluded.error, attempts = known.attempts + 1,
    ended_at = excluded.ended_at
"""  # run, organisation, state before, what became of it, error, beginning


def note_made(schema_name: str, alias: str = "default", *, state: str | None = None) -> None:
    """Write down that a schema was made at a state: that of this code's artifact, unless another is said.

    For whoever makes, imports or moves an organisation, in the transaction that writes its row. `state` is an
    artifact's hash, or `UNKNOWN` where nobody can tell.
    """
    with in_public():
        Organisation.objects.filter(schema_name=schema_name, alias=alias).update(
            schema_state=migrations_hash() if state is None else state
        )


def open_run(target: str) -> MigrationRun:
    """A new run towards this state; what is older than anybody asks for goes."""
    MigrationRun.objects.filter(began_at__lt=Now() - KEPT).delete()
    return MigrationRun.objects.create(target=target)


def close_run(run: UUID, *, finished: bool) -> None:
    outcome = MigrationRun.Outcome.DONE if finished else MigrationRun.Outcome.UNFINISHED
    MigrationRun.objects.filter(pk=run).update(outcome=outcome, ended_at=Now())


def note_left(run: UUID, organisation: UUID, *, from_state: str, state: str, error: str) -> None:
    """Write down that an organisation could not be migrated for now (`BUSY`), or not at all (`FAILED`)."""
    if not Organisation.objects.filter(pk=organisation).exists():  # erased meanwhile
        return
    line, new = SchemaMigration.objects.get_or_create(
        run_id=run,
        organisation_id=organisation,
        defaults={"from_state": from_state, "state": state, "error": error, "began_at": Now()},
    )
    if not new:
        SchemaMigration.objects.filter(pk=line.pk).update(
            state=state, error=error, attempts=F("attempts") + 1, ended_at=Now()
        )
