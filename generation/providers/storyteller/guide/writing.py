"""Puts a guide's chapter together from its scaffolding and the member's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generation.contract import Language
from generation.providers.storyteller.instructions import Wish
from generation.providers.storyteller.quoting import literal
from generation.providers.storyteller.seeding import Chance

from .entries import GuideWords, Pack
from .notes import Group, Note, figures, given

_SLOT = re.compile(r"\{([a-z_]+)\}")
_FRENCH_NARROW, _FRENCH_WIDE = "\u202f", "\u00a0"


def rendered(text: str, slots: Mapping[str, str], *, wish: Wish, chance: Chance, language: Language) -> str:
    """A module's text with its slots filled and its blocks kept or left out as wished."""
    blocks = []
    for raw in re.split(r"\n\s*\n", text.strip()):
        block = raw.strip()
        if block.startswith("++ ") and wish.length != "longer":
            continue
        if block.startswith("+ ") and wish.length == "shorter":
            continue
        block = re.sub(r"^\++ ", "", block)
        block = chance.one(block.split(" // "))
        filled = _SLOT.sub(lambda match: slots[match[1]], typeset(block, language)).strip()
        if filled:
            blocks.append(filled)
    return "\n\n".join(blocks)


def typeset(text: str, language: Language) -> str:
    """The typography of authored words; a member's own words are left as they typed them."""
    text = text.replace("'", "’").replace(" ...", "…").replace("...", "…")
    if language == "fr":
        text = text.replace("« ", "«" + _FRENCH_NARROW).replace(" »", _FRENCH_NARROW + "»")
        text = re.sub(r" ([;!?])", _FRENCH_NARROW + r"\1", text).replace(" :", _FRENCH_WIDE + ":")
    return text


def module_slots(
    pack: Pack, extra: Sequence[str], words: Mapping[str, str], language: Language
) -> dict[str, str]:
    """What a workbook's modules can be filled with. `extra` are questions of a second fitting field."""
    questions = (*pack.questions, *extra)
    slots = {
        "question_rows": _rows(questions, 3),
        "role_rows": _rows(pack.roles, 4),
        "resource_rows": _rows(pack.resources, 5),
        "money_rows": _rows(pack.money, 5),
        "risk_rows": _rows(pack.risks, 5),
        "season_prompt": pack.season_prompt,
    }
    return {**{key: typeset(value, language) for key, value in slots.items()}, **words}


def note_chapter(
    *,
    group: Group,
    number: int,
    words: GuideWords,
    topic: Mapping[str, str],
    wish: Wish,
    chance: Chance,
    language: Language,
) -> str:
    """A chapter of notes: what they state, why, what to do, which figures; then questions and what is missing."""
    kinds = {
        kind: [note for note in group.notes if note.kind == kind]
        for kind in ("statement", "reason", "step", "figure")
    }
    keys = [literal(key) for key in group.keys] or [words.single_key]
    slots = {
        **topic,
        "intro": typeset(words.intros[number % len(words.intros)], language).replace(
            "{keys}", _listed(keys[:3], words.and_word)
        ),
        "statements": " ".join(cited(note) for note in kinds["statement"]),
        "reasons": _section(words.reasons_title, [f"- {cited(note)}" for note in kinds["reason"]]),
        "steps": _section(
            words.steps_title,
            [f"{count}. {cited(note)}" for count, note in enumerate(kinds["step"], start=1)],
        ),
        "figures": _figures_section(words, kinds["figure"]),
        "exercises": _exercises(words, keys, chance, language, wish),
        "checks": "\n".join(
            "- [ ] " + typeset(words.check, language).replace("{number}", str(note.number))
            for note in group.notes[:3]
        ),
        "gaps": typeset("\n".join(f"- {gap}" for gap in gaps(group, words)), language),
    }
    return rendered(words.note_chapter, slots, wish=wish, chance=chance, language=language)


def gaps(group: Group, words: GuideWords) -> list[str]:
    """What a group of notes lacks, as sentences; never empty."""
    has = given(group.notes)
    missing = (("reason", words.gap_reason), ("step", words.gap_step), ("figure", words.gap_figure))
    return [sentence for kind, sentence in missing if kind not in has] or [words.gap_none]


def cited(note: Note) -> str:
    """A note word for word, with its number."""
    return f"{literal(note.text)} [{note.number}]"


def cell(text: str) -> str:
    """Text for a cell of a table, with the bars that would part it escaped by `literal` already."""
    return text.replace("\n", " ")


def _figures_section(words: GuideWords, notes: Sequence[Note]) -> str:
    if not notes:
        return ""
    rows = [f"| {cell(literal(figures(note.text)))} | {cell(cited(note))} |" for note in notes]
    return f"### {words.figures_title}\n\n{words.figures_head}\n|---|---|\n" + "\n".join(rows)


def _section(title: str, lines: Sequence[str]) -> str:
    return f"### {title}\n\n" + "\n".join(lines) if lines else ""


def _exercises(words: GuideWords, keys: Sequence[str], chance: Chance, language: Language, wish: Wish) -> str:
    count = {"shorter": 2, "usual": 3, "longer": 5}[wish.length]
    chosen = chance.shuffled(words.exercises)[:count]
    lines = [
        f"{number}. " + typeset(exercise, language).replace("{key}", keys[number % len(keys)])
        for number, exercise in enumerate(chosen, start=1)
    ]
    return "\n".join(lines)


def _rows(labels: Sequence[str], columns: int) -> str:
    return "\n".join(f"| {label} |" + " |" * (columns - 1) for label in labels)


def _listed(things: Sequence[str], conjunction: str) -> str:
    if len(things) == 1:
        return things[0]
    return ", ".join(things[:-1]) + f" {conjunction} " + things[-1]
