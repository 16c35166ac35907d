"""Asking for a chapter: for the first time, anew after an instruction, or the rest of one that broke off."""

from __future__ import annotations

from generation.contract import ChapterPlan, ChapterRequest, Outline
from generation.prompts.outline import request_of
from generation.prompts.prompt import Prompt, Turn, fenced, paragraphs
from generation.prompts.wording import Wording, wording


def chapter_prompt(request: ChapterRequest) -> Prompt:
    """The rules, the book and its plan come first and are the same for every chapter."""
    brief, words = request.brief, wording(request.brief.language)
    turns = [Turn("user", paragraphs(_the_book(request, words), _the_task(request, words)))]
    if request.partial:
        turns += [Turn("assistant", request.partial), Turn("user", words.go_on)]
    system = paragraphs(words.writer[brief.kind], words.data_is_data, words.typography)
    return Prompt(system=system, turns=tuple(turns))


def _the_book(request: ChapterRequest, words: Wording) -> str:
    outline = request.outline
    return paragraphs(
        request_of(request.brief, words),
        fenced("premise", outline.premise),
        fenced("bible", _bible(outline)),
        fenced("outline", "\n".join(_contents_line(chapter) for chapter in outline.chapters)),
    )


def _the_task(request: ChapterRequest, words: Wording) -> str:
    chapter, total = request.chapter, len(request.outline.chapters)
    told = "\n".join(f"{number}. {text}" for number, text in sorted(request.summaries.items()))
    return paragraphs(
        fenced("summaries", told),
        fenced("chapter", "\n".join([_contents_line(chapter), *(f"- {beat}" for beat in chapter.beats)])),
        words.write_now.format(number=chapter.number, total=total, title=_plain(chapter.title)),
        words.length[request.brief.kind],
        words.last_chapter if chapter.number == total else "",
        fenced("text", request.previous),
        fenced("instruction", request.instruction),
        words.rewrite if request.instruction else "",
        words.summarise if request.brief.kind == "novel" else "",
    )


def _bible(outline: Outline) -> str:
    bible = outline.bible
    return "\n".join(
        [
            *(f"- {one.name} ({one.role}): {one.description}" for one in bible.characters),
            *(f"- {place.name}: {place.description}" for place in bible.places),
            *(f"- {fact}" for fact in bible.facts),
        ]
    )


def _contents_line(chapter: ChapterPlan) -> str:
    return f"{chapter.number}. {chapter.title}"


def _plain(title: str) -> str:
    """A title on one line, without what would close its quotation marks or open a tag."""
    return " ".join(title.translate(str.maketrans("<>“”«»", "      ")).split())
