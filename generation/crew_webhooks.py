"""What crews tell by webhooks. They carry no signature, so a webhook is nobody's word.

Its address cannot be guessed, what it tells is kept aside, and counts once a look at the run agrees. What it
does at once is to bring that look forward.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, Literal
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models.functions import Now

from generation.models import BookJob, CrewRun
from generation.providers.crewai import books
from generation.providers.crewai.client import is_id
from generation.providers.crewai.errand import Callbacks, CrewWorks
from generation.providers.crewai.status import name_in, task_from_json, tokens_in
from jobs.doorbell import ring
from jobs.models import Job, Step
from jobs.states import StepStatus
from tenants.context import entered
from tenants.models import Organisation

Kind = Literal["task", "step", "crew"]

_SIGNER = Signer(salt="generation.crews", sep=".")
_LANE: Final = "calls"


def callbacks(job_id: UUID) -> Callbacks:
    """Where the crew's webhooks of a journey go: on the platform's own host."""
    place = f"{settings.PUBLIC_URL}/webhooks/crews/{_SIGNER.sign(job_id.hex)}"
    return Callbacks(task=f"{place}/task/", step=f"{place}/step/", crew=f"{place}/crew/")


def job_of(token: str) -> UUID | None:
    """Whose webhooks come to this address; None for one that was never given out."""
    try:
        return UUID(hex=_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


def hear(*, job_id: UUID, kind: Kind, told: Mapping[str, Any]) -> bool:
    """Keep what a webhook tells, and look at the run; False where it is about nothing that is awaited."""
    job = Job.objects.filter(pk=job_id).only("organisation_id").first()
    if job is None:
        return False
    with entered(Organisation.objects.get(pk=job.organisation_id)), transaction.atomic():
        run = CrewRun.objects.select_for_update(of=("self",)).select_related("job").filter(pk=job_id).first()
        if run is None or run.job.is_over or not _is_of_this_run(run.job, told):
            return False
        if kind == "step" and (run.job.external_job_id or run.heard.get("kickoff_id")):
            return True  # an agent's thought: all that it can tell is that the run began
        run.heard = _heard(run.heard, kind, told)
        run.save(update_fields=["heard"])
        if is_awaited(run):
            look_now(job_id)
    return True


def is_awaited(run: CrewRun) -> bool:
    """Whether what was heard is worth a look: of a run that is done, only what it has used is."""
    return not run.finished_seen or "usage" in run.heard


def _is_of_this_run(job: BookJob, told: Mapping[str, Any]) -> bool:
    kickoff_id = told.get("kickoff_id") or told.get("execution_id")
    if not job.external_job_id:
        return is_id(kickoff_id)
    return bool(kickoff_id == job.external_job_id)


def _heard(before: Mapping[str, Any], kind: Kind, told: Mapping[str, Any]) -> dict[str, Any]:
    heard = {**before, "count": before.get("count", 0) + 1}
    heard["kickoff_id"] = told.get("kickoff_id") or told.get("execution_id")
    task = task_from_json(told) if kind == "task" else None
    if task is not None and (outline := books.outline_in(task.outputs)):
        heard |= {"outline": outline, "task": name_in(told, "task_id") or task.name}
    if kind == "crew" and (tokens := tokens_in(told)):
        heard["usage"] = asdict(tokens)
    return heard


def look_now(job_id: UUID) -> None:
    """Bring the next look forward; one that is going on sees by `heard` that it was not the last."""
    waiting = Step.objects.filter(job_id=job_id, status=StepStatus.PENDING, error_code=CrewWorks.code)
    if waiting.update(next_run_at=Now()):
        ring(_LANE)
