"""The shapes of a language's words for guides and workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Module:
    """A chapter of authored scaffolding. `item` is what its picture shows."""

    title: str
    item: str
    beats: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Pack:
    """Questions and rows that suit a field; `words` are the beginnings of words that speak of it."""

    words: tuple[str, ...]
    questions: tuple[str, ...]
    roles: tuple[str, ...]
    resources: tuple[str, ...]
    money: tuple[str, ...]
    risks: tuple[str, ...]
    season_prompt: str
    place: str


@dataclass(frozen=True)
class About:
    notes: str
    workbook: str


@dataclass(frozen=True)
class GuideWords:
    """Everything that a guide says in one language besides the member's own sentences."""

    modules: Mapping[str, Module]
    general: Pack
    packs: Mapping[str, Pack]
    workbook_title: str
    untitled: str
    guide_title: str
    no_topic: str
    no_goal: str
    workbook_subtitle: str
    premise_workbook: str
    premise_notes: str
    reader_role: str
    reader_note: str
    starting: Module
    closing: Module
    about_title: str
    about_item: str
    about_beats: tuple[str, ...]
    about: About
    note_chapter: str
    intros: tuple[str, ...]
    reasons_title: str
    steps_title: str
    figures_title: str
    figures_head: str
    exercises: tuple[str, ...]
    check: str
    gap_reason: str
    gap_step: str
    gap_figure: str
    gap_none: str
    steps_head: str
    steps_none: str
    missing_rows: tuple[str, str, str]
    missing_line: str
    missing_all: str
    single_key: str
    and_word: str
    count_one: str
    count_many: str
    kinds: tuple[str, str, str, str]
    other_title: str
