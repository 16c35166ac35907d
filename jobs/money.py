"""What a job may still spend, and its counters of what is reserved, spent and unknown."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from billing import ledger
from billing.ledger import Movement
from jobs.models import Job


@dataclass(frozen=True, slots=True)
class Shortage:
    """Which budget does not reach. It may ease while other calls can still give back what they reserved."""

    code: str
    may_ease: bool


def set_aside(*, job: Job, micros: int) -> Shortage | None:
    """Reserve money for a call on the job's and on the organisation's budget; the job's row is locked."""
    if micros <= 0:
        return None
    if job.budget_micros is not None and _committed(job) + micros > job.budget_micros:
        return Shortage("job_budget_used_up", may_ease=job.reserved_micros > 0)
    if not ledger.reserve_budget(organisation_id=job.organisation_id, micros=micros):
        reserved = ledger.reserved_elsewhere(organisation_id=job.organisation_id)
        return Shortage("organisation_budget_used_up", may_ease=reserved > 0)
    move(job, Movement(reserved=micros))
    return None


def move(job: Job, movement: Movement) -> None:
    """Move the job's counters, in the row and in the object."""
    if not movement:
        return
    Job.objects.filter(pk=job.pk).update(
        reserved_micros=F("reserved_micros") + movement.reserved,
        spent_micros=F("spent_micros") + movement.spent,
        unknown_micros=F("unknown_micros") + movement.unknown,
    )
    job.reserved_micros += movement.reserved
    job.spent_micros += movement.spent
    job.unknown_micros += movement.unknown


def _committed(job: Job) -> int:
    return job.reserved_micros + job.spent_micros + job.unknown_micros
