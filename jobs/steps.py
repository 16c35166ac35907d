"""Adding steps to a job, and asking whether one of its stages is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jobs.doorbell import ring
from jobs.kinds import kind_named
from jobs.models import Job, OrganisationLane, Step
from jobs.states import FINISHED_STATUSES, JobState, StepStatus


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to add: once for each (job, kind, number).

    `estimate_micros` is reserved on the budgets while the step is being worked on. `provider` names the
    breaker that it waits for. A step with neither costs nothing and is not in the ledger. With `not_before`
    the step waits until then.
    """

    kind: str
    number: int = 0
    payload: dict[str, Any] = field(default_factory=dict)
    estimate_micros: int = 0
    provider: str = ""
    not_before: datetime | None = None


def add_steps(*, job_id: UUID, steps: Sequence[NewStep]) -> None:
    """Add the steps that the job does not have yet, in the caller's transaction.

    Steps added to a job that has failed or was cancelled wait as CANCELLED until the job is tried again.
    """
    if not steps:
        return
    job = Job.objects.only("id", "organisation_id", "state").get(pk=job_id)
    status = StepStatus.PENDING if job.state == JobState.RUNNING else StepStatus.CANCELLED
    rows = [_row(job, step, status) for step in steps]
    lanes = sorted({row.lane for row in rows})
    _open_lanes(job.organisation_id, lanes)
    Step.objects.bulk_create(rows, ignore_conflicts=True)
    for lane in lanes:
        ring(lane)


def stage_done(*, job_id: UUID, kind: str) -> bool:
    """Whether the job has steps of this kind and all of them are done or skipped.

    Inside `settle` the job's row is locked, so of several last steps exactly one sees True.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) > 0 AND bool_and(status = ANY(%s)) FROM public.jobs_step"
            " WHERE job_id = %s AND kind = %s",
            [list(FINISHED_STATUSES), job_id, kind],
        )
        return bool(cursor.fetchone()[0])


def _row(job: Job, new: NewStep, status: StepStatus) -> Step:
    row = Step(
        job_id=job.id,
        organisation_id=job.organisation_id,
        kind=new.kind,
        number=new.number,
        lane=kind_named(new.kind).lane,
        provider=new.provider or new.payload.get("provider", ""),
        payload=new.payload,
        estimate_micros=new.estimate_micros,
        status=status,
    )
    if new.not_before is not None:
        row.next_run_at = new.not_before
    return row


def _open_lanes(organisation_id: UUID, lanes: Sequence[str]) -> None:
    OrganisationLane.objects.bulk_create(
        [OrganisationLane(organisation_id=organisation_id, lane=lane) for lane in lanes],
        ignore_conflicts=True,
    )
