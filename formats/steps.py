"""Building a book's files as durable steps: the processor works in a child process, the row waits here.

Rooms above hear of a settled build by `listen`; this room knows nothing of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.text import slugify

from billing.limits import LimitReached
from books.models import Book
from formats import records
from formats.models import BookFormat
from jobs.errors import Permanent
from jobs.kinds import ClaimedStep, Failure, StepCall, StepKind, register
from jobs.steps import stage_done
from storage import files
from storage.models import StoredFile

if TYPE_CHECKING:  # only a process that builds carries the typesetting
    from formats.builders import Built, FormatName, Theme
    from formats.manuscript import BookSource

KIND = "formats.build"

BUILDER_OF: dict[str, FormatName] = {
    "PDF": "pdf",
    "EPUB": "epub",
    "DOCX": "docx",
    "HTML": "html",
    "MARKDOWN": "markdown",
}


@dataclass(frozen=True, slots=True)
class BuildWork:
    source: BookSource
    theme: Theme
    builder: FormatName
    content_hash: str
    unchanged: bool


@dataclass(frozen=True, slots=True)
class BuildResult:
    """`built` is None where the file that is there was made from the same text."""

    built: Built | None
    builder: FormatName
    content_hash: str


@dataclass(frozen=True, slots=True)
class FormatSettled:
    """What listeners are told, inside the settling transaction. `last` says that no other build is open."""

    job_id: UUID
    format: str
    status: str
    last: bool


Listener = Callable[[FormatSettled], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def register_kind() -> None:
    register(
        StepKind(
            name=KIND,
            lane="builds",
            prepare=prepare,
            perform=perform,
            settle=settle,
            on_failure=on_failure,
            summary=summary,
        )
    )


def prepare(step: ClaimedStep) -> BuildWork:
    from formats import designs, sources
    from formats.builders import content_hash

    book, row = _rows(step)
    builder = BUILDER_OF[row.format]
    source = sources.book_source(book, disclosure=step.payload.get("disclosure", ""))
    theme = designs.design_of(book)
    fingerprint = content_hash(source, format=builder, theme=theme)
    return BuildWork(
        source=source,
        theme=theme,
        builder=builder,
        content_hash=fingerprint,
        unchanged=row.content_hash == fingerprint and row.file_id is not None,
    )


async def perform(work: BuildWork, call: StepCall) -> BuildResult:
    """Build in a limited child process. Raises `Permanent` for a book that cannot be typeset as it is."""
    from formats import problems
    from formats.builders import BuildFailed, sandbox
    from formats.manuscript import BadBook

    built: Built | None = None
    if not work.unchanged:
        try:
            built = await asyncio.to_thread(sandbox.build, work.source, format=work.builder, theme=work.theme)
        except (BadBook, BuildFailed) as error:
            raise Permanent(problems.stored(error.problem), code="format_not_built") from error
    return BuildResult(built=built, builder=work.builder, content_hash=work.content_hash)


def settle(step: ClaimedStep, result: BuildResult | None) -> None:
    """Keep the file in place of the one before. A build that a member skipped leaves its format unmade."""
    book, row = _rows(step)
    if result is None:
        records.record_failure(book_format=row, error=row.error or "skipped")
    elif result.built is None:
        BookFormat.objects.filter(pk=row.pk).update(status=BookFormat.Status.READY)
    else:
        _keep(book, row, result, result.built)
    _tell(step, row)


def on_failure(step: ClaimedStep, failure: Failure) -> None:
    _book, row = _rows(step)
    records.record_failure(book_format=row, error=failure.reason)


def summary(result: BuildResult) -> dict[str, object]:
    return {"size": len(result.built.data) if result.built else 0, "unchanged": result.built is None}


def _keep(book: Book, row: BookFormat, result: BuildResult, built: Built) -> None:
    from formats.builders import BUILDERS

    builder = BUILDERS[result.builder]
    try:
        file = files.save(
            data=built.data,
            name=f"{slugify(book.display_title) or 'book'}.{builder.extension}",
            content_type=builder.media_type,
            kind=StoredFile.Kind.BOOK,
        )
    except LimitReached as error:
        raise Permanent(str(error), code="storage_full") from error
    before = records.record_ready(
        book_format=row, file=file, content_hash=result.content_hash, engine=builder.engine
    )
    records.discard(before)


def _rows(step: ClaimedStep) -> tuple[Book, BookFormat]:
    row = BookFormat.objects.select_related("book").get(
        book_id=step.payload["book"], format=step.payload["format"]
    )
    return row.book, row


def _tell(step: ClaimedStep, row: BookFormat) -> None:
    row.refresh_from_db(fields=["status"])
    news = FormatSettled(
        job_id=step.job_id,
        format=row.format,
        status=row.status,
        last=stage_done(job_id=step.job_id, kind=KIND),
    )
    for listener in _listeners:
        listener(news)
