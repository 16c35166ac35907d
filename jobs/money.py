"""What a job may still spend, and its counters of what is reserved, spent and unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from billing import ledger
from billing.ledger import Movement
from jobs.kinds import subject_of
from jobs.models import Job
from jobs.states import JobState
from tenants.context import entered
from tenants.models import Organisation
from tenants.postgresql.raw import sql


@dataclass(frozen=True, slots=True)
class Shortage:
    """Which budget does not reach. It may ease while other calls can still give back what they reserved."""

    code: str
    may_ease: bool


def set_aside(*, job: Job, amounts: Sequence[int]) -> tuple[int, Shortage | None]:
    """Reserve money for calls on the job's and on the organisation's budget; the job's row is locked.

    Answers how many of the amounts, from the first on, were set aside, and what the next one lacks.
    """
    fitting, shortage = _within_job(job, amounts)
    reached, lacking = _within_organisation(job, amounts[:fitting])
    move(job, Movement(reserved=sum(amounts[:reached])))
    return reached, lacking or shortage


def _within_job(job: Job, amounts: Sequence[int]) -> tuple[int, Shortage | None]:
    committed = job.reserved_micros + job.spent_micros + job.unknown_micros
    for place, amount in enumerate(amounts):
        if amount and job.budget_micros is not None and committed + amount > job.budget_micros:
            others = job.reserved_micros + sum(amounts[:place])
            return place, Shortage("job_budget_used_up", may_ease=others > 0)
        committed += amount
    return len(amounts), None


def _within_organisation(job: Job, amounts: Sequence[int]) -> tuple[int, Shortage | None]:
    total = sum(amounts)
    if not total or ledger.reserve_budget(organisation_id=job.organisation_id, micros=total):
        return len(amounts), None
    for place, amount in enumerate(amounts):
        if amount and not ledger.reserve_budget(organisation_id=job.organisation_id, micros=amount):
            others = ledger.reserved_elsewhere(organisation_id=job.organisation_id)
            return place, Shortage("organisation_budget_used_up", may_ease=others > 0)
    return len(amounts), None


def move(job: Job, movement: Movement) -> None:
    """Move the job's counters, in the row and in the object. Its subject hears of what comes when it is over;
    before that it counts by itself, as steps are settled."""
    if not movement:
        return
    _move(job, movement)
    if movement.spent and job.state != JobState.RUNNING:
        _tell_subject(job)


def correct(job: Job, movement: Movement) -> None:
    """The same where somebody sets the ledger right: the subject hears of it in any case."""
    if movement:
        _move(job, movement)
        _tell_subject(job)


def _move(job: Job, movement: Movement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {jobs_job} SET reserved_micros = reserved_micros + %s,"
                " spent_micros = spent_micros + %s, unknown_micros = unknown_micros + %s WHERE id = %s"
            ),
            [movement.reserved, movement.spent, movement.unknown, job.pk],
        )
    job.reserved_micros += movement.reserved
    job.spent_micros += movement.spent
    job.unknown_micros += movement.unknown


def _tell_subject(job: Job) -> None:
    if subject := subject_of(job.subject_type):
        with entered(Organisation.objects.get(pk=job.organisation_id)):
            subject.on_cost(job.subject_id)
