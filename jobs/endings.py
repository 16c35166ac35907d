"""How steps and jobs come to an end. Everything here runs with the job's row locked."""

from __future__ import annotations

from uuid import UUID

from django.db.models.functions import Now

from jobs.kinds import ClaimedStep, Failure, UnknownKind, kind_named, subject_of
from jobs.models import Job, Step
from jobs.states import OPEN_STATUSES, STOPPED_STATUSES, JobState, StepStatus, move_job, move_steps
from tenants.context import Current, entered


def finish_if_idle(job: Job, organisation: Current) -> None:
    """End a running job that has no open step left: done, or failed if one of its steps was stopped."""
    if Step.objects.filter(job_id=job.pk, status__in=OPEN_STATUSES).exists():
        return
    job.refresh_from_db(fields=["state", "held", "cancel_requested"])  # the kind may have held it just now
    if job.state != JobState.RUNNING or job.held or job.cancel_requested:
        return
    stopped = Step.objects.filter(job_id=job.pk, status__in=STOPPED_STATUSES).order_by("finished_at").first()
    if stopped is not None:
        fail_job(job, organisation, failure_of(stopped))
        return
    move_job(job, JobState.DONE, finished_at=Now())
    if subject := subject_of(job.subject_type):
        with entered(organisation):
            subject.on_finished(job.subject_id)


def fail_step(job: Job, step: ClaimedStep, failure: Failure) -> None:
    """Stop a step for good, and its job with it."""
    stop_step(step, failure)
    fail_job(job, step.organisation, failure)


def quarantine_step(job: Job, step: ClaimedStep, failure: Failure) -> None:
    """Set a step aside. The job's other steps go on; the job fails when nothing else is left to do."""
    stop_step(step, failure, StepStatus.QUARANTINED)
    finish_if_idle(job, step.organisation)


def stop_step(step: ClaimedStep, failure: Failure, status: StepStatus = StepStatus.FAILED) -> None:
    move_steps(
        Step.objects.filter(pk=step.id),
        status,
        error_kind=failure.kind,
        error_code=failure.code,
        error_reason=failure.reason[:2000],
        lease_until=None,
        finished_at=Now(),
    )
    try:
        on_failure = kind_named(step.kind).on_failure
    except UnknownKind:
        return
    if on_failure is not None:
        with entered(step.organisation):
            on_failure(step, failure)


def fail_job(job: Job, organisation: Current, failure: Failure) -> None:
    """Fail a running job. Steps that wait are cancelled until it is tried again; those at work may finish."""
    if job.state != JobState.RUNNING:
        return
    cancel_waiting(job)
    move_job(
        job,
        JobState.FAILED,
        failure_code=failure.code,
        failure_reason=failure.reason[:2000],
        finished_at=Now(),
    )
    if subject := subject_of(job.subject_type):
        with entered(organisation):
            subject.on_failed(job.subject_id, failure)


def cancel_waiting(job: Job) -> int:
    waiting = Step.objects.filter(job_id=job.pk, status=StepStatus.PENDING)
    return move_steps(waiting, StepStatus.CANCELLED, finished_at=Now())


def cancel_step(step_id: UUID) -> None:
    move_steps(Step.objects.filter(pk=step_id), StepStatus.CANCELLED, lease_until=None, finished_at=Now())


def failure_of(step: Step) -> Failure:
    """Why a stopped step stopped, read back from its row."""
    kinds = ("permanent", "refused", "exhausted", "quarantined", "budget")
    kind = step.error_kind if step.error_kind in kinds else "permanent"
    return Failure(kind, step.error_code or "step_failed", step.error_reason)  # type: ignore[arg-type]
