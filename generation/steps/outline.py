"""The plan of the book: one call, checked against a schema, written as the book's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from books.models import Book
from generation import crews, estimates, progress, states, telling
from generation.briefs import brief_from_json
from generation.contract import Brief, Planned, TextProvider, Usage
from generation.layout import lay_out
from generation.models import BookJob
from generation.outlines import outline_to_json
from jobs.control import hold_job
from jobs.kinds import ClaimedStep, StepCall
from jobs.steps import NewStep

KIND = "generation.outline"


@dataclass(frozen=True, slots=True)
class OutlineWork:
    writer: TextProvider
    brief: Brief


def missing(job: BookJob) -> Sequence[NewStep]:
    if job.outline is not None:
        return ()
    provider = job.options["text"]
    estimate = estimates.outline_micros(provider, brief_from_json(job.request))
    return (NewStep(KIND, provider=provider, estimate_micros=estimate),)


def prepare(step: ClaimedStep) -> OutlineWork:
    job = BookJob.objects.get(pk=step.job_id)
    if states.move(job.pk, to=BookJob.Status.GENERATING_OUTLINE, stage="outline"):
        progress.tell(job.pk, status=BookJob.Status.GENERATING_OUTLINE, stage="outline")
    return OutlineWork(writer=crews.writer_of(job, step), brief=brief_from_json(job.request))


async def perform(work: OutlineWork, call: StepCall) -> Planned:
    return await work.writer.plan(work.brief, call)


def settle(step: ClaimedStep, job: BookJob, planned: Planned | None) -> progress.News:
    """Write the outline. Where a member wants to see it first, nothing more happens until it is approved."""
    if planned is None or job.outline is not None:
        return progress.News()
    job.outline = outline_to_json(planned.outline)
    job.awaiting_approval = bool(job.options.get("approve_outline"))
    job.external_job_id = planned.remote_id
    lay_out(job.book, planned.outline)
    crews.keep(job, planned.kept)
    if job.awaiting_approval:
        hold_job(job_id=job.pk)
        telling.tell("outline.ready", job, status=Book.Status.GENERATING)
    return progress.News(told={"outline": _contents(planned)}, changed=("outline", "external_job_id"))


def usage(planned: Planned) -> Usage | None:
    return planned.usage


def _contents(planned: Planned) -> list[dict[str, Any]]:
    return [{"number": one.number, "title": one.title} for one in planned.outline.chapters]
