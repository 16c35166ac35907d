"""Putting right what dead workers left behind, and ringing for steps that nobody has heard about."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Now

from billing import ledger
from jobs import endings, money
from jobs.claiming import SUSPECT_LOSSES, as_claimed
from jobs.doorbell import ring_others
from jobs.kinds import Failure
from jobs.limits import MAX_LOSSES, Limits, loss_pause
from jobs.locks import lock_jobs, runs
from jobs.models import Job, Step
from jobs.states import StepStatus
from tenants.postgresql.raw import sql

logger = logging.getLogger(__name__)

_LOCK = 0x6F637461766F  # any number that nothing else locks
_BATCH = 200


def sweep(limits: Limits) -> int:
    """Return the steps of expired leases and ring for what is due; answers how many were returned.

    Whoever sweeps holds an advisory lock; others leave at once.
    """
    with transaction.atomic():
        if not _alone():
            return 0
        returned = _return_expired(limits)
    for lane in _lanes_with_work():
        ring_others(lane)
    return returned


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _return_expired(limits: Limits) -> int:
    expired = _expired(limits)
    if not expired:
        return 0
    jobs = lock_jobs({step.job_id for step in expired})
    lost = _still_lost(expired)
    blamed = _to_blame(lost)
    for step in lost:
        _return(step, jobs[step.job_id], blamed=step.pk in blamed)
    return len(lost)


def _expired(limits: Limits) -> list[Step]:
    """Steps whose worker has been silent for a whole lease.

    After PostgreSQL has started anew, living workers get the time of a heartbeat to say so first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "SELECT id, job_id FROM {jobs_step}"
                " WHERE status = 'LEASED' AND lease_until < statement_timestamp()"
                " AND pg_postmaster_start_time() < statement_timestamp() - make_interval(secs => %s)"
                " ORDER BY lease_until LIMIT %s"
            ),
            [limits.heartbeat + 1, _BATCH],
        )
        return [Step(id=row[0], job_id=row[1]) for row in cursor.fetchall()]


def _still_lost(expired: Iterable[Step]) -> list[Step]:
    return list(
        Step.objects.select_for_update(no_key=True)
        .filter(pk__in=[step.pk for step in expired], status=StepStatus.LEASED, lease_until__lt=Now())
        .order_by("pk")
    )


def _to_blame(lost: Sequence[Step]) -> set[UUID]:
    """The steps that may have killed their worker: of those it held, the suspect one, else all of them."""
    held: defaultdict[str, list[Step]] = defaultdict(list)
    for step in lost:
        held[step.owner].append(step)
    blamed: set[UUID] = set()
    for steps in held.values():
        suspects = [step for step in steps if step.losses >= SUSPECT_LOSSES]
        blamed |= {step.pk for step in suspects or steps}
    return blamed


def _return(step: Step, job: Job, *, blamed: bool) -> None:
    """Give the step to the next worker, who also takes over a call that is remembered, and its cost."""
    money.move(job, ledger.mark_unknown(step_id=step.pk, fence=step.fence, remote_id=step.remote_id))
    losses = step.losses + blamed
    pause = loss_pause(losses) if blamed else 0.0
    logger.warning("lease lost", extra={"step": str(step.pk), "owner": step.owner, "losses": losses})
    if losses >= MAX_LOSSES:
        _quarantine(step, job, losses)
    elif runs(job):
        Step.objects.filter(pk=step.pk).update(
            status=StepStatus.PENDING,
            losses=losses,
            lease_until=None,
            next_run_at=Now() + Value(timedelta(seconds=pause)),
            error_kind="lost",
            error_code="worker_lost",
        )
    else:
        endings.cancel_step(step.pk)


def _quarantine(step: Step, job: Job, losses: int) -> None:
    Step.objects.filter(pk=step.pk).update(losses=losses)
    claimed = as_claimed(step)
    failure = Failure("quarantined", "step_set_aside", f"{losses} workers stopped while they worked on it")
    if runs(job):
        endings.quarantine_step(job, claimed, failure)
    else:
        endings.stop_step(claimed, failure, StepStatus.QUARANTINED)


def _lanes_with_work() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "SELECT lane FROM (VALUES ('calls'), ('builds')) AS lanes (lane) WHERE EXISTS ("
                " SELECT FROM {jobs_step} s WHERE s.lane = lanes.lane AND s.status = 'PENDING'"
                " AND s.next_run_at <= statement_timestamp())"
            )
        )
        return [row[0] for row in cursor.fetchall()]
