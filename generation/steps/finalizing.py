"""The last look at the text: what the story bible promises and the chapters do not keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from books.models import Chapter
from generation import continuity, progress
from generation.models import BookJob
from jobs.kinds import ClaimedStep, StepCall
from jobs.steps import NewStep

KIND = "generation.finalizing"


@dataclass(frozen=True, slots=True)
class FinalizingWork:
    characters: tuple[str, ...]
    chapters: tuple[continuity.ChapterLook, ...]


def missing(job: BookJob) -> Sequence[NewStep]:
    return () if job.finalized else (NewStep(KIND),)


def prepare(step: ClaimedStep) -> FinalizingWork:
    job = BookJob.objects.select_related("book").get(pk=step.job_id)
    chapters = Chapter.objects.filter(book_id=job.book_id).exclude(status=Chapter.Status.SKIPPED)
    return FinalizingWork(
        characters=tuple(job.book.characters.values_list("name", flat=True)),
        chapters=tuple(
            continuity.ChapterLook(number, title, text)
            for number, title, text in chapters.order_by("number").values_list("number", "title", "text")
        ),
    )


async def perform(work: FinalizingWork, call: StepCall) -> list[dict[str, Any]]:
    return continuity.findings(characters=work.characters, chapters=work.chapters)


def settle(step: ClaimedStep, job: BookJob, found: list[dict[str, Any]] | None) -> progress.News:
    job.finalized = True
    job.options["findings"] = found or []
    return progress.News(changed=("finalized", "options"))
