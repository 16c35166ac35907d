"""What a crew asks for, filled from what a member wants: every value a string, as AMP demands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

from generation.contract import Brief, ChapterRequest, HeroBrief
from generation.providers.crewai.books import told_as_text
from generation.providers.crewai.failures import missing_inputs
from generation.providers.errors import ProviderMisconfigured

INSTRUCTION: Final = "instruction"  # a crew that asks for it can write one chapter anew
_LANGUAGES: Final = {"en": "English", "fr": "French"}

# Other names that crews give to the same things.
_FROM_BRIEF: Final[dict[str, Callable[[Brief], str]]] = {
    "title": lambda brief: brief.title or brief.topic,
    "topic": lambda brief: brief.topic,
    "goal": lambda brief: brief.goal,
    "kind": lambda brief: brief.kind,
    "language": lambda brief: _LANGUAGES[brief.language],
    "audience": lambda brief: brief.audience,
    "tone": lambda brief: brief.tone,
    "style": lambda brief: brief.style,
    "notes": lambda brief: "\n".join(brief.notes),
    "dedication": lambda brief: brief.dedication,
    "hero": lambda brief: _hero(brief.hero),
    "chapters": lambda brief: str(brief.chapters or ""),
}
_ALIASES: Final = {
    "book_title": "title",
    "subject": "topic",
    "target_audience": "audience",
    "number_of_chapters": "chapters",
    "num_chapters": "chapters",
    "chapter_count": "chapters",
}
KNOWN: Final = (*_FROM_BRIEF, *_ALIASES)
_OF_A_REWRITE: Final = (INSTRUCTION, "previous", "chapter", "chapter_title", "chapter_number", "outline")


def inputs_for(brief: Brief, wanted: Collection[str]) -> dict[str, str]:
    """Raises `ProviderMisconfigured` (crew_inputs) naming what a book does not have.

    What only a chapter that is written anew has is empty for a whole book.
    """
    if unknown := unknown_inputs(wanted):
        raise missing_inputs(", ".join(name[:60] for name in unknown[:20]))
    return {name: _value(brief, name) for name in wanted}


def inputs_for_rewrite(request: ChapterRequest, wanted: Collection[str]) -> dict[str, str]:
    """Raises `ProviderMisconfigured` (crew_cannot_rewrite) where the crew asks for no instruction."""
    if INSTRUCTION not in wanted:
        raise ProviderMisconfigured("no input called instruction", code="crew_cannot_rewrite")
    chapter = request.chapter
    own = {
        INSTRUCTION: request.instruction,
        "previous": request.previous,
        "chapter": chapter.title,
        "chapter_title": chapter.title,
        "chapter_number": str(chapter.number),
        "outline": told_as_text(request.outline.chapters),
    }
    filled = inputs_for(request.brief, wanted)
    return {name: own.get(name, value) for name, value in filled.items()}


def unknown_inputs(wanted: Iterable[str]) -> list[str]:
    return [name for name in wanted if name not in KNOWN and name not in _OF_A_REWRITE]


def _value(brief: Brief, name: str) -> str:
    found = _FROM_BRIEF.get(_ALIASES.get(name, name))
    return found(brief) if found else ""


def _hero(hero: HeroBrief | None) -> str:
    if hero is None:
        return ""
    companion = f", with {hero.companion_name or 'a companion'}, a {hero.companion}" if hero.companion else ""
    return f"{hero.name}, {hero.age} years old{companion}"
