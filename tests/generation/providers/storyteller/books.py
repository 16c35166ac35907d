"""Briefs and whole books for the tests of the storyteller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from generation.contract import CREATURES, Brief, ChapterRequest, HeroBrief, Kind, Language, Outline
from generation.providers.storyteller import Storyteller

PRONOUNS = ("she", "he", "they")


class NoCall:
    """The storyteller makes no remote calls; remembering one would be a mistake."""

    remote_id = ""

    async def remember(self, remote_id: str) -> None:
        raise AssertionError(f"no remote call was made, yet {remote_id} is remembered")


@dataclass(frozen=True)
class Book:
    brief: Brief
    outline: Outline
    texts: tuple[str, ...]

    @property
    def whole(self) -> str:
        return "\n\n".join(self.texts)


def run(awaitable: Any) -> Any:
    """The result of a coroutine that never waits."""
    try:
        awaitable.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("the storyteller waited for something")


def planned(brief: Brief) -> Outline:
    return run(Storyteller().plan(brief, NoCall())).outline


def written(request: ChapterRequest) -> str:
    return run(Storyteller().write(request, NoCall())).chapter.markdown


@lru_cache(maxsize=1024)
def book(brief: Brief) -> Book:
    outline = planned(brief)
    texts = tuple(written(ChapterRequest(brief, outline, chapter)) for chapter in outline.chapters)
    return Book(brief, outline, texts)


def brief(kind: Kind = "story", language: Language = "en", **changes: Any) -> Brief:
    empty = Brief(title="", topic="", goal="", kind=kind, language=language)
    return replace(empty, **changes)


@lru_cache(maxsize=8)
def shelf(language: Language, count: int = 200) -> tuple[Book, ...]:
    """Stories by seed, with every pronoun, age and companion in turn. The names begin with a vowel."""
    return tuple(
        book(
            brief(
                language=language,
                seed=seed,
                hero=HeroBrief(
                    name="Amina",
                    age=4 + seed % 5,
                    pronoun=PRONOUNS[seed % 3],
                    companion=CREATURES[seed % len(CREATURES)],
                    companion_name="Olive",
                    glasses=seed % 2 == 0,
                    freckles=seed % 4 == 0,
                ),
            )
        )
        for seed in range(count)
    )
