"""What becomes of a claimed step: its result is settled, or it goes back, stops or is cancelled.

Each is one transaction that locks the job first, so that of two late workers, or of the last two steps of a
stage, exactly one finds itself to be the one.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from billing import ledger
from jobs import breaker, endings, money
from jobs.errors import Busy, Passing, Refused, StepError
from jobs.kinds import ClaimedStep, Failure, UnknownKind, kind_named
from jobs.limits import MAX_ATTEMPTS, backoff, told_wait
from jobs.locks import lock_job, runs
from jobs.models import Job, Step
from jobs.states import StepStatus, move_steps
from tenants.context import entered
from tenants.postgresql.raw import sql


class Outcome(enum.StrEnum):
    SETTLED = "settled"
    LATE = "late"  # another claim's result was first: this one is waste
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    RETURNED = "returned"  # waits for another try
    STOPPED = "stopped"  # failed for good


def settle(step: ClaimedStep, result: Any) -> Outcome:
    """Write the result, once: whichever claim comes first wins, even one whose lease was lost."""
    return settle_together([(step, result)])[0]


def settle_together(done: Sequence[tuple[ClaimedStep, Any]]) -> list[Outcome]:
    """Write several results of one job in one transaction: all of them or, where one raises, none."""
    steps = [step for step, _result in done]
    organisation = steps[0].organisation
    with transaction.atomic():
        job = lock_job(steps[0].job_id)
        won = set() if job.cancel_requested else _finished(done, StepStatus.DONE)
        money.move(job, ledger.settle_all([_call(step, result, won) for step, result in done]))
        if job.cancel_requested:
            for step in steps:
                _let_go(step, StepStatus.CANCELLED)
            return [Outcome.CANCELLED] * len(steps)
        with entered(organisation):
            _write([(step, result) for step, result in done if step.id in won])
        endings.finish_if_idle(job, organisation)
    for provider in {step.provider for step in steps if step.provider_failing}:
        breaker.record_success(provider)
    return [Outcome.SETTLED if step.id in won else Outcome.LATE for step in steps]


def _write(won: Sequence[tuple[ClaimedStep, Any]]) -> None:
    """Let the kinds write what their steps brought, several of a kind together where it can do that."""
    of_kind: dict[str, list[tuple[ClaimedStep, Any]]] = {}
    for step, result in won:
        of_kind.setdefault(step.kind, []).append((step, result))
    for name, results in of_kind.items():
        kind = kind_named(name)
        if kind.settle_all is not None:
            kind.settle_all(results)
            continue
        for step, result in results:
            kind.settle(step, result)


def _call(step: ClaimedStep, result: Any, won: Collection[UUID]) -> ledger.Call:
    return ledger.Call(step.id, step.fence, kind_named(step.kind).usage(result), waste=step.id not in won)


def skip(step: ClaimedStep) -> Outcome:
    """There was nothing left to do: the step is done without a call, and its stage may be complete."""
    with transaction.atomic():
        job = lock_job(step.job_id)
        money.move(job, _close_unsent(step))
        if job.cancel_requested:
            _let_go(step, StepStatus.CANCELLED)
            return Outcome.CANCELLED
        if not _finished([(step, None)], StepStatus.SKIPPED):
            return Outcome.LATE
        with entered(step.organisation):
            kind_named(step.kind).settle(step, None)
        endings.finish_if_idle(job, step.organisation)
    return Outcome.SKIPPED


def not_sent(step: ClaimedStep) -> Outcome:
    """Nothing was sent, because the lease ran out or the job was cancelled: the money is free again."""
    with transaction.atomic():
        job = lock_job(step.job_id)
        money.move(job, _close_unsent(step))
        return _give_back(job, step, wait=0.0)


def release(step: ClaimedStep, *, sent: bool, remote_id: str = "") -> Outcome:
    """Its worker is stopping: others take over at once, also the call that is remembered as `remote_id`.

    A call that was sent may be charged: its money stays set aside until it is taken over or reconciled.
    """
    with transaction.atomic():
        job = lock_job(step.job_id)
        if sent or remote_id:
            movement = ledger.mark_unknown(step_id=step.id, fence=step.fence, remote_id=remote_id)
        else:
            movement = ledger.void(step_id=step.id, fence=step.fence)
        money.move(job, movement)
        return _give_back(job, step, wait=0.0)


def fail(
    step: ClaimedStep, error: StepError, *, sent: bool = True, remote_id: str = ""
) -> tuple[Outcome, float]:
    """Deal with an error by its kind; answers also the seconds until the step may be tried again.

    `remote_id` is that of the call that is remembered by now.
    """
    with transaction.atomic():
        job = lock_job(step.job_id)
        money.move(job, _close_failed(step, error, sent, remote_id or step.remote_id))
        outcome, wait = _after_error(job, step, error)
    if isinstance(error, Passing) and step.provider:
        breaker.record_failure(step.provider)
    elif step.provider_failing:
        breaker.record_success(step.provider)  # it answers, even if with a refusal
    return outcome, wait


def _after_error(job: Job, step: ClaimedStep, error: StepError) -> tuple[Outcome, float]:
    if isinstance(error, Busy):
        wait = told_wait(error.retry_after)
        outcome = _give_back(job, step, wait=wait, error=error)
        if outcome is Outcome.RETURNED:
            _tell_of_waiting(step, error)
        return outcome, wait
    if isinstance(error, Passing) and step.attempts + 1 < MAX_ATTEMPTS:
        wait = backoff(step.attempts)
        return _give_back(job, step, wait=wait, error=error, attempts=1), wait
    if not _holds(step):
        return Outcome.LATE, 0.0
    if not runs(job):
        _let_go(step, StepStatus.CANCELLED)
        return Outcome.CANCELLED, 0.0
    endings.fail_step(job, step, _failure(error))
    return Outcome.STOPPED, 0.0


def _tell_of_waiting(step: ClaimedStep, error: Busy) -> None:
    with suppress(UnknownKind):
        if hear := kind_named(step.kind).on_waiting:
            with entered(step.organisation):
                hear(step, error)


def _failure(error: StepError) -> Failure:
    if isinstance(error, Passing):
        return Failure("exhausted", error.code, error.reason)
    if isinstance(error, Refused):
        return Failure("refused", error.code, error.reason)
    return Failure("permanent", error.code, error.reason)


def _close_failed(step: ClaimedStep, error: StepError, sent: bool, remote_id: str) -> ledger.Movement:
    """A call that is still remembered may be charged, whatever went wrong with asking for its answer."""
    if error.used is not None:
        return ledger.settle(step_id=step.id, fence=step.fence, used=error.used, waste=True)
    if remote_id and not error.forget_call:
        return ledger.mark_unknown(step_id=step.id, fence=step.fence, remote_id=remote_id)
    if error.uncertain and sent:
        return ledger.mark_unknown(step_id=step.id, fence=step.fence)
    return ledger.void(step_id=step.id, fence=step.fence)


def _close_unsent(step: ClaimedStep) -> ledger.Movement:
    """Nothing was sent for this claim; a call that it had taken over is charged all the same."""
    if step.remote_id:
        return ledger.mark_unknown(step_id=step.id, fence=step.fence, remote_id=step.remote_id)
    return ledger.void(step_id=step.id, fence=step.fence)


def _finished(done: Sequence[tuple[ClaimedStep, Any]], status: StepStatus) -> set[UUID]:
    """The steps whose first result this is: the result's primary key decides.

    They are done, whoever holds them by now and whatever went wrong before. Doing it again after a lost
    connection changes nothing.
    """
    kept = [_kept(step, result) for step, result in done]
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                """
                WITH won AS (
                    INSERT INTO {jobs_stepresult} (step_id, fence, data)
                    SELECT * FROM unnest(%s::uuid[], %s::int[], %s::text[]::jsonb[])
                    ON CONFLICT DO NOTHING RETURNING step_id
                )
                UPDATE {jobs_step} AS s
                SET status = %s, lease_until = NULL, finished_at = clock_timestamp(),
                    error_kind = '', error_code = '', error_reason = ''
                FROM won WHERE s.id = won.step_id RETURNING s.id
                """
            ),
            [[step.id for step, _ in done], [step.fence for step, _ in done], kept, status],
        )
        return {row[0] for row in cursor.fetchall()}


def _kept(step: ClaimedStep, result: Any) -> str:
    """The little that is kept with a result for the console, as JSON."""
    return json.dumps({"skipped": True} if result is None else kind_named(step.kind).summary(result))


def _give_back(
    job: Job, step: ClaimedStep, *, wait: float, error: StepError | None = None, attempts: int = 0
) -> Outcome:
    if not runs(job):
        _let_go(step, StepStatus.CANCELLED)
        return Outcome.CANCELLED
    noted: dict[str, Any] = {}
    if error is not None:
        noted = {
            "error_kind": "busy" if isinstance(error, Busy) else "passing",
            "error_code": error.code,
            "error_reason": error.reason[:2000],
        }
        if error.forget_call or error.used is not None:  # what is paid is not asked for again
            noted["remote_id"] = ""
    moved = _held(step).update(
        status=StepStatus.PENDING,
        lease_until=None,
        next_run_at=Now() + Value(timedelta(seconds=wait)),
        attempts=F("attempts") + attempts,
        **noted,
    )
    return Outcome.RETURNED if moved else Outcome.LATE


def _let_go(step: ClaimedStep, status: StepStatus) -> None:
    move_steps(_held(step), status, lease_until=None, finished_at=Now())


def _holds(step: ClaimedStep) -> bool:
    return bool(_held(step).exists())


def _held(step: ClaimedStep) -> Any:
    """The step's row while this claim is the one that holds it."""
    return Step.objects.filter(pk=step.id, fence=step.fence, status=StepStatus.LEASED)
