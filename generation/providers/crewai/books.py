"""Finding the outline and the chapters in what a crew's tasks give: by their shape, whatever tasks are called.

An outline is `{"chapters": [{"title", "description"}]}`, a chapter `{"title", "content"}`, a book the same
list of chapters with their content; each as JSON, or as text that is JSON, also within a fence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from collaboration.revisions import LONGEST_TEXT
from generation.contract import Brief, ChapterPlan, ChapterRequest, Outline
from generation.outlines import MOST_CHAPTERS, OutlineFault, outline_from_json
from generation.providers.crewai.failures import WrongShape
from generation.providers.crewai.status import Status, Task, plain

PLACE: Final = "crew_chapter"  # in a plan's private notes: which of the crew's chapters it is, from 1
_FENCED = re.compile(r"```(?:json)?\s*\n(.*?)\n\s*```", re.DOTALL)

Chapters = list[dict[str, str]]


def outline_in(outputs: Iterable[Any]) -> dict[str, Any] | None:
    """The first outline among the outputs of a task, as plain JSON with `title` and `chapters`."""
    for output in map(_read, outputs):
        chapters = _list_of_chapters(output)
        if chapters and all(_line(one, "title") and not _text(one, "content") for one in chapters):
            told = output if isinstance(output, Mapping) else {}
            return {
                **{name: _text(told, name)[:2_000] for name in ("title", "subtitle", "premise")},
                "chapters": [
                    {"title": _line(one, "title"), "description": _text(one, "description")[:2_000]}
                    for one in chapters[:MOST_CHAPTERS]
                ],
            }
    return None


def book_of(status: Status) -> dict[str, Any]:
    """The book of a run that is done: `chapters` with `title` and `content`, and its outline, if it is told.

    The result counts; where it is no book, the last task that gave one; else single chapters, put together.
    Raises `WrongShape`.
    """
    chapters = _checked(_book_in(status.results) or _book_of_tasks(status.tasks))
    outlines = (outline_in(task.outputs) for task in status.tasks)
    return {"chapters": chapters, "outline": next(filter(None, outlines), None)}


def chapter_of(status: Status, title: str) -> str:
    """The text of one chapter that was written anew. Raises `WrongShape`."""
    chapters = _checked(
        _book_in(status.results) or _single_in(status.results) or _book_of_tasks(status.tasks)
    )
    named = [one for one in chapters if _same(one["title"]) == _same(title)]
    if len(named) == 1 or len(chapters) == 1:
        return (named or chapters)[0]["content"]
    raise WrongShape(f"{len(chapters)} chapters where one was asked for")


def outline_of(found: Mapping[str, Any], brief: Brief) -> Outline:
    """The plan of a book, from a crew's outline. Raises `WrongShape`."""
    title = brief.title or found.get("title") or brief.topic
    chapters = [_plan(place, one, brief) for place, one in enumerate(found["chapters"], 1)]
    cover = {"alt": title, "description": f"{title}. {brief.topic}"}
    try:
        return outline_from_json({**found, "title": title, "chapters": chapters, "cover": cover})
    except OutlineFault as fault:
        raise WrongShape(f"outline: {fault}") from fault


def outline_of_book(book: Mapping[str, Any], brief: Brief) -> Outline:
    """The plan of a book that is there already: its chapters are those that were written."""
    told = book.get("outline") or {}
    said = {_same(one["title"]): one["description"] for one in told.get("chapters", ())}
    chapters = [
        {"title": one["title"], "description": said.get(_same(one["title"]), "")} for one in book["chapters"]
    ]
    return outline_of({**told, "chapters": chapters}, brief)


def text_of(book: Mapping[str, Any], request: ChapterRequest) -> str | None:
    """The crew's text of a planned chapter; None where it wrote none for it.

    The title decides; where no chapter has it, the place that the crew's own outline gave it, unless the
    crew was told of a member's changes: then the place that it has now.
    """
    chapters: Chapters = book["chapters"]
    named = [one for one in chapters if _same(one["title"]) == _same(request.chapter.title)]
    if len(named) == 1:
        return named[0]["content"]
    place = request.chapter.number if book.get("as_edited") else request.chapter.private.get(PLACE)
    if not isinstance(place, int) or not 1 <= place <= len(chapters):
        return None
    return chapters[place - 1]["content"]


def told_as_text(chapters: Sequence[ChapterPlan]) -> str:
    """An outline as a person would write it down for the crew."""
    return "\n".join(f"{one.number}. {one.title}: {' '.join(one.beats)}".rstrip(": ") for one in chapters)


def _plan(place: int, chapter: Mapping[str, str], brief: Brief) -> dict[str, Any]:
    description = chapter["description"]
    scene = {"alt": chapter["title"], "description": description or chapter["title"]}
    return {
        "title": chapter["title"],
        "beats": [description] if description else [],
        "private": {PLACE: place},
        "scene": scene if brief.kind == "story" else None,
    }


def _book_in(outputs: Iterable[Any]) -> Chapters:
    for output in map(_read, outputs):
        listed = _list_of_chapters(output)
        chapters = [chapter for chapter in map(_chapter, listed) if chapter]
        if chapters and len(chapters) == len(listed):
            return chapters
    return []


def _single_in(outputs: Iterable[Any]) -> Chapters:
    found = map(_chapter, map(_read, outputs))
    return next(([one] for one in found if one), [])


def _book_of_tasks(tasks: Sequence[Task]) -> Chapters:
    for task in reversed(tasks):
        if whole := _book_in(task.outputs):
            return whole
    written: dict[str, dict[str, str]] = {}  # a later version of a chapter takes its place
    for task in tasks:
        for chapter in _single_in(task.outputs):
            written[_same(chapter["title"])] = chapter
    return list(written.values())


def _checked(chapters: Chapters) -> Chapters:
    if not chapters:
        raise WrongShape("no chapters with a title and content")
    if len(chapters) > MOST_CHAPTERS:
        raise WrongShape(f"{len(chapters)} chapters")
    longest = max(len(one["content"]) for one in chapters)
    if longest > LONGEST_TEXT:
        raise WrongShape(f"a chapter of {longest} characters")
    return chapters


def _chapter(data: Any) -> dict[str, str] | None:
    if not isinstance(data, Mapping):
        return None
    title, content = _line(data, "title"), _text(data, "content")
    return {"title": title, "content": content} if title and content else None


def _list_of_chapters(data: Any) -> list[Mapping[str, Any]]:
    """Empty where one of them is no object."""
    listed = data.get("chapters") if isinstance(data, Mapping) else data
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        return []
    return listed


def _read(output: Any) -> Any:
    if not isinstance(output, str):
        return output
    fenced = _FENCED.search(output)
    try:
        return json.loads(fenced.group(1) if fenced else output)
    except (ValueError, RecursionError):
        return None


def _line(data: Mapping[str, Any], name: str) -> str:
    return " ".join(_text(data, name).split())[:200]


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return plain(value).strip() if isinstance(value, str) else ""


def _same(title: str) -> str:
    return "".join(character for character in title.casefold() if character.isalnum())
