"""A book's files as its members see them: their state, what was verified, and the editions that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from books.models import Book
from formats import freshness, problems
from formats.checks.sentences import Told, told
from formats.models import BookFormat, Edition, EditionFile, FormatType
from generation import states
from generation.steps.formats import disclosure_of

ORDER = (FormatType.PDF, FormatType.EPUB, FormatType.DOCX, FormatType.HTML, FormatType.MARKDOWN)
PURPOSES = {
    FormatType.PDF: _("Typeset, for paper and screen"),
    FormatType.EPUB: _("For e-readers and phones"),
    FormatType.DOCX: _("To work on in a word processor"),
    FormatType.HTML: _("One file for any browser"),
    FormatType.MARKDOWN: _("The plain source"),
}


@dataclass(frozen=True, slots=True)
class File:
    """One format. `state` is "ready", "behind" (there is something newer), "waiting" or "failed"."""

    row: BookFormat
    state: str
    checks: Sequence[Told]

    @property
    def purpose(self) -> str:
        return str(PURPOSES[FormatType(self.row.format)])

    @property
    def short_name(self) -> str:
        return "MD" if self.row.format == FormatType.MARKDOWN else self.row.format

    @property
    def reason(self) -> str:
        """Why it could not be made, where its members can do something about it."""
        return problems.told(self.row.error)

    @property
    def passed(self) -> int:
        return sum(check.outcome == "pass" for check in self.checks)

    @property
    def amiss(self) -> list[Told]:
        return [check for check in self.checks if check.outcome != "pass"]


@dataclass(frozen=True, slots=True)
class Downloads:
    files: Sequence[File]
    editions: Sequence[Edition]

    @property
    def waiting(self) -> bool:
        return any(file.state == "waiting" for file in self.files)

    @property
    def behind(self) -> list[File]:
        return [file for file in self.files if file.state in ("behind", "failed")]

    @property
    def outdated(self) -> int:
        return sum(file.state == "behind" for file in self.files)

    @property
    def up_to_date(self) -> bool:
        return bool(self.files) and not self.waiting and not self.behind

    @property
    def can_be_kept(self) -> bool:
        return any(file.row.file_id for file in self.files)


def downloads_of(book: Book) -> Downloads:
    """As many queries for fifty editions as for none."""
    kept = Prefetch("files", EditionFile.objects.select_related("file").order_by("format"))
    return Downloads(files_of(book), list(book.editions.prefetch_related("created_by", kept)))


def files_of(book: Book) -> list[File]:
    """Each format that there is or will be, with its state; the book is read once to compare."""
    rows = sorted(book.formats.select_related("file", "preview"), key=lambda row: ORDER.index(row.format))
    busy = book.jobs.exclude(status__in=states.OVER).exists()
    finished = [row for row in rows if row.status == BookFormat.Status.READY]
    behind = (
        freshness.behind(book, finished, disclosure=disclosure_of(book))
        if finished and book.status == Book.Status.READY
        else set()
    )
    return [File(row, _state(row, busy, behind), told(row.checks)) for row in rows]


def _state(row: BookFormat, busy: bool, behind: set[str]) -> str:
    if row.status == BookFormat.Status.PENDING:
        return "waiting" if busy else "failed"  # its job ended without it
    if row.status == BookFormat.Status.FAILED:
        return "failed"
    return "behind" if row.format in behind else "ready"
