"""How a chapter's pieces are put together."""

from __future__ import annotations

import pytest

from generation.steps.chapter import joined, whole_sentences, without_title


@pytest.mark.parametrize(
    ("partial", "rest", "whole"),
    [
        ("", "\n\nAll of it.", "All of it."),
        ("It began.", "It went on.", "It began. It went on."),
        ("It began. ", "\n\nIt went on.", "It began.\n\nIt went on."),
        ("It began.\n\n", "It went on.", "It began.\n\nIt went on."),
        (
            "Once there was a garden behind the wall.",
            "Once there was a garden behind the wall. It grew.",
            "Once there was a garden behind the wall. It grew.",
        ),
        ("So it is.", "So it is.", "So it is. So it is."),
    ],
)
def test_rest_of_a_chapter_joins_its_beginning(partial: str, rest: str, whole: str) -> None:
    assert joined(partial, rest) == whole


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One. Two. Thr", "One. Two. "),
        ("« Va ! » dit-il. Puis", "« Va ! » dit-il. "),
        ("“Go.” She we", "“Go.” "),
        ("A paragraph.\n\nAnother on", "A paragraph.\n\n"),
        ("no sentence at all", ""),
        ("The end.", "The end."),
    ],
)
def test_sentence_that_broke_off_is_written_again(text: str, kept: str) -> None:
    assert whole_sentences(text) == kept


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Part 1\n\nText.", "Text."),
        ("## Chapter 1: Part 1\n\nText.", "Text."),
        ("## Soil\n\nText.", "## Soil\n\nText."),
        ("Text with # Part 1.", "Text with # Part 1."),
    ],
)
def test_repeated_title_is_taken_off(markdown: str, text: str) -> None:
    assert without_title(markdown, "Part 1") == text
