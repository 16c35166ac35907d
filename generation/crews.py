"""A journey whose text a crew writes: what its provider is told and keeps, and how far the crew is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from books.models import Chapter
from generation import progress, states
from generation.contract import Outline, TextProvider
from generation.crew_webhooks import callbacks, is_awaited, look_now
from generation.models import BookJob, CrewRun
from generation.outlines import outline_from_json, outline_to_json
from generation.providers import choice
from generation.providers.crewai import books
from generation.providers.crewai.errand import CrewWorks, Errand, Heard, Progress
from generation.providers.crewai.provider import CrewText
from generation.providers.crewai.status import Tokens
from jobs.errors import Busy
from jobs.kinds import ClaimedStep, Failure
from jobs.models import Step
from tenants.context import current

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
    if error.kickoff_id:  # it answers: what failed before was passing
        Step.objects.filter(pk=step.id).update(attempts=0)
    _show(job.pk, error.progress)
    if run.heard.get("count", 0) != error.heard and is_awaited(run):
        look_now(step.job_id)


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


def begin_to_wait(job: BookJob) -> None:
    """The deadline begins anew: until now a member was waited for, not the crew."""
    CrewRun.objects.filter(pk=job.pk).update(waiting_since=timezone.now())


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
