"""Outlines as JSON: what is stored, what a model answers with, and what a member edits before approving."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from generation.contract import (
    CREATURES,
    ITEMS,
    MOODS,
    PLACES,
    POSES,
    TIMES,
    WEATHERS,
    Bible,
    ChapterPlan,
    Character,
    Outline,
    Place,
    Scene,
)

MOST_CHAPTERS = 120
LONGEST_TITLE = 200
LONGEST_SENTENCE = 2_000

_VOCABULARY: dict[str, Sequence[str]] = {
    "place": PLACES,
    "time": TIMES,
    "weather": WEATHERS,
    "mood": MOODS,
    "pose": POSES,
    "item": ITEMS,
}
_UNSET = Scene()
_LONGEST = {"name": 120, "role": 200}


class OutlineFault(Exception):
    """The outline cannot be used as it is. `field` names the place, as in "chapters.3.title"."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def outline_to_json(outline: Outline) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(outline)))
    return plain


def outline_from_json(data: Any) -> Outline:
    """Read an outline. Chapters are numbered anew from 1; a word outside the vocabulary of scenes is dropped
    rather than refused, since a description says the same. Raises `OutlineFault`.
    """
    source = _mapping(data, "outline")
    return Outline(
        title=_line(source, "title", required=True),
        subtitle=_line(source, "subtitle"),
        premise=_text(source, "premise"),
        bible=_bible(_mapping(source.get("bible") or {}, "bible")),
        chapters=_chapters(source.get("chapters")),
        cover=scene_from_json(source.get("cover") or {}),
    )


def scene_from_json(data: Any) -> Scene:
    source = _mapping(data, "scene")
    words: dict[str, Any] = {
        name: source.get(name) if source.get(name) in known else getattr(_UNSET, name)
        for name, known in _VOCABULARY.items()
    }
    creatures = source.get("creatures") or ()
    return Scene(
        **words,
        companion=bool(source.get("companion", True)),
        hero=bool(source.get("hero", True)),
        creatures=tuple(one for one in creatures if one in CREATURES),
        alt=_text(source, "alt", longest=500),
        description=_text(source, "description"),
    )


def edited_outline(outline: Outline, edits: Mapping[str, Any]) -> Outline:
    """The outline with a member's edits: `title`, `subtitle`, `premise` and `chapters`, each optional.

    A chapter of the edits keeps the scene and the planner's notes of the one whose `number` it carries;
    chapters may be renamed, reordered, left out, or added without a number. Raises `OutlineFault`.
    """
    changed = {name: edits[name] for name in ("title", "subtitle", "premise") if name in edits}
    fresh = outline_from_json({**outline_to_json(outline), **changed})
    if "chapters" not in edits:
        return fresh
    known = {chapter.number: chapter for chapter in outline.chapters}
    chapters = [
        _edited_chapter(known, _mapping(one, f"chapters.{place}"), place)
        for place, one in enumerate(_list(edits["chapters"], "chapters"), 1)
    ]
    if not chapters:
        raise OutlineFault("chapters", _("A book needs at least one chapter."))
    return replace(fresh, chapters=tuple(chapters))


def _edited_chapter(known: Mapping[int, ChapterPlan], edit: Mapping[str, Any], place: int) -> ChapterPlan:
    before = known.get(edit.get("number", 0))
    merged = {**(asdict(before) if before else {}), **edit}
    return _chapter(merged, place)


def _bible(source: Mapping[str, Any]) -> Bible:
    return Bible(
        characters=tuple(_records(Character, source.get("characters"), "bible.characters")),
        places=tuple(_records(Place, source.get("places"), "bible.places")),
        facts=_sentences(source.get("facts"), "bible.facts"),
    )


def _records(kind: Any, data: Any, where: str) -> list[Any]:
    records = []
    for place, one in enumerate(_list(data or [], where), 1):
        source = _mapping(one, f"{where}.{place}")
        values = {
            field.name: _text(source, field.name, longest=_LONGEST.get(field.name, LONGEST_SENTENCE))
            for field in fields(kind)
        }
        if values["name"]:
            records.append(kind(**values))
    return records


def _chapters(data: Any) -> tuple[ChapterPlan, ...]:
    chapters = _list(data, "chapters")
    if not chapters:
        raise OutlineFault("chapters", _("A book needs at least one chapter."))
    if len(chapters) > MOST_CHAPTERS:
        raise OutlineFault("chapters", _("A book has at most %(limit)d chapters.") % {"limit": MOST_CHAPTERS})
    return tuple(_chapter(_mapping(one, f"chapters.{place}"), place) for place, one in enumerate(chapters, 1))


def _chapter(source: Mapping[str, Any], number: int) -> ChapterPlan:
    where = f"chapters.{number}"
    private = source.get("private")
    return ChapterPlan(
        number=number,
        title=_line(source, "title", required=True, where=where),
        beats=_sentences(source.get("beats"), f"{where}.beats"),
        scene=scene_from_json(source["scene"]) if source.get("scene") else None,
        private=private if isinstance(private, Mapping) else {},
    )


def _sentences(data: Any, where: str) -> tuple[str, ...]:
    sentences = (str(one).strip()[:LONGEST_SENTENCE] for one in _list(data or [], where))
    return tuple(sentence for sentence in sentences if sentence)


def _line(source: Mapping[str, Any], name: str, *, required: bool = False, where: str = "") -> str:
    text = " ".join(_text(source, name).split())[:LONGEST_TITLE]
    if required and not text:
        raise OutlineFault(f"{where}.{name}" if where else name, _("A title is needed here."))
    return text


def _text(source: Mapping[str, Any], name: str, *, longest: int = LONGEST_SENTENCE) -> str:
    value = source.get(name)
    return value.replace("\0", "").strip()[:longest] if isinstance(value, str) else ""


def _mapping(data: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise OutlineFault(where, _("This part of the outline is missing or has the wrong form."))
    return data


def _list(data: Any, where: str) -> Sequence[Any]:
    if not isinstance(data, Sequence) or isinstance(data, str | bytes):
        raise OutlineFault(where, _("This part of the outline is missing or has the wrong form."))
    return data
