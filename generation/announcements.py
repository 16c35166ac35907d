"""Telling that a book is finished, or that it stopped."""

from __future__ import annotations

from django.utils import timezone

from books import states as book_states
from books.models import Book, Chapter
from generation import states, telling
from generation.batches import following
from generation.models import BookJob
from insights import recording
from insights.actions import Action
from notifications.models import Kind
from notifications.notifying import notify
from tenants.accounts.models import User


def finished(job: BookJob) -> None:
    """Complete the journey. Only a whole book is announced; a changed chapter shows itself."""
    if not states.move(job.pk, to=BookJob.Status.COMPLETED, stage="announcing", writing=""):
        return
    job.status, job.stage, job.writing = BookJob.Status.COMPLETED, "announcing", ""
    words = sum(Chapter.objects.filter(book_id=job.book_id).values_list("words", flat=True))
    Book.objects.filter(pk=job.book_id).update(words=words, updated_at=timezone.now())
    if job.purpose != BookJob.Purpose.BOOK:
        return
    book_states.move(job.book_id, to=Book.Status.READY)
    details = {"words": words, "cost_micros": job.cost_micros}
    recording.record(Action.BOOK_FINISHED, actor=None, resource=job.book, details=details)
    job.book.words = words
    telling.tell("book.completed", job, status=Book.Status.READY)
    _notify(job, Kind.BOOK_FINISHED)
    following.book_over(job)


def failed(job: BookJob) -> None:
    details = {"stage": job.stage, "code": job.error_code}
    recording.record(Action.BOOK_FAILED, actor=None, resource=job.book, details=details)
    telling.tell("book.failed", job, status=Book.Status.FAILED, error={"code": job.error_code})
    _notify(job, Kind.BOOK_FAILED, reason=job.error)


def language_of(job: BookJob) -> str:
    """The language of whoever asked for the book; where it is not known, the book's."""
    person = _person(job)
    return (person.language if person else "") or job.book.language


def _notify(job: BookJob, kind: Kind, **data: str) -> None:
    """Not of each book of a batch: that tells of all of them at its end."""
    person = _person(job)
    if person is not None and not following.is_of_batch(job):
        path = f"/books/{job.book_id}/"
        told = {"title": job.book.display_title, "path": path, "book": str(job.book_id), "job": str(job.pk)}
        notify(person, kind, {**told, **data})


def _person(job: BookJob) -> User | None:
    return User.objects.filter(pk=job.created_by_id).first() if job.created_by_id else None
