"""Novels: a plan and cards, never prose that passes for a chapter."""

from __future__ import annotations

import re

import pytest

from generation.contract import PLACES, ChapterRequest, HeroBrief, Language
from tests.generation.providers.storyteller.books import book, brief, written


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_card_says_that_prose_needs_a_model(language: Language) -> None:
    made = book(
        brief("novel", language, topic="Two lighthouse keepers", goal="silence", hero=HeroBrief("Élise"))
    )

    assert len(made.outline.chapters) == 12
    for text in made.texts:
        first = text.splitlines()[0]
        assert first.startswith("> ")
        assert {"en": "connect a language model", "fr": "connectez un modèle de langue"}[language] in first
        assert text.count("?") >= 4
        assert "{" not in text
    assert "Élise" in made.whole
    assert {"en": "language model", "fr": "modèle de langue"}[language] in made.outline.premise
    assert all(chapter.scene and chapter.scene.place in PLACES for chapter in made.outline.chapters)


def test_cards_differ() -> None:
    made = book(brief("novel"))

    assert len(set(made.texts)) == 12
    assert len({chapter.title for chapter in made.outline.chapters}) == 12


@pytest.mark.parametrize("chapters", [1, 6, 9, 12, 50])
def test_number_of_cards_is_chosen_within_reason(chapters: int) -> None:
    assert len(book(brief("novel", chapters=chapters)).outline.chapters) == min(max(chapters, 6), 12)


def test_members_notes_are_dealt_out_word_for_word() -> None:
    notes = tuple(f"The {number}th lamp is out." for number in range(1, 31))
    made = book(brief("novel", notes=notes))

    for number, note in enumerate(notes, start=1):
        assert made.whole.count(f"- {note} [{number}]") == 1


def test_neutral_french_card_does_not_agree_with_the_protagonist() -> None:
    made = book(brief("novel", "fr", hero=HeroBrief("Camille", pronoun="they")))

    assert not re.search(
        r"Camille[^.?!|\n]*\b(?:seule?|prête?|perdue?|devenue?|allée?|partie?|changée?)\b|\b[Ii]l-même|[Ee]lle-même",
        made.whole,
    )


def test_card_can_be_shorter_longer_and_otherwise() -> None:
    made = book(brief("novel"))
    chapter, usual = made.outline.chapters[2], made.texts[2]
    shorter, longer, other = (
        written(ChapterRequest(made.brief, made.outline, chapter, instruction=wish, previous=usual))
        for wish in ("shorter", "longer", "another way")
    )

    assert len(shorter) < len(usual) < len(longer)
    assert other != usual
