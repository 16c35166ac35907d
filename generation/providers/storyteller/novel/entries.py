"""The shapes of a language's words for the plan of a novel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A scene card: what the chapter is for, what stands against what, how it turns, what to ask."""

    title: str
    beats: tuple[str, ...]
    purpose: str
    conflict: str
    turn: str
    questions: tuple[str, ...]
    place: str
    mood: str


@dataclass(frozen=True)
class NovelWords:
    cards: tuple[Card, ...]
    notice: str
    title: str
    untitled: str
    subtitle: str
    premise: str
    no_topic: str
    no_goal: str
    hero: str
    hero_role: str
    hero_note: str
    headings: tuple[str, str, str, str, str, str, str]
    notes_intro: str
    rows: tuple[str, ...]
    table_head: str
    checks: tuple[str, ...]
    deeper: tuple[str, ...]
    deeper_title: str
