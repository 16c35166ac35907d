"""Work that was under way in an organisation when it was exported: a receiver of `organisation_imported`."""

from __future__ import annotations

from typing import Any, Final

from django.db.models.functions import Now

from jobs.models import Job, Step
from jobs.states import OPEN_STATUSES, JobState, StepStatus, move_job, move_steps
from tenants.models import Organisation

CODE: Final = "imported"


def stop_work(*, organisation: Organisation, **signal: Any) -> None:
    """Nothing goes on by itself, since it would be paid for. What waits for a member goes on waiting; what
    was being done has failed, and is done by trying again."""
    running = list(Job.objects.filter(organisation=organisation, state=JobState.RUNNING, held=False))
    open_steps = Step.objects.filter(organisation=organisation, status__in=OPEN_STATUSES)
    move_steps(open_steps, StepStatus.FAILED, error_kind="passing", error_code=CODE, finished_at=Now())
    for job in running:
        move_job(job, JobState.FAILED, failure_code=CODE, finished_at=Now())
