"""Making a package for a printer as a durable step, like a format's file: see `formats.steps`.

Each package has a job of its own, whose subject it is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from billing.limits import LimitReached
from formats import records
from formats.models import PrintPackage
from jobs.errors import Permanent
from jobs.kinds import ClaimedStep, Failure, StepCall, StepKind, register, register_subject
from storage import files
from storage.files import Placed
from storage.models import StoredFile

if TYPE_CHECKING:  # only a process that builds carries the typesetting
    from formats.builders import Theme
    from formats.manuscript import BookSource

KIND = "formats.print"
SUBJECT = "formats.package"


@dataclass(frozen=True, slots=True)
class PrintWork:
    """`interior` and `cover` are announced for what is going to be made; None where nothing has to be."""

    source: BookSource
    theme: Theme
    specification: dict[str, Any]
    profile: bytes | None
    content_hash: str
    interior: StoredFile | None = None
    cover: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class PrintResult:
    """`interior` is None where the files that are there were made from the same book and order."""

    content_hash: str
    interior: Placed | None = None
    cover: Placed | None = None
    pages: int = 0
    spine_mm: float = 0
    report: tuple[dict[str, Any], ...] = ()


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
    register_subject(
        SUBJECT,
        on_finished=_ignore,
        on_failed=on_job_failed,
        on_cancelled=on_cancelled,
        on_resumed=on_resumed,
    )


def press_profile() -> bytes | None:
    """The operator's ICC profile of the press; None where ours is used. OSError where it is not there."""
    path = settings.OCTAVO_PRESS_PROFILE
    return Path(path).read_bytes() if path else None


def prepare(step: ClaimedStep) -> PrintWork:
    from formats import designs, sources
    from formats.printing import sandbox

    package = _package(step)
    source = sources.book_source(package.book, disclosure=step.payload.get("disclosure", ""))
    theme, profile = designs.design_of(package.book), press_profile()
    wanted = sandbox.content_hash(source, theme=theme, specification=package.specification, profile=profile)
    done = package.content_hash == wanted and package.interior_id is not None and package.cover_id is not None
    name = f"{slugify(package.book.display_title) or 'book'}-{package.printer}"
    return PrintWork(
        source=source,
        theme=theme,
        specification=package.specification,
        profile=profile,
        content_hash=wanted,
        interior=None if done else _announced(f"{name}-interior.pdf"),
        cover=None if done else _announced(f"{name}-cover.pdf"),
    )


async def perform(work: PrintWork, call: StepCall) -> PrintResult:
    """Make both files in a limited child process. Raises `Permanent` for a book that cannot be typeset."""
    if work.interior is None or work.cover is None:
        return PrintResult(work.content_hash)
    return await asyncio.to_thread(_made, work, work.interior, work.cover)


def settle(step: ClaimedStep, result: PrintResult | None) -> None:
    """Show the files in place of those before. A step that was skipped leaves the package unmade."""
    package = _package(step)
    if result is None:
        _fail(package, "")
    elif result.interior is None or result.cover is None:
        PrintPackage.objects.filter(pk=package.pk).update(status=PrintPackage.Status.READY, error="")
    else:
        _show(package, result, result.interior, result.cover)


def on_failure(step: ClaimedStep, failure: Failure) -> None:
    _fail(_package(step), failure.reason)


def on_job_failed(package_id: UUID, failure: Failure) -> None:
    """Failures of the step are kept by `on_failure`; this one is for a job that ends without it."""
    PrintPackage.objects.filter(pk=package_id, status=PrintPackage.Status.PENDING).update(
        status=PrintPackage.Status.FAILED, error=failure.reason[:2000]
    )


def on_cancelled(package_id: UUID) -> None:
    for package in PrintPackage.objects.filter(pk=package_id, status=PrintPackage.Status.PENDING):
        _fail(package, "")


def on_resumed(package_id: UUID) -> None:
    PrintPackage.objects.filter(pk=package_id).update(status=PrintPackage.Status.PENDING, error="")


def summary(result: PrintResult) -> dict[str, object]:
    return {"pages": result.pages, "unchanged": result.interior is None}


def _made(work: PrintWork, interior: StoredFile, cover: StoredFile) -> PrintResult:
    """In a thread of its own, with no connection to the database: what takes long is done here."""
    from formats import problems
    from formats.builders import BuildFailed
    from formats.manuscript import BadBook
    from formats.printing import sandbox

    try:
        made = sandbox.make(
            work.source, theme=work.theme, specification=work.specification, profile=work.profile
        )
    except (BadBook, BuildFailed) as error:
        raise Permanent(problems.stored(error.problem), code="format_not_built") from error
    return PrintResult(
        content_hash=work.content_hash,
        interior=files.place(interior, made.interior),
        cover=files.place(cover, made.cover),
        pages=made.pages,
        spine_mm=made.spine_mm,
        report=made.report,
    )


def _show(package: PrintPackage, result: PrintResult, interior: Placed, cover: Placed) -> None:
    before = [file for file in (package.interior, package.cover) if file is not None]
    try:
        package.interior, package.cover = files.adopt(interior), files.adopt(cover)
    except LimitReached as error:
        raise Permanent(str(error), code="storage_full") from error
    package.pages, package.spine, package.report = result.pages, result.spine_mm, list(result.report)
    package.content_hash, package.error = result.content_hash, ""
    package.status, package.built_at = PrintPackage.Status.READY, timezone.now()
    package.save()
    for file in before:
        records.discard(file)


def _fail(package: PrintPackage, reason: str) -> None:
    """Files of an earlier making stay where they are."""
    PrintPackage.objects.filter(pk=package.pk).update(status=PrintPackage.Status.FAILED, error=reason[:2000])


def _announced(name: str) -> StoredFile:
    return files.announce(name=name, content_type="application/pdf", kind=StoredFile.Kind.BOOK)


def _package(step: ClaimedStep) -> PrintPackage:
    rows = PrintPackage.objects.select_related("book", "interior", "cover")
    return rows.get(pk=step.payload["package"])


def _ignore(_package_id: UUID) -> None:
    return None
