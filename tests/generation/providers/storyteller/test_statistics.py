"""Sentences and words of a Markdown text."""

from __future__ import annotations

import pytest

from generation.providers.storyteller.statistics import sentences, word_count


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("“Who?” asked Pip. “Me,” said Maya.", ["“Who?” asked Pip.", "“Me,” said Maya."]),
        (
            "« Qui\u202f? » demanda Pip. « Moi », dit Maya.",
            ["« Qui\u202f? » demanda Pip.", "« Moi », dit Maya."],
        ),
        ("# A title\n\nIt was *late*. So\nit was.", ["A title", "It was late.", "So it was."]),
        ("- one thing\n- [ ] another\n1. a third", ["one thing", "another", "a third"]),
        ("| A | B |\n|---|---|\n| One. Two. | x \\| y |", ["A", "B", "One.", "Two.", "x | y"]),
        ("It is 3.5 cm long. Élise knows.", ["It is 3.5 cm long.", "Élise knows."]),
        ("A fact.[^1] Another.\n\n[^1]: Note 1.", ["A fact.", "Another.", "Note 1."]),
        ("Plip … Plop.\n\n\\*literal\\* stays.", ["Plip …", "Plop.", "*literal* stays."]),
        ("", []),
    ],
)
def test_sentences_are_found(markdown: str, found: list[str]) -> None:
    assert sentences(markdown) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("It’s a well-known fact.", 4), ("l’eau est là", 3), ("*one* (two), “three”", 3)],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count
