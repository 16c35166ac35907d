"""What members ask the pipeline for: a book, its approval, a stop, another try, one chapter anew.

Each is one transaction that asks for permission where a person's right is in question, reserves what the plan
and the budget allow, and writes the rows and the first steps.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from billing import limits
from books import states as book_states
from books.models import Book, Chapter, Hero
from collaboration import permissions
from formats import freshness, records
from formats.models import BookFormat, FormatType
from generation import crews, journey, layout, progress, states, telling
from generation.batches.following import BATCH_ROW
from generation.briefs import InvalidBrief, brief_from_json, brief_to_json, checked_brief, clean
from generation.contract import Brief, HeroBrief, Kind, Language
from generation.errors import NotPossibleNow
from generation.kinds import SUBJECT
from generation.models import BookJob
from generation.outlines import OutlineFault, edited_outline, outline_from_json, outline_to_json
from generation.providers import choice
from generation.steps import formats as formats_step
from generation.steps import outline as outline_step
from insights import recording
from insights.actions import Action
from jobs import control
from jobs.models import Job, Step
from jobs.states import ForbiddenMove
from tenants import context
from tenants.accounts.models import User
from tenants.keys import uuid7
from tenants.models import Membership

__all__ = [
    "InvalidBrief",
    "approve_outline",
    "cancel_book",
    "commission_book",
    "rebuild_formats",
    "refresh_formats",
    "regenerate_chapter",
    "retry_book",
    "skip_step",
]

LONGEST_INSTRUCTION = 2_000
LONGEST_AUTHOR = 120


def commission_book(
    *,
    membership: Membership,
    topic: str = "",
    title: str = "",
    goal: str = "",
    kind: str = "guide",
    language: str = "en",
    audience: str = "",
    tone: str = "",
    notes: Sequence[str] = (),
    hero: HeroBrief | None = None,
    chapters: int | None = None,
    dedication: str = "",
    author_name: str = "",
    style: str = "cutpaper",
    seed: int | None = None,
    approve_outline: bool = False,
    budget_micros: int | None = None,
    priority: int = 0,
    batch_row: UUID | None = None,
) -> tuple[Book, BookJob]:
    """Begin a book. It is planned, written, illustrated and typeset by workers; this returns at once.

    `budget_micros` limits what its calls may cost, in micro-units of the currency. Steps of a higher
    `priority` are done first. `batch_row` is the row that the book is made for, where it is one of a batch.
    Raises `InvalidBrief` with sentences by field, `billing.limits.LimitReached` where the plan is used up,
    `PermissionDenied`.
    """
    if not permissions.can_commission(membership):
        raise PermissionDenied
    brief = checked_brief(
        Brief(
            title=title,
            topic=topic,
            goal=goal,
            kind=cast(Kind, kind),
            language=cast(Language, language),
            audience=audience,
            tone=tone,
            notes=tuple(notes),
            hero=hero or _invented_hero(kind, language),
            chapters=chapters,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            style=style,
            dedication=dedication,
        )
    )
    author = membership.user
    with transaction.atomic():
        taken = limits.reserve_book(context.current().organisation_id, membership=membership)
        book = _new_book(brief, author, clean(author_name)[:LONGEST_AUTHOR] or author.get_full_name())
        job = _start(
            book,
            purpose=BookJob.Purpose.BOOK,
            brief=brief,
            author=author,
            options={
                "approve_outline": approve_outline,
                "taken": taken.as_json(),
                **({BATCH_ROW: str(batch_row)} if batch_row else {}),
            },
            budget_micros=budget_micros,
            priority=priority,
        )
        recording.record(Action.BOOK_COMMISSIONED, actor=author, resource=book)
        telling.tell("book.created", job, status=book.status)
    return book, job


def approve_outline(
    *,
    job: BookJob,
    chapters: Sequence[Mapping[str, Any]] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    premise: str | None = None,
    actor: User | None = None,
) -> BookJob:
    """Begin the writing, with the outline as it stands or as edited.

    A chapter of `chapters` has `title`, `beats` and, where it is one of the outline's, its `number`; the list
    is the book's new order. Raises `InvalidBrief`, `NotPossibleNow`.
    """
    given = {"chapters": chapters, "title": title, "subtitle": subtitle, "premise": premise}
    edits = {name: value for name, value in given.items() if value is not None}
    with transaction.atomic():
        job = _locked(job.pk)
        if not job.awaiting_approval or job.is_over:
            raise NotPossibleNow(_("This outline is not waiting for approval."))
        if edits:
            _take_edits(job, edits)
        job.awaiting_approval = False
        job.options["approved"] = True
        crews.begin_to_wait(job)
        control.resume_job(job_id=job.pk, steps=())
        journey.advance(job)
        progress.record(job, progress.News(changed=("options", "outline")))
        recording.record(Action.BOOK_OUTLINE_APPROVED, actor=actor, resource=job.book)
    return job


def cancel_book(*, job: BookJob, actor: User | None = None) -> BookJob:
    """Stop. What is written stays; a call that is already out is paid for, its answer is not used.

    A book of which nothing was planned yet is given back to the plan. Raises `NotPossibleNow`.
    """
    with transaction.atomic():
        if not control.request_cancel(job_id=job.pk):
            raise NotPossibleNow(_("This book is no longer in the making."))
        job = _locked(job.pk)
        if job.purpose == BookJob.Purpose.BOOK and job.outline is None:
            _give_back(job)
        recording.record(Action.BOOK_CANCELLED, actor=actor, resource=job.book)
    return job


def retry_book(*, job: BookJob, actor: User | None = None) -> BookJob:
    """Go on with a book that stopped: only what is missing is made. `NotPossibleNow`, `LimitReached`."""
    with transaction.atomic():
        job = _locked(job.pk)
        if job.options.pop("given_back", False):
            _take_again(job, actor)
        try:
            control.retry_job(job_id=job.pk)
        except ForbiddenMove:
            raise NotPossibleNow(_("There is nothing to try again: this book has not stopped.")) from None
        job.refresh_from_db()
        recording.record(Action.BOOK_RETRIED, actor=actor, resource=job.book)
    return job


def _give_back(job: BookJob) -> None:
    """To the counts of the day on which the book was begun."""
    if taken := job.options.pop("taken", None):
        limits.release(context.current().organisation_id, limits.Taken.from_json(taken))
        job.options["given_back"] = True
        BookJob.objects.filter(pk=job.pk).update(options=job.options)


def _take_again(job: BookJob, actor: User | None) -> None:
    organisation_id = context.current().organisation_id
    members = Membership.objects.filter(organisation_id=organisation_id)
    membership = members.filter(user=actor).first() if actor else None
    job.options["taken"] = limits.reserve_book(organisation_id, membership=membership).as_json()
    BookJob.objects.filter(pk=job.pk).update(options=job.options)


def regenerate_chapter(*, membership: Membership, chapter: Chapter, instruction: str) -> BookJob:
    """Have one chapter written anew as the instruction says; the book's files follow by themselves.

    The text so far stays in the chapter's history and can be restored. Raises `InvalidBrief` for an
    instruction that is empty or too long, `NotPossibleNow` while the book is being made, `PermissionDenied`.
    """
    book = chapter.book
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    instruction = _checked_instruction(instruction)
    if chapter.status == Chapter.Status.PLANNED or _in_the_making(book):
        raise NotPossibleNow(_("Wait until the book is finished, then have this chapter rewritten."))
    options = {
        "instruction": instruction,
        "chapter": str(chapter.pk),
        "number": chapter.number,
        "previous": chapter.text,
    }
    with transaction.atomic():
        job = _start(
            book,
            purpose=BookJob.Purpose.CHAPTER,
            brief=brief_of(book),
            author=membership.user,
            options=options,
            outline=outline_to_json(layout.outline_of(book)),
        )
        details = {"number": chapter.number, "title": chapter.title}
        recording.record(Action.CHAPTER_REGENERATED, actor=membership.user, resource=book, details=details)
    return job


def skip_step(*, step: Step, actor: User | None = None) -> None:
    """Go on without a step that was stopped: its chapter, picture or file is left out. `NotPossibleNow`."""
    job = BookJob.objects.get(pk=step.job_id)
    if step.kind == outline_step.KIND:
        raise NotPossibleNow(_("A book cannot go on without its outline."))
    with transaction.atomic():
        try:
            control.skip_step(step_id=step.pk)
        except ForbiddenMove:
            raise NotPossibleNow(_("Only a part that was stopped can be skipped.")) from None
        details = {"kind": step.kind, "number": step.number}
        recording.record(Action.STEP_SKIPPED, actor=actor, resource=job.book, details=details)


def rebuild_formats(*, book: Book, actor: User | None = None, not_before: datetime | None = None) -> BookJob:
    """Make the book's files again from its text as it will be then. Those that are the same are not built."""
    return _start(
        book,
        purpose=BookJob.Purpose.FORMATS,
        brief=brief_of(book),
        author=actor,
        options={},
        not_before=not_before,
    )


def refresh_formats(*, membership: Membership, book: Book, formats: Sequence[str] = ()) -> BookJob | None:
    """Make the files that are not of the present text and design, or of `formats` those that are not.

    None where everything is up to date: nothing is started then. Raises `NotPossibleNow` for a book that is
    not finished, `PermissionDenied`.
    """
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    if book.status != Book.Status.READY:
        raise NotPossibleNow(_("The files are made at the end, once every chapter is written."))
    with transaction.atomic():
        Book.objects.select_for_update(no_key=True).get(pk=book.pk)
        rows = [row for row in records.expect_formats(book) if row.format in (formats or FormatType.values)]
        under_way = book.jobs.exclude(status__in=states.OVER).first()
        if under_way is not None:  # what waits is made by that job
            rows = [row for row in rows if row.status != BookFormat.Status.PENDING]
        behind = freshness.behind(book, rows, disclosure=formats_step.disclosure_of(book))
        settled = [row.pk for row in rows if row.format not in behind]
        BookFormat.objects.filter(pk__in=settled).update(status=BookFormat.Status.READY, error="")
        if not behind:
            return under_way
        recording.record(
            Action.FORMATS_ASKED, actor=membership.user, resource=book, details={"formats": sorted(behind)}
        )
        return _start(
            book,
            purpose=BookJob.Purpose.FORMATS,
            brief=brief_of(book),
            author=membership.user,
            options={formats_step.ONLY: sorted(behind)},
        )


def brief_of(book: Book) -> Brief:
    """What the book was made from, with the title that it has today."""
    job = book.jobs.filter(purpose=BookJob.Purpose.BOOK).only("request").first()
    if job is not None:
        return brief_from_json({**job.request, "title": book.title})
    return Brief(
        title=book.title,
        topic=book.topic,
        goal=book.goal,
        kind=cast(Kind, book.kind),
        language=cast(Language, book.language),
        audience=book.audience,
        tone=book.tone,
        notes=tuple(book.notes),
        seed=book.seed,
        style=book.style,
        dedication=book.dedication,
    )


def _new_book(brief: Brief, author: User, author_name: str) -> Book:
    book = Book.objects.create(
        kind=brief.kind,
        language=brief.language,
        title=brief.title,
        topic=brief.topic,
        goal=brief.goal,
        audience=brief.audience,
        tone=brief.tone,
        notes=list(brief.notes),
        dedication=brief.dedication,
        author_name=author_name,
        style=brief.style or "cutpaper",
        seed=brief.seed,
        hero=_new_hero(brief.hero, author),
        author=author,
    )
    book_states.move(book.pk, to=Book.Status.GENERATING)
    book.status = Book.Status.GENERATING
    return book


def _new_hero(hero: HeroBrief | None, author: User) -> Hero | None:
    if hero is None:
        return None
    looks = asdict(hero)
    own = {name: looks.pop(name) for name in ("name", "age", "pronoun", "companion", "companion_name")}
    return Hero.objects.create(**own, looks=looks, created_by=author)


def _invented_hero(kind: str, language: str) -> HeroBrief | None:
    """A story needs someone it is about, also where nobody was named."""
    if kind != "story":
        return None
    return HeroBrief(name="Camille" if language == "fr" else "Robin")


def _start(
    book: Book,
    *,
    purpose: str,
    brief: Brief,
    author: User | None,
    options: dict[str, Any],
    outline: dict[str, Any] | None = None,
    budget_micros: int | None = None,
    priority: int = 0,
    not_before: datetime | None = None,
) -> BookJob:
    """The two rows of a journey, under one id, and the steps that may begin."""
    options |= {"text": choice.text_provider_name(), "pictures": choice.picture_provider_name()}
    job_id: UUID = uuid7()
    author_id = author.pk if author else None
    with transaction.atomic():
        if purpose != BookJob.Purpose.BOOK:
            asked = options.get(formats_step.ONLY, FormatType.values)
            book.formats.filter(format__in=asked).update(status=BookFormat.Status.PENDING)
        control.start_job(
            subject_type=SUBJECT,
            subject_id=job_id,
            job_id=job_id,
            steps=(),
            budget_micros=budget_micros,
            priority=priority,
            created_by=author_id,
            payload={"book": str(book.pk), "title": book.display_title},
        )
        job = BookJob.objects.create(
            id=job_id,
            book=book,
            purpose=purpose,
            request=brief_to_json(brief),
            options=options,
            outline=outline,
            created_by_id=author_id,
        )
        job.refresh_from_db()
        journey.begin(job, not_before=not_before)
    return job


def _take_edits(job: BookJob, edits: Mapping[str, Any]) -> None:
    before = outline_from_json(job.outline)
    try:
        outline = edited_outline(before, edits)
    except OutlineFault as fault:
        raise InvalidBrief({fault.field: [fault.message]}) from fault
    if edits.get("title"):
        job.book.title = outline.title
    job.outline = outline_to_json(outline)
    layout.lay_out(job.book, outline)
    crews.take_feedback(job, before, outline)


def _checked_instruction(instruction: str) -> str:
    cleaned = clean(instruction, lines=True)
    if not cleaned:
        raise InvalidBrief({"instruction": [_("Say what should be different.")]})
    if len(cleaned) > LONGEST_INSTRUCTION:
        message = _("This is %(length)d characters long. Shorten it to %(limit)d at most.")
        numbers = {"length": len(cleaned), "limit": LONGEST_INSTRUCTION}
        raise InvalidBrief({"instruction": [message % numbers]})
    return cleaned


def _in_the_making(book: Book) -> bool:
    running = book.jobs.exclude(status__in=states.OVER)
    return running.exclude(purpose=BookJob.Purpose.FORMATS).exists()


def _locked(job_id: UUID) -> BookJob:
    """The journey, with its job's row locked first, as every step that settles locks it."""
    Job.objects.select_for_update(no_key=True).get(pk=job_id)
    return BookJob.objects.select_related("book").get(pk=job_id)
