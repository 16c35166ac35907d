"""A chapter: written from its plan, gone on with where it stopped early, or written anew as a member asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from billing import limits
from billing.models import Metric
from books.models import Chapter
from collaboration import revisions
from collaboration.models import Revision
from generation import crews, estimates, progress
from generation.briefs import brief_from_json
from generation.contract import Brief, ChapterRequest, ChapterText, TextProvider, Usage, Written
from generation.models import BookJob
from generation.outlines import outline_from_json
from generation.providers import choice
from generation.providers.errors import UnusableAnswer
from jobs.errors import Skip
from jobs.kinds import ClaimedStep, StepCall
from jobs.steps import NewStep
from tenants import context

KIND = "generation.chapter"
MOST_CONTINUATIONS = 6
_STEP_OF_CONTINUATION = 1000  # step numbers: the chapter's own, and this much more for each time it goes on
_SENTENCE_END = re.compile(r"[.!?…][”’»\")*_]*(?:\s*\n\n|\s|\Z)")
_OPEN = (Chapter.Status.PLANNED, Chapter.Status.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class ChapterWork:
    writer: TextProvider
    request: ChapterRequest
    seen_revision: int


@dataclass(frozen=True, slots=True)
class ChapterResult:
    written: Written
    partial: str
    instruction: str
    seen_revision: int


def missing(job: BookJob) -> Sequence[NewStep]:
    """All chapters side by side, or where each needs to know what was written before it, the next one.

    A crew is asked once for the whole book, with its first chapter; the others are there then.
    """
    brief, asked_for = brief_from_json(job.request), job.options["text"]
    rows = Chapter.objects.filter(book_id=job.book_id, status__in=_OPEN).order_by("number")
    chapters = list(rows.only("id", "number", "revision"))
    if choice.kind_of(asked_for) == choice.CREWAI:
        written = crews.has_book(job.pk)
        chapters, asked_for = chapters if written else chapters[:1], "" if written else asked_for
    elif one_after_another(asked_for, brief):
        chapters = chapters[:1]
    return [
        _step(job, brief, chapter.pk, chapter.number, chapter.revision, provider=asked_for)
        for chapter in chapters
    ]


def rewriting(job: BookJob) -> Sequence[NewStep]:
    """The one step of a rewrite, until its text has come."""
    if job.options.get("rewritten"):
        return ()
    brief = brief_from_json(job.request)
    return (_step(job, brief, UUID(job.options["chapter"]), job.options["number"], 0),)


def one_after_another(provider: str, brief: Brief) -> bool:
    """A novel's chapters build on what was really written; the embedded planner knows it beforehand."""
    return brief.kind == "novel" and provider != choice.STORYTELLER


def prepare(step: ClaimedStep) -> ChapterWork:
    job = BookJob.objects.get(pk=step.job_id)
    chapter = Chapter.objects.get(pk=step.payload["chapter"])
    instruction = job.options.get("instruction", "")
    if chapter.status not in _OPEN and not instruction:
        raise Skip
    progress.tell(job.pk, writing=chapter.title, number=chapter.number)
    return ChapterWork(
        writer=crews.writer_of(job, step),
        request=_request(job, chapter, instruction),
        seen_revision=chapter.revision,
    )


async def perform(work: ChapterWork, call: StepCall) -> ChapterResult:
    written = await work.writer.write(work.request, call)
    if len(written.chapter.markdown) > revisions.LONGEST_TEXT:
        endless = UnusableAnswer(f"a chapter of {len(written.chapter.markdown)} characters")
        endless.used = written.usage
        raise endless
    return ChapterResult(
        written=written,
        partial=work.request.partial,
        instruction=work.request.instruction,
        seen_revision=work.seen_revision,
    )


def settle(step: ClaimedStep, job: BookJob, result: ChapterResult | None) -> progress.News:
    chapter = Chapter.objects.select_for_update().get(pk=step.payload["chapter"])
    grown = None
    if result is None:
        _leave_out(chapter)
    else:
        _save(step, chapter, result)
        _count(job, result)
        grown = crews.keep(job, result.written.kept)
    if chapter.status == Chapter.Status.INCOMPLETE:  # it stopped early, and goes on at once
        brief, times = brief_from_json(job.request), step.number // _STEP_OF_CONTINUATION + 1
        going_on = _step(job, brief, chapter.pk, chapter.number, times)
        return progress.News(steps=(going_on,), told=_ready(chapter))
    job.options["rewritten"] = True
    changed = ["options"] if job.purpose == BookJob.Purpose.CHAPTER else []
    changed += ["outline"] if grown else []
    return progress.News(told=_ready(chapter), changed=changed)


def usage(result: ChapterResult) -> Usage | None:
    return result.written.usage


def whole_sentences(text: str) -> str:
    """The text up to its last whole sentence: a sentence that broke off is written again, not glued."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""


def joined(partial: str, rest: str) -> str:
    """The whole sentences so far and their rest. Words that the writer repeats at the seam appear once."""
    if not partial:
        return rest.lstrip("\n")
    start, following = partial.rstrip(), rest.lstrip()
    following = following[_repeated(start, following) :]
    new_paragraph = rest.startswith("\n") or partial.endswith("\n\n")
    seam = "\n\n" if new_paragraph else " "
    return start + seam + following.lstrip()


def without_title(markdown: str, title: str) -> str:
    """The text without a heading that repeats the chapter's title: the page sets it."""
    first, _, rest = markdown.lstrip().partition("\n")
    heading = re.match(r"#{1,3}\s+(.+?)\s*#*$", first)
    if heading and _same(title) in _same(heading.group(1)):
        return rest.lstrip("\n")
    return markdown.strip("\n")


def _step(
    job: BookJob,
    brief: Brief,
    chapter_id: UUID,
    number: int,
    revision: int,
    *,
    provider: str | None = None,
) -> NewStep:
    """`provider` is empty where nothing is asked for: the text is there."""
    provider = job.options["text"] if provider is None else provider
    return NewStep(
        KIND,
        number=number + revision * _STEP_OF_CONTINUATION,
        payload={"chapter": str(chapter_id)},
        provider=provider,
        estimate_micros=estimates.chapter_micros(provider, brief) if provider else 0,
    )


def _request(job: BookJob, chapter: Chapter, instruction: str) -> ChapterRequest:
    brief, outline = brief_from_json(job.request), outline_from_json(job.outline)
    going_on = chapter.status == Chapter.Status.INCOMPLETE
    return ChapterRequest(
        brief=brief,
        outline=outline,
        chapter=outline.chapters[chapter.number - 1],
        summaries=_told_before(chapter) if one_after_another(job.options["text"], brief) else {},
        instruction=instruction,
        previous=job.options.get("previous", "") if instruction else "",
        partial=whole_sentences(chapter.text) if going_on else "",
    )


def _told_before(chapter: Chapter) -> dict[int, str]:
    rows = Chapter.objects.filter(book_id=chapter.book_id, number__lt=chapter.number)
    return {number: summary for number, summary in rows.values_list("number", "summary") if summary}


def _save(step: ClaimedStep, chapter: Chapter, result: ChapterResult) -> None:
    """Save the text as a revision, as what it is: whole, or to be gone on with.

    A member who wrote here meanwhile keeps the page: the new text is kept before theirs in the history.
    """
    answer = result.written.chapter
    text = joined(result.partial, without_title(answer.markdown, chapter.title))
    theirs = chapter.text if chapter.revision != result.seen_revision else None
    gone_on_enough = step.number // _STEP_OF_CONTINUATION >= MOST_CONTINUATIONS
    nothing_new = text.strip() == chapter.text.strip()
    complete = answer.complete or gone_on_enough or nothing_new or theirs is not None
    revision = revisions.write_chapter(
        chapter_id=chapter.pk,
        text=text,
        origin=Revision.Origin.AI,
        summary=answer.summary or _first_sentences(answer),
        instruction=result.instruction,
        complete=complete,
    )
    if theirs is not None:
        revision = revisions.write_chapter(
            chapter_id=chapter.pk, text=theirs, origin=Revision.Origin.RESTORED
        )
    chapter.status = Chapter.Status.WRITTEN if complete else Chapter.Status.INCOMPLETE
    if revision is not None:
        chapter.words = revision.words


def _count(job: BookJob, result: ChapterResult) -> None:
    """Words count as they were written, whatever becomes of them afterwards."""
    limits.count(
        context.current().organisation_id,
        Metric.WORDS_WRITTEN,
        revisions.count_words(result.written.chapter.markdown),
        person_id=job.created_by_id,
    )


def _leave_out(chapter: Chapter) -> None:
    """A member skipped the step: what is written stays, and a chapter without a text is left out."""
    if chapter.status in _OPEN:
        status = Chapter.Status.WRITTEN if chapter.text else Chapter.Status.SKIPPED
        Chapter.objects.filter(pk=chapter.pk).update(status=status)
        chapter.status = status


def _ready(chapter: Chapter) -> dict[str, Any]:
    return {
        "chapter": {
            "number": chapter.number,
            "title": chapter.title,
            "words": chapter.words,
            "status": chapter.status,
        }
    }


def _first_sentences(answer: ChapterText) -> str:
    plain = re.sub(r"[#*_>`|]", "", answer.markdown)
    return " ".join(plain.split())[:500]


def _repeated(start: str, rest: str) -> int:
    """How many characters of the rest's beginning the text ends with already; short echoes are chance."""
    for length in range(min(len(start), len(rest), 400), 24, -1):
        if start.endswith(rest[:length]):
            return length
    return 0


def _same(title: str) -> str:
    return "".join(character for character in title.casefold() if character.isalnum())
