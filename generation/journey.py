"""Going from stage to stage: what happens around every step of a journey, in its settling transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from formats.models import BookFormat
from formats.steps import FormatSettled
from generation import progress, states
from generation.models import BookJob
from generation.stages import JOURNEYS, Stage
from generation.steps.formats import WITHOUT
from jobs.control import hold_job
from jobs.kinds import ClaimedStep
from jobs.steps import NewStep, add_steps, stage_done

Settle = Callable[[ClaimedStep, BookJob, Any], progress.News]


def settled(settle: Settle) -> Callable[[ClaimedStep, Any], None]:
    """A step kind's `settle`: write the result, open what may begin now, tell those who watch."""
    together = settled_together(settle)
    return lambda step, result: together([(step, result)])


def settled_together(settle: Settle) -> Callable[[Sequence[tuple[ClaimedStep, Any]]], None]:
    """A step kind's `settle_all`: each result is written, and what follows from them is found out once."""

    def settle_and_advance(done: Sequence[tuple[ClaimedStep, Any]]) -> None:
        first, _result = done[0]
        job = _for_settling(first.job_id)
        news = [settle(step, job, result) for step, result in done]
        if steps := [step for one in news for step in one.steps]:
            add_steps(job_id=job.id, steps=steps)
        elif stage_done(job_id=job.id, kind=first.kind):
            advance(job)
        progress.record(job, *news)

    return settle_and_advance


def built(news: FormatSettled) -> None:
    """One of the book's files is settled: made, or left out by a member."""
    job = _for_settling(news.job_id)
    left_out = news.status == BookFormat.Status.FAILED
    if left_out:
        job.options.setdefault(WITHOUT, []).append(news.format)
    if news.last:
        advance(job)
    told = {"format": {"format": news.format, "status": news.status}}
    progress.record(job, progress.News(told=told, changed=("options",) if left_out else ()))


def begin(job: BookJob, *, not_before: datetime | None = None) -> None:
    """Add a new journey's first steps. A book stays PENDING until a worker takes its outline."""
    present, steps = _open_stages(job)
    if present is not None and job.purpose != BookJob.Purpose.BOOK:
        states.move(job.pk, to=present.status, stage=present.name)
        job.status, job.stage = present.status, present.name
    add_steps(job_id=job.pk, steps=[replace(step, not_before=not_before) for step in steps])
    progress.record(job, progress.News())


def advance(job: BookJob) -> None:
    """Open every stage whose predecessors miss nothing, and add the steps that it misses.

    Nothing happens to a job that waits for its outline's approval, or that is over.
    """
    if job.awaiting_approval or job.is_over:
        return
    present, steps = _open_stages(job)
    if present is None:
        return
    job.stage = present.name
    if job.status != present.status and states.move(job.id, to=present.status, stage=present.name):
        job.status = present.status
    add_steps(job_id=job.id, steps=steps)


def resume(job: BookJob) -> None:
    """Go on with a journey that failed or was cancelled, from the first stage that misses something.

    An outline that nobody has approved yet waits for that again.
    """
    present, _steps = _open_stages(job)
    status = present.status if present is not None and job.outline is not None else BookJob.Status.PENDING
    waits = waits_for_approval(job)
    if waits:
        status = BookJob.Status.GENERATING_OUTLINE
        hold_job(job_id=job.pk)
    changes = {"error": "", "error_code": "", "retries": job.retries + 1, "awaiting_approval": waits}
    if states.move(job.pk, to=status, **changes):
        job.refresh_from_db()
        advance(job)
        progress.record(job, progress.News())


def waits_for_approval(job: BookJob) -> bool:
    asked = bool(job.options.get("approve_outline"))
    return asked and job.outline is not None and not job.options.get("approved")


def _for_settling(job_id: UUID) -> BookJob:
    """The journey without what is large and seldom needed: it is read when it is asked for."""
    return BookJob.objects.select_related("book").defer("request", "outline").get(pk=job_id)


def _open_stages(job: BookJob) -> tuple[Stage | None, list[NewStep]]:
    """The first stage that misses something, and the steps of all stages that are open."""
    complete: set[str] = set()
    present: Stage | None = None
    steps: list[NewStep] = []
    for stage in JOURNEYS[job.purpose]:
        if not complete.issuperset(stage.after):
            continue
        missing: Sequence[NewStep] = stage.missing(job)
        if missing:
            present = present or stage
            steps += missing
        else:
            complete.add(stage.name)
    return present, steps
