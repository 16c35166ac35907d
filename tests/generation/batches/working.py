"""The steps of a batch, done by themselves; its books come to their end without being made."""

from __future__ import annotations

from collections.abc import Callable

from generation import announcements, states
from generation.batches.models import Batch, BatchRow
from generation.models import BookJob
from jobs import endings, settling
from jobs.claiming import as_claimed
from jobs.errors import StepError
from jobs.kinds import Failure
from jobs.locks import lock_job
from jobs.models import Step

MOST_TURNS = 200


def turn(batch: Batch) -> int:
    """Do the batch's steps that wait, and what follows from them; answers how many there were."""
    done = 0
    while step := Step.objects.filter(job=batch.pk, status="PENDING").order_by("created_at", "pk").first():
        done += 1
        Step.objects.filter(pk=step.pk).update(status="LEASED", fence=1)
        claimed = as_claimed(Step.objects.get(pk=step.pk))
        try:
            settling.settle(claimed, True)
        except StepError as error:
            settling.fail(claimed, error)
        assert done < MOST_TURNS
    return done


def work(batch: Batch, *, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Until the batch has nothing left to do: every book that is in the making is finished."""
    turn(batch)
    while rows := list(batch.rows.filter(status=BatchRow.Status.MAKING)):
        meanwhile()
        for row in rows:
            finish(row)
        turn(batch)


def finish(row: BatchRow) -> None:
    job = journey(row)
    states.move(job.pk, to=BookJob.Status.WRITING_CHAPTERS)
    Step.objects.filter(job=job.pk, status="PENDING").update(status="DONE")
    announcements.finished(job)


def fail(row: BatchRow) -> None:
    """Stop the row's book as a wrong key of the AI service would."""
    job = lock_job(journey(row).pk)
    step = Step.objects.filter(job=job, status="PENDING").first()
    assert step is not None
    endings.fail_step(job, as_claimed(step), Failure("permanent", "wrong_key", "401"))


def journey(row: BatchRow) -> BookJob:
    job: BookJob = BookJob.objects.select_related("book").get(book=row.book_id)
    return job
