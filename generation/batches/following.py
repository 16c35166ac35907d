"""What happens to a batch's books, noted in their rows, inside the transactions in which it happens.

Jobs are locked before the batch: whoever holds the batch's row waits for no job any more.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import F

from generation.batches import progress
from generation.batches.models import Batch, BatchRow
from generation.batches.states import move_rows
from generation.models import BookJob
from jobs.steps import NewStep, add_steps

BATCH_ROW: Final = "batch_row"  # in the options of a journey: the row that its book belongs to
ROW, TURN = "generation.batch_row", "generation.batch_turn"
_MOST_NUMBERS = 100_000  # a step's number tells the row and how often it was taken up
_UNDER_WAY = (Batch.Status.RUNNING, Batch.Status.PAUSED)
_BECOMES = {
    BookJob.Status.COMPLETED: BatchRow.Status.DONE,
    BookJob.Status.FAILED: BatchRow.Status.FAILED,
    BookJob.Status.CANCELLED: BatchRow.Status.CANCELLED,
}


def is_of_batch(job: BookJob) -> bool:
    return BATCH_ROW in job.options


def book_over(job: BookJob) -> None:
    """A book is finished, failed or cancelled: the batch looks what is next."""
    row = _row_of(job)
    if row is None:
        return
    to = _BECOMES[BookJob.Status(job.status)]
    if move_rows(BatchRow.objects.filter(pk=row.pk), to=to, error=job.error):
        look_again(row)


def book_resumed(job: BookJob) -> None:
    """A book goes on that had stopped, be it with its batch or by itself."""
    row = _row_of(job)
    if row is not None and move_rows(BatchRow.objects.filter(pk=row.pk), to=BatchRow.Status.MAKING, error=""):
        progress.publish(row.batch_id)


def look_again(row: BatchRow) -> None:
    """Something of the row has changed: have the batch find out, in a step of its own, what is next."""
    batch = Batch.objects.select_for_update(no_key=True).get(pk=row.batch_id)
    if batch.status in _UNDER_WAY:
        take_up(batch.pk, [row.pk], kind=TURN)
    progress.publish(batch.pk)


def take_up(batch_id: UUID, row_ids: list[UUID], *, kind: str) -> None:
    """Add a step for each of the rows."""
    rows = BatchRow.objects.filter(pk__in=row_ids)
    rows.update(turns=F("turns") + 1)
    steps = [
        NewStep(kind, number=turns * _MOST_NUMBERS + number, payload={"row": str(row_id)})
        for row_id, number, turns in rows.values_list("pk", "number", "turns")
    ]
    add_steps(job_id=batch_id, steps=steps)


def _row_of(job: BookJob) -> BatchRow | None:
    if job.purpose != BookJob.Purpose.BOOK or not is_of_batch(job):
        return None
    row: BatchRow | None = BatchRow.objects.filter(pk=job.options[BATCH_ROW]).first()
    return row
