"""The end: the book is finished, and those who wait for it are told."""

from __future__ import annotations

from collections.abc import Sequence

from generation import announcements, progress
from generation.models import BookJob
from jobs.kinds import ClaimedStep, StepCall
from jobs.steps import NewStep

KIND = "generation.announcing"


def missing(job: BookJob) -> Sequence[NewStep]:
    return () if job.status == BookJob.Status.COMPLETED else (NewStep(KIND),)


def prepare(step: ClaimedStep) -> None:
    return None


async def perform(work: None, call: StepCall) -> bool:
    return True


def settle(step: ClaimedStep, job: BookJob, done: bool | None) -> progress.News:
    announcements.finished(job)
    return progress.News()
