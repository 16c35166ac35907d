"""A book's journey in words and figures that people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from books.models import Book, Chapter
from formats.models import BookFormat
from generation.models import BookJob

S = BookJob.Status
# Where each part of the journey begins and ends, in hundredths of the whole.
_SHARES = {
    S.PENDING: (0, 2),
    S.GENERATING_OUTLINE: (2, 10),
    S.WRITING_CHAPTERS: (10, 80),
    S.FINALIZING: (80, 99),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A chapter on the contents page. `state`: waiting, writing, written or left out."""

    number: int
    title: str
    beats: Sequence[str]
    words: int
    state: str


@dataclass(frozen=True, slots=True)
class Count:
    done: int
    total: int

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.done >= self.total


@dataclass(frozen=True)
class Journey:
    """Everything that the live page shows of a book in the making."""

    book: Book
    job: BookJob
    rows: Sequence[Row]
    chapters: Count
    pictures: Count
    files: Count

    @property
    def percent(self) -> int:
        return percent(self.job)

    @property
    def sentence(self) -> str:
        return sentence(self.job)


def latest_journey(book: Book) -> BookJob | None:
    """The journey that made the book, or is making it; not those of single chapters."""
    if hasattr(book, "journeys"):
        return book.journeys[0] if book.journeys else None
    return book.jobs.filter(purpose=BookJob.Purpose.BOOK).first()


def journey_of(book: Book, job: BookJob) -> Journey:
    chapters = list(book.chapters.defer("text", "plan", "scene"))
    pictures = list(book.illustrations.values_list("file_id", flat=True))
    files = list(book.formats.values_list("status", flat=True))
    return Journey(
        book=book,
        job=job,
        rows=list(_rows(chapters, job)),
        chapters=Count(sum(one.status in _FINISHED for one in chapters), len(chapters)),
        pictures=Count(sum(one is not None for one in pictures), len(pictures)),
        files=Count(files.count(BookFormat.Status.READY), len(files)),
    )


def percent(job: BookJob) -> int:
    """How far a journey is, in hundredths. It never says 100 before the book is finished."""
    if job.status == S.COMPLETED:
        return 100
    begin, end = _SHARES.get(S(job.status), _SHARES[S.WRITING_CHAPTERS])
    share = job.done / job.total if job.total and job.status != S.GENERATING_OUTLINE else 0
    return round(begin + (end - begin) * min(1, share))


def sentence(job: BookJob) -> str:
    """What is happening just now."""
    if job.awaiting_approval:
        return _("The outline is ready for you to look over.")
    if job.status == S.WRITING_CHAPTERS and job.total:
        place = {"number": min(job.done + 1, job.total), "total": job.total}
        if job.writing:
            return _("Chapter %(number)d of %(total)d: “%(title)s”") % {**place, "title": job.writing}
        return _("Chapter %(number)d of %(total)d") % place
    return str(_SENTENCES[S(job.status)]())


_FINISHED = (Chapter.Status.WRITTEN, Chapter.Status.SKIPPED)
_SENTENCES = {
    S.PENDING: lambda: _("Sharpening the pencils."),
    S.GENERATING_OUTLINE: lambda: _("Thinking the outline through."),
    S.WRITING_CHAPTERS: lambda: _("Writing the chapters."),
    S.FINALIZING: lambda: _("Drawing, proofreading and setting it in type."),
    S.COMPLETED: lambda: _("Finished."),
    S.FAILED: lambda: _("It stopped before the end."),
    S.CANCELLED: lambda: _("You stopped it."),
}


def _rows(chapters: Iterable[Chapter], job: BookJob) -> Iterable[Row]:
    for chapter in chapters:
        yield Row(chapter.number, chapter.title, chapter.beats, chapter.words, _state(chapter, job))


def _state(chapter: Chapter, job: BookJob) -> str:
    if chapter.status == Chapter.Status.SKIPPED:
        return "skipped"
    if chapter.status == Chapter.Status.WRITTEN:
        return "written"
    if job.status == S.WRITING_CHAPTERS and job.writing == chapter.title:
        return "writing"
    return "waiting"
