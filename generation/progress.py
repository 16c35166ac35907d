"""How far a book is: one row, and the same told live to whoever watches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from books.models import Chapter, Illustration
from formats.models import BookFormat
from generation.models import BookJob
from jobs.models import Job
from jobs.steps import NewStep
from notifications import stream


@dataclass(frozen=True, slots=True)
class News:
    """What a step's result leads to: steps to add at once, what to tell beside the counts, and which large
    fields of the row have changed.
    """

    steps: Sequence[NewStep] = ()
    told: dict[str, Any] = field(default_factory=dict)
    changed: Sequence[str] = ()


def topic(job_id: UUID) -> str:
    return f"job:{job_id}"


def record(job: BookJob, *news: News) -> None:
    """Count anew, write the row once, and publish it with each of the news after commit."""
    _count(job)
    changed = {name for one in news for name in one.changed}
    BookJob.objects.filter(pk=job.pk).update(
        stage=job.stage,
        done=job.done,
        total=job.total,
        words=job.words,
        writing=job.writing,
        cost_micros=job.cost_micros,
        awaiting_approval=job.awaiting_approval,
        updated_at=timezone.now(),
        **{name: getattr(job, name) for name in changed},
    )
    for one in news:
        stream.publish(topic(job.pk), {**snapshot(job), **one.told})


def record_cost(job_id: UUID) -> None:
    """What the calls have cost is no longer what it was, though nothing else has happened."""
    job = BookJob.objects.filter(pk=job_id).first()
    if job is None:  # its book is deleted
        return
    job.cost_micros = _spent(job_id)
    BookJob.objects.filter(pk=job_id).update(cost_micros=job.cost_micros)
    stream.publish(topic(job_id), snapshot(job))


def tell(job_id: UUID, **told: Any) -> None:
    """Something on the way that no row keeps, such as which chapter is being written just now."""
    stream.publish(topic(job_id), told)


def snapshot(job: BookJob) -> dict[str, Any]:
    """The state of a journey as plain JSON, for everybody who sees the book: not what it costs."""
    return {
        "id": str(job.pk),
        "book": str(job.book_id),
        "purpose": job.purpose,
        "status": job.status,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "words": job.words,
        "writing": job.writing,
        "awaiting_approval": job.awaiting_approval,
        "error": job.error,
        "error_code": job.error_code,
    }


def _count(job: BookJob) -> None:
    """Counts come from what is there, so they are right whatever happened on the way."""
    if job.stage == "formats":
        ready = BookFormat.objects.filter(book_id=job.book_id).values_list("status", flat=True)
        job.done, job.total = _share(status == BookFormat.Status.READY for status in ready)
    elif job.stage == "illustrations":
        files = Illustration.objects.filter(book_id=job.book_id).values_list("file_id", flat=True)
        job.done, job.total = _share(file is not None for file in files)
    else:
        _count_chapters(job)
    job.cost_micros = _spent(job.pk)


def _spent(job_id: UUID) -> int:
    return Job.objects.values_list("spent_micros", flat=True).get(pk=job_id)


def _count_chapters(job: BookJob) -> None:
    rows = Chapter.objects.filter(book_id=job.book_id).order_by("number")
    chapters = list(rows.values_list("title", "status", "words"))
    ahead = [title for title, status, _words in chapters if status in _UNWRITTEN]
    job.words = sum(words for _title, _status, words in chapters)
    job.done, job.total = len(chapters) - len(ahead), len(chapters)
    job.writing = ahead[0] if ahead and job.stage == "chapters" else ""


def _share(done: Iterable[bool]) -> tuple[int, int]:
    answers = list(done)
    return sum(answers), len(answers)


_UNWRITTEN = (Chapter.Status.PLANNED, Chapter.Status.INCOMPLETE)
