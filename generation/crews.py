"""A journey whose text a crew writes: its run's row, what webhooks tell of it, and how far it is.

A webhook is nobody's word: it carries no signature. Its address cannot be guessed, what it tells is kept
aside, and counts once a look at the run agrees. What it does at once is to bring that look forward.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, Literal
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from books.models import Chapter
from generation import progress, states
from generation.contract import Outline, TextProvider
from generation.models import BookJob, CrewRun
from generation.outlines import outline_from_json, outline_to_json
from generation.providers import choice
from generation.providers.crewai import books
from generation.providers.crewai.client import is_id
from generation.providers.crewai.errand import Callbacks, CrewWorks, Errand, Heard, Progress
from generation.providers.crewai.provider import CrewText
from generation.providers.crewai.status import Tokens, task_from_json, tokens_in
from jobs.doorbell import ring
from jobs.errors import Busy
from jobs.kinds import ClaimedStep, Failure
from jobs.models import Job, Step
from jobs.states import StepStatus
from tenants.context import current, entered
from tenants.models import Organisation

Kind = Literal["task", "step", "crew"]
KINDS: Final[tuple[Kind, ...]] = ("task", "step", "crew")

_SIGNER = Signer(salt="generation.crews", sep=".")
_LANE: Final = "calls"
_FINALIZING = re.compile(r"final|edit|polish|review|compil|assembl|proof|format|quality|relect|corr")
_OUTLINING = re.compile(r"outline|plan|structure|contents|toc|sommaire|research|recherche")
_WRITING = re.compile(r"writ|chapter|draft|content|rédac|chapitre")
_APPROVED: Final = {
    "en": "Approved with changes. Write exactly these chapters, in this order and with these titles:",
    "fr": "Approuvé avec des changements. Écrivez ces chapitres, dans cet ordre et avec ces titres :",
}
_RUN_IS_OVER = frozenset({"crew_failed", "crew_lost", "crew_wrong_shape"})


# --- what the provider is given ----------------------------------------------------------------------------


def writer_of(job: BookJob, step: ClaimedStep) -> TextProvider:
    """Who writes for this step; a crew is told what is known of its run. Raises `ProviderMisconfigured`."""
    provider = job.options["text"]
    if choice.kind_of(provider) != choice.CREWAI:
        return choice.text_provider(provider)
    return CrewText(choice.crew_config(provider), errand_of(job, step))


def errand_of(job: BookJob, step: ClaimedStep) -> Errand:
    """What the crew's provider is told for one step, in the organisation entered."""
    run = _run_of(job)
    heard = run.heard
    return Errand(
        meta={
            "octavo_job": str(job.pk),
            "octavo_step": str(step.id),
            "octavo_organisation": str(current().organisation_id),
        },
        callbacks=callbacks(job.pk),
        kickoff_id=job.external_job_id,
        waited=(timezone.now() - run.waiting_since).total_seconds(),
        heard=Heard(
            count=heard.get("count", 0),
            kickoff_id=heard.get("kickoff_id", ""),
            task=heard.get("task", ""),
            outline=heard.get("outline"),
            usage=Tokens(**heard["usage"]) if heard.get("usage") else None,
        ),
        task=run.task,
        feedback=run.feedback,
        book=run.book,
        seen_finished=run.finished_seen,
        answered=run.answered,
    )


def callbacks(job_id: UUID) -> Callbacks:
    """Where the crew's webhooks of a journey go: on the platform's own host."""
    place = f"{settings.PUBLIC_URL}/webhooks/crews/{_SIGNER.sign(job_id.hex)}"
    return Callbacks(task=f"{place}/task/", step=f"{place}/step/", crew=f"{place}/crew/")


def has_book(job_id: UUID) -> bool:
    """Whether the crew has written the whole book, so that no chapter is to be asked for."""
    return CrewRun.objects.filter(pk=job_id).exclude(book=None).exists()


# --- what comes back ---------------------------------------------------------------------------------------


def on_waiting(step: ClaimedStep, error: Busy) -> None:
    """A look that found the crew at work: write down how far it is, and look anew if something was told."""
    if not isinstance(error, CrewWorks):
        return
    job = BookJob.objects.only("id", "status", "external_job_id", "awaiting_approval").get(pk=step.job_id)
    if error.kickoff_id and error.kickoff_id != job.external_job_id:
        BookJob.objects.filter(pk=job.pk).update(external_job_id=error.kickoff_id)
    run = CrewRun.objects.select_for_update().get(pk=step.job_id)
    if (error.finished and not run.finished_seen) or (error.answered and not run.answered):
        run.finished_seen, run.answered = run.finished_seen or error.finished, run.answered or error.answered
        run.save(update_fields=["finished_seen", "answered"])
    _show(job.pk, error.progress)
    if run.heard.get("count", 0) != error.heard:
        _look_now(step.job_id)


def keep(job: BookJob, kept: Mapping[str, Any] | None) -> Outline | None:
    """Write down what the provider wants to be handed back.

    Chapters that the crew wrote beyond its outline become the book's too: answers the outline with them then.
    """
    if kept is None:
        return None
    changes = {name: kept[name] for name in ("task", "book") if name in kept}
    CrewRun.objects.filter(pk=job.pk).update(**changes)
    book = kept.get("book")
    return _with_more(job, book["chapters"]) if book and job.outline is not None else None


def take_feedback(job: BookJob, before: Outline, after: Outline) -> None:
    """A member has approved the outline: what was changed travels to the crew as words."""
    if after.chapters != before.chapters or after.title != before.title:
        approved = _APPROVED[job.request.get("language", "en")]
        feedback = f"{approved}\n{after.title}\n{books.told_as_text(after.chapters)}"
        CrewRun.objects.filter(pk=job.pk).update(feedback=feedback)


def on_failure(step: ClaimedStep, failure: Failure) -> None:
    """A run that is over is forgotten, so that trying again begins another one."""
    if failure.code in _RUN_IS_OVER:
        BookJob.objects.filter(pk=step.job_id).update(external_job_id="")
        CrewRun.objects.filter(pk=step.job_id).update(heard={}, task="", answered=False, finished_seen=False)
    elif failure.code == "crew_went_on":
        CrewRun.objects.filter(pk=step.job_id).update(feedback="")


# --- webhooks ----------------------------------------------------------------------------------------------


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
        _look_now(job_id)
    return True


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
        name = told.get("task_id") if isinstance(told.get("task_id"), str) else task.name
        heard |= {"outline": outline, "task": str(name)[:120]}
    if kind == "crew" and (tokens := tokens_in(told)):
        heard["usage"] = asdict(tokens)
    return heard


def _look_now(job_id: UUID) -> None:
    """Bring the next look forward; one that is going on sees by `heard` that it was not the last."""
    waiting = Step.objects.filter(job_id=job_id, status=StepStatus.PENDING, error_code=CrewWorks.code)
    if waiting.update(next_run_at=Now()):
        ring(_LANE)


# --- progress ----------------------------------------------------------------------------------------------


def status_named(task: str) -> str | None:
    """Which of our states a crew's task belongs to, by the words in its name; None where it does not say."""
    name = task.casefold()
    status = BookJob.Status
    for words, belongs in (
        (_FINALIZING, status.FINALIZING),
        (_OUTLINING, status.GENERATING_OUTLINE),
        (_WRITING, status.WRITING_CHAPTERS),
    ):
        if words.search(name):
            return str(belongs)
    return None


def _show(job_id: UUID, seen: Progress) -> None:
    if not seen.task:
        return
    job = BookJob.objects.only("id", "options", "status", "purpose").get(pk=job_id)
    status = status_named(seen.task)
    planning = job.options.get("approve_outline") and not job.options.get("approved")
    if status and not planning and job.purpose == BookJob.Purpose.BOOK:
        states.move(job_id, to=status)
    label = seen.task.replace("_", " ").strip()
    BookJob.objects.filter(pk=job_id).update(writing=label, updated_at=timezone.now())
    told = {"task": seen.task, "done": seen.done, "total": seen.total}
    shown = BookJob.objects.values_list("status", flat=True).get(pk=job_id)
    progress.tell(job_id, status=shown, writing=label, crew=told)


def _run_of(job: BookJob) -> CrewRun:
    run, _made = CrewRun.objects.get_or_create(
        job=job, defaults={"waiting_since": timezone.now(), "retries": job.retries}
    )
    if run.retries != job.retries:  # tried again: the deadline begins anew
        run.retries, run.waiting_since = job.retries, timezone.now()
        run.save(update_fields=["retries", "waiting_since"])
    return run


def _with_more(job: BookJob, written: list[dict[str, str]]) -> Outline | None:
    outline = outline_from_json(job.outline)
    more = written[len(outline.chapters) :]
    if not more:
        return None
    plain = outline_to_json(outline)
    for place, one in enumerate(more, len(outline.chapters) + 1):
        plain["chapters"].append({"title": one["title"], "private": {books.PLACE: place}})
    grown = outline_from_json(plain)
    Chapter.objects.bulk_create(
        Chapter(book_id=job.book_id, number=plan.number, title=plan.title, plan=dict(plan.private))
        for plan in grown.chapters[len(outline.chapters) :]
    )
    job.outline = outline_to_json(grown)
    return grown
