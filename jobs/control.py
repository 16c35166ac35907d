"""What members and operators do with jobs: start, hold, cancel, try again, skip, reconcile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from billing import ledger, reckoning
from billing.models import LedgerEntry, LedgerState
from billing.prices import forget_prices
from jobs import endings, money
from jobs.claiming import as_claimed
from jobs.doorbell import ring
from jobs.kinds import kind_named, subject_of
from jobs.locks import lock_job
from jobs.models import Job, Step, StepResult
from jobs.states import STOPPED_STATUSES, ForbiddenMove, JobState, StepStatus, move_job, move_steps
from jobs.steps import NewStep, add_steps
from tenants.context import current, entered
from tenants.models import Organisation

_MOST_RECKONED = 500  # jobs at a time


def start_job(
    *,
    subject_type: str,
    subject_id: UUID,
    steps: Sequence[NewStep],
    payload: dict[str, Any] | None = None,
    job_id: UUID | None = None,
    budget_micros: int | None = None,
    priority: int = 0,
    created_by: UUID | None = None,
) -> Job:
    """Start a job of the organisation entered, with its first steps, in the caller's transaction.

    `budget_micros` (micro-units of the currency) limits what its calls may cost; empty means no limit.
    `job_id` lets the subject share its id with the job.
    """
    with transaction.atomic():
        job = Job(
            organisation_id=current().organisation_id,
            subject_type=subject_type,
            subject_id=subject_id,
            payload=payload or {},
            budget_micros=budget_micros,
            priority=priority,
            created_by=created_by,
        )
        if job_id is not None:
            job.id = job_id
        job.save(force_insert=True)
        add_steps(job_id=job.id, steps=steps)
    return job


def hold_job(*, job_id: UUID) -> None:
    """Say that a member has to decide something before more steps follow; call it inside `settle`."""
    Job.objects.filter(pk=job_id).update(held=True)


def resume_job(*, job_id: UUID, steps: Sequence[NewStep]) -> None:
    """Go on with a held job by adding the steps that follow the member's decision."""
    with transaction.atomic():
        job = lock_job(job_id)
        if job.state != JobState.RUNNING or not job.held:
            raise ForbiddenMove(f"job {job_id} is not waiting for a decision")
        Job.objects.filter(pk=job_id).update(held=False)
        add_steps(job_id=job_id, steps=steps)


def reopen_job(*, job_id: UUID, steps: Sequence[NewStep]) -> None:
    """Let a job that is over go on with more steps than it had; one that runs only gets the steps."""
    with transaction.atomic():
        job = lock_job(job_id)
        if job.state != JobState.RUNNING:
            _revive(job, Step.objects.filter(job_id=job_id, status__in=STOPPED_STATUSES))
        add_steps(job_id=job_id, steps=steps)


def request_cancel(*, job_id: UUID) -> bool:
    """Cancel a job; answers whether there was anything to cancel.

    Steps that wait are cancelled here. Calls already sent come to their end so that their cost is known, and
    then are cancelled too; what they bring is not used.
    """
    with transaction.atomic():
        job = lock_job(job_id)
        if job.state not in (JobState.RUNNING, JobState.FAILED):
            return False
        endings.cancel_waiting(job)
        move_job(job, JobState.CANCELLED, cancel_requested=True, finished_at=Now())
        if subject := subject_of(job.subject_type):
            with entered(_organisation(job)):
                subject.on_cancelled(job.subject_id)
    return True


def retry_job(*, job_id: UUID) -> int:
    """Run a failed or cancelled job again: it does what is missing. Answers how many steps wait."""
    with transaction.atomic():
        job = lock_job(job_id)
        if job.state not in (JobState.FAILED, JobState.CANCELLED):
            raise ForbiddenMove(f"job {job_id} is {job.state} and cannot be tried again")
        revived = _revive(job, Step.objects.filter(job_id=job_id, status__in=STOPPED_STATUSES))
        endings.finish_if_idle(job, _organisation(job).as_current())
    return revived


def retry_step(*, step_id: UUID) -> None:
    """Try a stopped step again, with what was cancelled because of it. Raises ForbiddenMove."""
    with transaction.atomic():
        job, step = _stopped(step_id)
        waiting = Step.objects.filter(job_id=job.pk, status=StepStatus.CANCELLED)
        _revive(job, waiting | Step.objects.filter(pk=step.pk))


def skip_step(*, step_id: UUID) -> None:
    """Go on without a stopped step: its kind settles it with None. Raises ForbiddenMove."""
    with transaction.atomic():
        job, step = _stopped(step_id)
        StepResult.objects.bulk_create(
            [StepResult(step_id=step.pk, fence=step.fence, data={"skipped": True})], ignore_conflicts=True
        )
        move_steps(Step.objects.filter(pk=step.pk), StepStatus.SKIPPED, finished_at=Now())
        _revive(job, Step.objects.filter(job_id=job.pk, status=StepStatus.CANCELLED))
        organisation = _organisation(job).as_current()
        with entered(organisation):
            kind_named(step.kind).settle(as_claimed(step), None)
        endings.finish_if_idle(job, organisation)


def reconcile(*, step_id: UUID, fence: int, amount_micros: int, remote_id: str = "") -> None:
    """Replace what was set aside for a lost call by what the provider's bill says. Raises NoSuchEntry.

    `remote_id` is that of the bill's line, where it has one.
    """
    with transaction.atomic():
        job = _job_of(step_id)
        movement = ledger.reconcile(
            step_id=step_id, fence=fence, amount_micros=amount_micros, remote_id=remote_id
        )
        if job is not None:
            money.correct(job, movement)


def reckon_unpriced(*, provider: str, model: str) -> int:
    """Reckon a model's calls that had no price with the one it has now; answers how many calls those were.

    Job by job, so that nobody waits for long; where there are very many, do it again for those left over.
    """
    forget_prices()
    reckoned = 0
    for job_id in reckoning.jobs_with_unpriced(provider=provider, model=model, most=_MOST_RECKONED):
        with transaction.atomic():
            job = Job.objects.select_for_update(no_key=True).filter(pk=job_id).first()
            count, movement = reckoning.reckon(job_id=job_id, provider=provider, model=model)
            if job is not None:
                money.correct(job, movement)
            reckoned += count
    return reckoned


def _job_of(step_id: UUID) -> Job | None:
    """The step's job, locked; None where the organisation is erased, whose ledger is kept."""
    step = Step.objects.only("job_id").filter(pk=step_id).first()
    return None if step is None else lock_job(step.job_id)


def _stopped(step_id: UUID) -> tuple[Job, Step]:
    job = lock_job(Step.objects.only("job_id").get(pk=step_id).job_id)
    step = Step.objects.get(pk=step_id)
    if step.status not in STOPPED_STATUSES:
        raise ForbiddenMove(f"step {step_id} is {step.status}, not stopped")
    return job, step


def _revive(job: Job, steps: QuerySet[Step]) -> int:
    """Let the job run again and the steps wait for their turn, with nothing counted against them."""
    if job.state != JobState.RUNNING:
        move_job(
            job,
            JobState.RUNNING,
            cancel_requested=False,
            finished_at=None,
            failure_code="",
            failure_reason="",
        )
        job.cancel_requested = False
        if subject := subject_of(job.subject_type):
            with entered(_organisation(job)):
                subject.on_resumed(job.subject_id)
    _forget_calls(steps)
    lanes = list(steps.values_list("lane", flat=True).distinct())
    revived = move_steps(
        steps,
        StepStatus.PENDING,
        attempts=0,
        losses=0,
        next_run_at=Now(),
        finished_at=None,
        error_kind="",
        error_code="",
        error_reason="",
    )
    for lane in lanes:
        ring(lane)
    return revived


def _forget_calls(steps: QuerySet[Step]) -> None:
    """Ask anew, except where an answer may be waiting that is paid for and that nobody has fetched."""
    unfetched = LedgerEntry.objects.filter(
        step_id=OuterRef("pk"), state=LedgerState.UNKNOWN, remote_id=OuterRef("remote_id")
    )
    kept = Exists(unfetched) & ~Q(status=StepStatus.QUARANTINED)  # of those one may have killed its workers
    steps.exclude(remote_id="").exclude(kept).update(remote_id="")


def _organisation(job: Job) -> Organisation:
    organisation: Organisation = Organisation.objects.get(pk=job.organisation_id)
    return organisation
