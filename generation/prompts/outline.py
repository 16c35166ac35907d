"""Asking for a book's plan, and the JSON schema that the answer has to follow.

The schema keeps to what strict structured output allows: every property required, none beside them.
"""

from __future__ import annotations

from typing import Any

from generation.contract import CREATURES, ITEMS, MOODS, PLACES, POSES, TIMES, WEATHERS, Brief
from generation.prompts.prompt import Prompt, Turn, fenced, paragraphs
from generation.prompts.wording import Wording, wording

SCHEMA_NAME = "book_outline"


def outline_prompt(brief: Brief) -> Prompt:
    words = wording(brief.language)
    task = paragraphs(
        request_of(brief, words),
        words.plan_now,
        chapter_count(brief, words),
        words.scenes if brief.kind == "story" else words.no_scenes,
    )
    system = paragraphs(words.planner[brief.kind], words.data_is_data, words.typography)
    return Prompt(system=system, turns=(Turn("user", task),))


def request_of(brief: Brief, words: Wording) -> str:
    """What the member asked for, each part between its own tags."""
    return paragraphs(
        fenced("title", brief.title),
        fenced("topic", brief.topic),
        fenced("goal", brief.goal),
        fenced("audience", brief.audience),
        fenced("tone", brief.tone),
        fenced("notes", "\n".join(f"- {note}" for note in brief.notes)),
        fenced("hero", hero_in_words(brief, words)),
    )


def hero_in_words(brief: Brief, words: Wording) -> str:
    hero = brief.hero
    if hero is None:
        return ""
    name = words.age.format(name=hero.name, age=hero.age)
    companion = " ".join(part for part in (hero.companion, hero.companion_name) if part)
    sentences = [f"{name}.", words.pronouns[hero.pronoun]]
    if companion:
        sentences.append(words.companion.format(companion=companion))
    return " ".join(sentences)


def chapter_count(brief: Brief, words: Wording) -> str:
    if brief.chapters:
        return words.chapter_count.format(count=brief.chapters)
    return words.chapter_count_free[brief.kind]


def outline_schema() -> dict[str, Any]:
    scene = _scene()
    return _object(
        title=_TEXT,
        subtitle=_TEXT,
        premise=_TEXT,
        bible=_object(
            characters=_list(_object(name=_TEXT, role=_TEXT, description=_TEXT)),
            places=_list(_object(name=_TEXT, description=_TEXT)),
            facts=_list(_TEXT),
        ),
        chapters=_list(
            _object(
                number={"type": "integer"},
                title=_TEXT,
                beats=_list(_TEXT),
                scene={"anyOf": [scene, {"type": "null"}]},
            )
        ),
        cover=scene,
    )


_TEXT = {"type": "string"}


def _scene() -> dict[str, Any]:
    return _object(
        place=_one_of(*PLACES, ""),
        time=_one_of(*TIMES),
        weather=_one_of(*WEATHERS),
        mood=_one_of(*MOODS),
        pose=_one_of(*POSES),
        item=_one_of(*ITEMS, ""),
        companion={"type": "boolean"},
        creatures=_list(_one_of(*CREATURES)),
        hero={"type": "boolean"},
        alt=_TEXT,
        description=_TEXT,
    )


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}
