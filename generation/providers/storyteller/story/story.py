"""Stories for children: the plan of one, and the words of a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generation.contract import Brief, ChapterRequest, HeroBrief, Language, Outline
from generation.providers.storyteller.instructions import understood
from generation.providers.storyteller.quoting import clean
from generation.providers.storyteller.seeding import Chance

from .cast import hero_of
from .english.lexicon import ENGLISH
from .french.lexicon import FRENCH
from .lexicon import Lexicon
from .outline import ENGINE, outlined
from .planner import plotted
from .plot import ROLES, Plot, Role
from .telling import Telling

LEXICONS: Mapping[Language, Lexicon] = {"en": ENGLISH, "fr": FRENCH}
_BEAT_LIMIT = 300
_MOST_BEATS = 4
_ATTEMPTS = 24


def plan_story(brief: Brief) -> Outline:
    """A story of 12 to 16 scenes, a chapter each."""
    hero = hero_of(brief)
    return outlined(brief=brief, plot=plotted(brief, hero), hero=hero, lexicon=LEXICONS[brief.language])


def write_story(request: ChapterRequest) -> str:
    """The Markdown of one chapter, from the facts that the chapter carries.

    With an instruction the wording differs from `previous` wherever the prose has another wording.
    """
    brief = request.brief
    hero = hero_of(brief)
    role, plot = _carried(request, hero)
    telling = Telling(plot, hero, LEXICONS[brief.language])
    if not request.instruction:
        return _told(request, telling, role)
    wish = understood(request.instruction)
    text = ""
    for attempt in range(_ATTEMPTS):
        variant = str(Chance(request.instruction, request.previous, attempt).below(1_000_000))
        text = _told(request, replace(telling, wish=wish, variant=variant), role)
        if text != request.previous:
            break
    return text


def _told(request: ChapterRequest, telling: Telling, role: Role | None) -> str:
    if role:
        return telling.scene(role)
    beats = [clean(beat, _BEAT_LIMIT) for beat in request.chapter.beats[:_MOST_BEATS]]
    return telling.added(request.chapter.number, [beat for beat in beats if beat])


def _carried(request: ChapterRequest, hero: HeroBrief) -> tuple[Role | None, Plot]:
    """The scene and plot of a chapter; no scene where the member added the chapter to the plan."""
    own = _read(request.chapter.private)
    if own:
        return own
    for chapter in request.outline.chapters:
        found = _read(chapter.private)
        if found:
            return None, found[1]
    return None, plotted(request.brief, hero)


def _read(private: Mapping[str, object]) -> tuple[Role, Plot] | None:
    role, plot = private.get("role"), private.get("plot")
    if private.get("engine") != ENGINE or role not in ROLES or not isinstance(plot, Mapping):
        return None
    try:
        restored = Plot.from_json(plot)
    except (KeyError, TypeError):
        return None
    return (role, restored) if restored.is_known() else None
