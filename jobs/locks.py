"""Locking jobs: the first thing that is done by whoever moves a step or decides that a stage is done."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from jobs.models import Job
from jobs.states import JobState


def lock_job(job_id: UUID) -> Job:
    """The job with its row locked until the transaction ends."""
    return Job.objects.select_for_update(no_key=True).get(pk=job_id)


def lock_jobs(job_ids: Collection[UUID]) -> dict[UUID, Job]:
    """Several jobs, locked in the order of their ids so that two who do this never wait for each other."""
    locked = Job.objects.select_for_update(no_key=True).filter(pk__in=list(job_ids)).order_by("pk")
    return {job.pk: job for job in locked}


def runs(job: Job) -> bool:
    return job.state == JobState.RUNNING and not job.cancel_requested
