"""A member's own words: saved as a revision, told in the activity log, and the book's files follow."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from books.models import Book, Chapter
from collaboration import revisions
from collaboration.models import Revision
from generation import commission, states
from generation.models import BookJob
from insights import recording
from insights.actions import Action
from tenants.accounts.models import User

SETTLING = timedelta(seconds=20)  # someone who is still typing does not set off a build with each save


def save_text(
    *, chapter: Chapter, text: str, title: str | None, author_id: UUID | None, expected: int | None
) -> Revision | None:
    """Save a member's text. Raises `TextChangedMeanwhile`, `TextTooLong`; None where nothing changed."""
    with transaction.atomic():
        revision = revisions.write_chapter(
            chapter_id=chapter.pk,
            text=text,
            title=title,
            origin=Revision.Origin.PERSON,
            author_id=author_id,
            expected=expected,
        )
        if revision is not None:
            _record(chapter, author_id)
            texts_changed(book_id=chapter.book_id)
    return revision


def restore_text(*, revision: Revision, actor: User) -> Revision | None:
    """Show an earlier text again, as a new revision. None where it is the present one."""
    chapter = revision.chapter
    with transaction.atomic():
        restored = revisions.restore_revision(revision=revision, author_id=actor.pk)
        if restored is not None:
            details = {"number": chapter.number, "title": chapter.title, "version": revision.version}
            recording.record(Action.CHAPTER_RESTORED, actor=actor, resource=chapter.book, details=details)
            texts_changed(book_id=chapter.book_id)
    return restored


def texts_changed(*, book_id: UUID) -> BookJob | None:
    """Have the files of a finished book follow its text, unless that is about to happen anyway."""
    book = Book.objects.get(pk=book_id)
    Book.objects.filter(pk=book_id).update(words=sum(book.chapters.values_list("words", flat=True)))
    if book.status != Book.Status.READY or _about_to_happen(book):
        return None
    return commission.rebuild_formats(book=book, not_before=timezone.now() + SETTLING)


def _about_to_happen(book: Book) -> bool:
    """A build that has not begun yet will read the new text."""
    waiting = book.jobs.exclude(status__in=states.OVER).exclude(stage="announcing")
    return any(job.done == 0 or job.purpose != BookJob.Purpose.FORMATS for job in waiting)


def _record(chapter: Chapter, author_id: UUID | None) -> None:
    actor = User.objects.filter(pk=author_id).first() if author_id else None
    details = {"number": chapter.number, "title": chapter.title}
    recording.record(Action.CHAPTER_EDITED, actor=actor, resource=chapter.book, details=details)
