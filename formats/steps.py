"""Building a book's files as durable steps: the processor works in a child process, the row waits here.

A finished file is put into its store by `perform`, before anything is locked; `settle` only shows it. For
that its row is announced by `prepare`. Where a step is not settled after all, the row stays unadopted and
`storage.sweeping` removes it with its bytes.

Rooms above hear of a settled build by `listen`; this room knows nothing of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from billing.limits import LimitReached
from books.models import Book
from formats import freshness, problems, records
from formats.models import BookFormat, FormatType
from formats.problems import Problem
from jobs.errors import Permanent
from jobs.kinds import ClaimedStep, Failure, StepCall, StepKind, register
from jobs.steps import stage_done
from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit
from storage import files
from storage.files import Placed
from storage.models import StoredFile

if TYPE_CHECKING:  # only a process that builds carries the typesetting
    from formats.builders import Built, FormatName, Theme
    from formats.manuscript import BookSource

KIND = "formats.build"


@dataclass(frozen=True, slots=True)
class BuildWork:
    """`file` and `preview` are announced for what is going to be made; None where nothing has to be.

    With `alone` a book that cannot be typeset fails this format and not the whole job.
    """

    source: BookSource
    theme: Theme
    builder: FormatName
    content_hash: str
    started: datetime
    file: StoredFile | None = None
    preview: StoredFile | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """`file` is None where the file that is there was made from the same text, or where none could be made:
    then `failure` says why."""

    content_hash: str
    started: datetime
    engine: str
    file: Placed | None = None
    preview: Placed | None = None
    pages: int | None = None
    checks: tuple[dict[str, Any], ...] = ()
    failure: str = ""


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
    from formats.assets import BadPicture
    from formats.builders import BUILDERS

    book, row = _rows(step)
    try:
        wanted = freshness.wanted(book, row.format, disclosure=step.payload.get("disclosure", ""))
    except BadPicture as error:
        problem = Problem("other", figures={"words": str(error)})
        raise Permanent(problems.stored(problem), code="format_not_built") from error
    builder = BUILDERS[wanted.builder]
    work = BuildWork(
        source=wanted.source,
        theme=wanted.theme,
        builder=builder.name,
        content_hash=wanted.content_hash,
        started=timezone.now(),
        alone=bool(step.payload.get("alone")),
    )
    if row.content_hash == wanted.content_hash and row.file_id is not None:
        return work
    name = slugify(book.display_title) or "book"
    return replace(
        work,
        file=_announced(f"{name}.{builder.extension}", builder.media_type),
        preview=_announced(f"{name}-pages.jpg", "image/jpeg") if row.format == FormatType.PDF else None,
    )


async def perform(work: BuildWork, call: StepCall) -> BuildResult:
    """Build in a limited child process, and put the file where it is kept.

    Raises `Permanent` for a book that cannot be typeset as it is.
    """
    from formats.builders import BUILDERS

    result = BuildResult(work.content_hash, work.started, BUILDERS[work.builder].engine)
    return result if work.file is None else await asyncio.to_thread(_made, work, result, work.file)


def settle(step: ClaimedStep, result: BuildResult | None) -> None:
    """Show the file in place of the one before. A build that a member skipped leaves its format unmade."""
    book, row = _rows(step)
    if result is None:
        records.record_failure(book_format=row, error=row.error or "skipped")
    elif result.failure:
        records.record_failure(book_format=row, error=result.failure)
    elif result.file is None or _is_late(step, book, row, result):
        BookFormat.objects.filter(pk=row.pk).update(status=BookFormat.Status.READY)
    else:
        _show(row, result, result.file)
    _tell(step, row)


def on_failure(step: ClaimedStep, failure: Failure) -> None:
    _book, row = _rows(step)
    records.record_failure(book_format=row, error=failure.reason)


def summary(result: BuildResult) -> dict[str, object]:
    return {"size": result.file.size if result.file else 0, "unchanged": result.file is None}


def _announced(name: str, media_type: str) -> StoredFile:
    return files.announce(name=name, content_type=media_type, kind=StoredFile.Kind.BOOK)


def _made(work: BuildWork, result: BuildResult, file: StoredFile) -> BuildResult:
    """In a thread of its own, with no connection to the database: what takes long is done here."""
    from formats.builders import BuildFailed, sandbox
    from formats.manuscript import BadBook

    try:
        built = sandbox.build(work.source, format=work.builder, theme=work.theme)
    except (BadBook, BuildFailed) as error:
        reason = problems.stored(error.problem)
        if work.alone:
            return replace(result, failure=reason)
        raise Permanent(reason, code="format_not_built") from error
    return replace(
        result,
        file=files.place(file, built.data),
        preview=files.place(work.preview, built.preview) if work.preview and built.preview else None,
        pages=built.pages,
        checks=_told(built),
    )


def _told(built: Built) -> tuple[dict[str, Any], ...]:
    checks = ({"rule": one.rule, "outcome": one.outcome, "detail": dict(one.detail)} for one in built.checks)
    warnings = ({"rule": one.code, "outcome": "warn", "detail": one.parameters()} for one in built.warnings)
    return (*checks, *warnings)


def _is_late(step: ClaimedStep, book: Book, row: BookFormat, result: BuildResult) -> bool:
    """Whether another build was shown while this one was made, and that one is of the present text."""
    if row.built_at is None or row.built_at < result.started:
        return False
    wanted = freshness.wanted(book, row.format, disclosure=step.payload.get("disclosure", ""))
    return row.content_hash == wanted.content_hash != result.content_hash


def _show(row: BookFormat, result: BuildResult, placed: Placed) -> None:
    try:
        file = files.adopt(placed)
        preview = files.adopt(result.preview) if result.preview else None
    except LimitReached as error:
        raise Permanent(str(error), code="storage_full") from error
    replaced = records.record_ready(
        book_format=row,
        file=file,
        content_hash=result.content_hash,
        engine=result.engine,
        checks=result.checks,
        pages=result.pages,
        preview=preview,
    )
    emit("file.ready", _said(row, file.size))
    for before in replaced:
        records.discard(before)


def _said(row: BookFormat, size: int) -> dict[str, Any]:
    """As `notifications.webhooks.catalogue` has it."""
    book = api_url(f"books/{row.book_id}/")
    return {
        "book": {"id": str(row.book_id), "url": book},
        "format": str(row.format),
        "bytes": size,
        "url": f"{book}formats/{row.format.lower()}/download/",
    }


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
