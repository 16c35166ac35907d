"""Which sentences a prompt needs; each language says them in its own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generation.contract import Kind, Language, Pronoun
from generation.prompts import english, french


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language. Those with braces are filled by `str.format`, never from user text."""

    planner: Mapping[Kind, str]
    writer: Mapping[Kind, str]
    data_is_data: str
    typography: str
    plan_now: str
    chapter_count: str
    chapter_count_free: Mapping[Kind, str]
    scenes: str
    no_scenes: str
    write_now: str
    length: Mapping[Kind, str]
    last_chapter: str
    rewrite: str
    go_on: str
    summarise: str
    age: str
    pronouns: Mapping[Pronoun, str]
    companion: str


def wording(language: Language) -> Wording:
    source = french if language == "fr" else english
    return Wording(**{field: getattr(source, field.upper()) for field in Wording.__slots__})
