"""How a book's journey ends, told by the step runner inside the transaction that ends the job."""

from __future__ import annotations

import logging
from uuid import UUID

from django.utils import translation

from books import states as book_states
from books.models import Book
from generation import announcements, journey, messages, progress, states, telling
from generation.batches import following
from generation.models import BookJob
from generation.providers import choice
from jobs.kinds import Failure
from jobs.models import Step
from jobs.states import STOPPED_STATUSES

logger = logging.getLogger(__name__)

_STUCK = Failure("permanent", "stuck", "no step was left to do, and yet the book is not finished")


def on_finished(job_id: UUID) -> None:
    """No step is left. The last one has announced the book; where it has not, something is wrong with us."""
    job = _job(job_id)
    if job.status != BookJob.Status.COMPLETED:
        logger.error("a journey came to its end unfinished", extra={"job": str(job_id), "stage": job.stage})
        on_failed(job_id, _STUCK)


def on_failed(job_id: UUID, failure: Failure) -> None:
    job = _job(job_id)
    with translation.override(announcements.language_of(job)):
        error = messages.for_member(failure, own=_was_own(job_id))
    if not states.move(job_id, to=BookJob.Status.FAILED, error=error, error_code=failure.code):
        return
    job.status, job.error, job.error_code = BookJob.Status.FAILED, error, failure.code
    if job.purpose == BookJob.Purpose.BOOK:
        book_states.move(job.book_id, to=Book.Status.FAILED)
        announcements.failed(job)
        following.book_over(job)
    progress.record(job, progress.News())


def on_cancelled(job_id: UUID) -> None:
    job = _job(job_id)
    if not states.move(job_id, to=BookJob.Status.CANCELLED, awaiting_approval=False):
        return
    job.status, job.awaiting_approval = BookJob.Status.CANCELLED, False
    if job.purpose == BookJob.Purpose.BOOK:
        book_states.move(job.book_id, to=Book.Status.CANCELLED)
        telling.tell("book.cancelled", job, status=Book.Status.CANCELLED)
        following.book_over(job)
    progress.record(job, progress.News())


def on_resumed(job_id: UUID) -> None:
    job = _job(job_id)
    if job.purpose == BookJob.Purpose.BOOK:
        book_states.move(job.book_id, to=Book.Status.GENERATING)
        following.book_resumed(job)
    journey.resume(job)


def _was_own(job_id: UUID) -> bool:
    """Whether the call that stopped the job was to a service of the organisation's own."""
    stopped = Step.objects.filter(job_id=job_id, status__in=STOPPED_STATUSES).order_by("-finished_at")
    return choice.is_own(stopped.values_list("provider", flat=True).first() or "")


def _job(job_id: UUID) -> BookJob:
    return BookJob.objects.select_related("book").get(pk=job_id)
