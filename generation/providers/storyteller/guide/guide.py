"""Plans guides and writes their chapters: from a member's notes, or as a workbook where there are none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generation.contract import Bible, Brief, ChapterPlan, ChapterRequest, Character, Language, Outline, Scene
from generation.providers.storyteller.instructions import Wish, understood
from generation.providers.storyteller.quoting import PHRASE_LIMIT, TITLE_LIMIT, clean, literal
from generation.providers.storyteller.seeding import Chance
from generation.providers.storyteller.story.cast import hero_of
from generation.providers.storyteller.story.english.grammar import alt as english_alt
from generation.providers.storyteller.story.french.grammar import alt as french_alt
from generation.providers.storyteller.story.keywords import hits

from .english import WORDS as ENGLISH
from .entries import GuideWords, Module, Pack
from .french import WORDS as FRENCH
from .notes import Group, Note, given, grouped, read_notes
from .writing import cell, cited, module_slots, note_chapter, rendered, typeset

ENGINE = "guide/1"
WORDS: Mapping[Language, GuideWords] = {"en": ENGLISH, "fr": FRENCH}

_FEWEST, _MOST = 6, 9
_ORDER = ("stand", "goal", "find_out", "people", "place", "money", "calendar", "risks", "review")
# Left out first where a shorter workbook is asked for.
_DISPENSABLE = ("money", "place", "people")
_ALTS = {"en": english_alt, "fr": french_alt}
_ATTEMPTS = 12
# First words that carry a capital only because they come first: an English topic stands inside sentences.
_LOWERED = re.compile(
    r"^(?!Beijing|Nanjing|Wyoming)(?:[A-Z][a-z]+ing|A|An|The|My|Our|Your|How|What|Why|When|Where|First|To|Some|Small|Better|Good)\b"
)


@dataclass(frozen=True)
class Material:
    """A brief read once: its words, its notes and the field it speaks of."""

    brief: Brief
    words: GuideWords
    notes: tuple[Note, ...]
    pack: Pack
    extra: tuple[str, ...]

    @property
    def language(self) -> Language:
        return self.brief.language

    def topic_slots(self) -> dict[str, str]:
        """The member's own words for the middle of a sentence, literal in Markdown."""
        topic = clean(self.brief.topic, PHRASE_LIMIT).rstrip(" .")
        goal = clean(self.brief.goal, 2 * PHRASE_LIMIT).rstrip(" .")
        return {
            "topic": literal(_lowered(topic, self.language)) or typeset(self.words.no_topic, self.language),
            "goal": literal(goal) or typeset(self.words.no_goal, self.language),
        }


def plan_guide(brief: Brief) -> Outline:
    """A workbook of 6 to 9 chapters, or a guide with a chapter for each group of notes."""
    material = _read(brief)
    words, language = material.words, brief.language
    chapters = _note_chapters(material) if material.notes else _workbook_chapters(material)
    premise = words.premise_notes if material.notes else words.premise_workbook
    return Outline(
        title=_title(material),
        subtitle=clean(brief.goal, TITLE_LIMIT) or typeset(words.workbook_subtitle, language),
        premise=typeset(premise, language),
        bible=Bible(
            characters=(
                Character(
                    typeset(words.reader_role, language), "reader", typeset(words.reader_note, language)
                ),
            ),
            facts=tuple(f"{note.text} [{note.number}]" for note in material.notes),
        ),
        chapters=tuple(chapters),
        cover=_scene(
            material,
            "book",
            material.pack.place,
            f"The cover of a workbook about: {clean(brief.topic, PHRASE_LIMIT)}.",
        ),
    )


def write_guide(request: ChapterRequest) -> str:
    """The Markdown of one chapter, from the brief and what the chapter carries."""
    material = _read(request.brief)
    if not request.instruction:
        return _written(material, request, Wish(), "")
    text = ""
    for attempt in range(_ATTEMPTS):
        variant = str(Chance(request.instruction, request.previous, attempt).below(1_000_000))
        text = _written(material, request, understood(request.instruction), variant)
        if text != request.previous:
            break
    return text


def _read(brief: Brief) -> Material:
    words = WORDS[brief.language]
    pack, extra = _fitting(f"{brief.title} {brief.topic} {brief.goal}", words)
    return Material(brief, words, read_notes(brief.notes, brief.language), pack, extra)


def _fitting(text: str, words: GuideWords) -> tuple[Pack, tuple[str, ...]]:
    """The field that the words speak of most, and two questions of the next one."""
    found = hits(text, {key: pack.words for key, pack in words.packs.items()})
    ranked = sorted(found, key=lambda key: (-found[key], list(words.packs).index(key)))
    if not ranked:
        return words.general, ()
    second = words.packs[ranked[1]] if len(ranked) > 1 else words.general
    return words.packs[ranked[0]], second.questions[:2]


def _title(material: Material) -> str:
    given = clean(material.brief.title, TITLE_LIMIT)
    topic = clean(material.brief.topic, PHRASE_LIMIT).rstrip(" .")
    if given or not topic:
        return given or typeset(material.words.untitled, material.language)
    pattern = material.words.guide_title if material.notes else material.words.workbook_title
    return typeset(pattern, material.language).replace("{topic}", topic[:1].upper() + topic[1:])


def _workbook_chapters(material: Material) -> list[ChapterPlan]:
    count = min(max(material.brief.chapters or _MOST, _FEWEST), _MOST)
    left_out = _DISPENSABLE[: _MOST - count]
    names = [name for name in _ORDER if name not in left_out]
    return [
        _chapter(material, number, material.words.modules[name], {"part": name})
        for number, name in enumerate(names, start=1)
    ]


def _note_chapters(material: Material) -> list[ChapterPlan]:
    words = material.words
    chapters = [_chapter(material, 1, words.starting, {"part": "starting"})]
    used: set[str] = set()
    wanted = min(max((material.brief.chapters or 0) - 3, 0), 12) or max(2, min(6, len(material.notes) // 3))
    groups = grouped(material.notes, groups=wanted, topic=material.brief.topic, language=material.language)
    for index, group in enumerate(groups):
        title = _group_title(material, group, used)
        used.add(title)
        beats = tuple(f"{note.text} [{note.number}]" for note in group.notes[:3])
        own = {
            "part": "notes",
            "numbers": [note.number for note in group.notes],
            "keys": list(group.keys),
            "index": index,
        }
        item = ("seed", "bell", "shell", "feather", "flower", "apple")[index % 6]
        chapters.append(_chapter(material, len(chapters) + 1, Module(title, item, beats, ""), own))
    chapters.append(_chapter(material, len(chapters) + 1, words.closing, {"part": "closing"}))
    about = Module(words.about_title, words.about_item, words.about_beats, "")
    chapters.append(_chapter(material, len(chapters) + 1, about, {"part": "about"}))
    return chapters


def _group_title(material: Material, group: Group, used: set[str]) -> str:
    words = material.words
    keys = list(group.keys[:2])
    title = f" {words.and_word} ".join(keys) if keys else words.other_title
    title = clean(title[:1].upper() + title[1:], 60)
    return title if title not in used else f"{title} ({group.notes[0].number})"


def _chapter(material: Material, number: int, module: Module, own: Mapping[str, object]) -> ChapterPlan:
    language = material.language
    title = typeset(module.title, language) if module.text else module.title
    action = f"A picture for a chapter of a workbook, called “{title}”."
    return ChapterPlan(
        number=number,
        title=title,
        beats=tuple(typeset(beat, language) if module.text else beat for beat in module.beats),
        scene=_scene(material, module.item, material.pack.place if number % 2 else "desk", action),
        private={"engine": ENGINE, **own},
    )


def _scene(material: Material, item: str, place: str, action: str) -> Scene:
    """A picture without people: an object that fits, at a desk or where the subject is at home."""
    scene = Scene(place=place, time="day", mood="calm", pose="stand", item=item, companion=False, hero=False)
    hero = hero_of(Brief("", "", "", "guide", material.language))
    described = _ALTS[material.language](scene, hero)
    return Scene(
        place=scene.place, time=scene.time, mood=scene.mood, pose=scene.pose, item=item, companion=False, hero=False,
        alt=described, description=f"{action} {english_alt(scene, hero)}",
    )  # fmt: skip


def _written(material: Material, request: ChapterRequest, wish: Wish, variant: str) -> str:
    own = request.chapter.private if request.chapter.private.get("engine") == ENGINE else {}
    part = str(own.get("part", ""))
    chance = Chance(material.brief.seed, "guide", part, own.get("index", ""), variant)
    words, language = material.words, material.language
    topic = material.topic_slots()
    if part == "notes":
        group = _own_group(material, own)
        number = _whole(own.get("index"))
        return note_chapter(
            group=group, number=number, words=words, topic=topic, wish=wish, chance=chance, language=language
        )
    slots = module_slots(material.pack, material.extra, topic, language)
    if part == "starting":
        return rendered(
            words.starting.text,
            {**slots, **_overview(material, request.outline)},
            wish=wish,
            chance=chance,
            language=language,
        )
    if part == "closing":
        return rendered(
            words.closing.text,
            {**slots, **_plan(material, request.outline)},
            wish=wish,
            chance=chance,
            language=language,
        )
    if part == "about":
        return rendered(
            words.about.notes, {**slots, **_sources(material)}, wish=wish, chance=chance, language=language
        )
    module = words.modules.get(part) or _added(material)
    slots["beats"] = "\n".join(
        f"- {literal(beat)}" for beat in (clean(beat, 300) for beat in request.chapter.beats) if beat
    )
    about = rendered(words.about.workbook, topic, wish=wish, chance=chance, language=language)
    return rendered(module.text, {**slots, "about": about}, wish=wish, chance=chance, language=language)


def _added(material: Material) -> Module:
    """Room for a chapter that the member put into the plan: their beats, and the questions that always help."""
    find_out = material.words.modules["find_out"]
    return replace(find_out, text="{beats}\n\n" + find_out.text[find_out.text.index("\n## ") :])


def _own_group(material: Material, own: Mapping[str, object]) -> Group:
    """The group that the plan gave the chapter, by the notes' numbers, as far as they are still there."""
    numbers, keys = own.get("numbers"), own.get("keys")
    if isinstance(numbers, Sequence) and isinstance(keys, Sequence):
        notes = tuple(note for note in material.notes if note.number in numbers)
        if notes:
            return Group(notes, tuple(str(key) for key in keys))
    return Group(material.notes, ())


def _overview(material: Material, outline: Outline) -> dict[str, str]:
    words = material.words
    rows = []
    for chapter in outline.chapters:
        own = chapter.private
        if own.get("part") == "notes":
            group = _own_group(material, own)
            numbers = ", ".join(f"[{note.number}]" for note in group.notes)
            rows.append(
                f"| {cell(literal(clean(chapter.title, 120)))} | {cell(literal(', '.join(group.keys)))} | {numbers} |"
            )
    count = (
        words.count_one
        if len(material.notes) == 1
        else words.count_many.replace("{number}", str(len(material.notes)))
    )
    return {"overview_rows": "\n".join(rows), "count": count}


def _plan(material: Material, outline: Outline) -> dict[str, str]:
    words, language = material.words, material.language
    steps = [note for note in material.notes if note.kind == "step"]
    if steps:
        rows = [f"| {cell(cited(note))} | | | |" for note in steps]
        table = typeset(words.steps_head, language) + "\n|---|---|---|---|\n" + "\n".join(rows)
    else:
        table = typeset(words.steps_none, language)
    return {"steps_table": table, "missing": _missing(material, outline)}


def _missing(material: Material, outline: Outline) -> str:
    words, language = material.words, material.language
    lines = []
    for chapter in outline.chapters:
        if chapter.private.get("part") != "notes":
            continue
        has = given(_own_group(material, chapter.private).notes)
        kinds = zip(("figure", "reason", "step"), words.missing_rows, strict=True)
        what = ", ".join(label for kind, label in kinds if kind not in has)
        if what:
            title = literal(clean(chapter.title, 120))
            lines.append(
                typeset(words.missing_line, language)
                .replace("{what}", typeset(what, language))
                .replace("{title}", title)
            )
    return "\n".join(lines) or typeset(words.missing_all, language)


def _sources(material: Material) -> dict[str, str]:
    listed = "\n".join(f"- {cited(note)}" for note in material.notes)
    rows = "\n".join(f"| {note.number} | | | |" for note in material.notes[:40])
    return {"note_list": listed, "source_rows": rows}


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _lowered(topic: str, language: Language) -> str:
    return topic[:1].lower() + topic[1:] if language == "en" and _LOWERED.match(topic) else topic
