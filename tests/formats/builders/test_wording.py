"""What a book prints that nobody wrote for it."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from formats.builders.other_languages import words_in
from formats.builders.wording import Words, colophon, series_line, words_for
from tests.factories.manuscripts import manuscript_of
from tests.factories.sample_book import sample


def test_words_follow_the_books_language() -> None:
    assert words_for("fr-CA").contents == "Table des matières"
    assert words_for("ar").contents == "المحتويات"
    assert words_for("de-AT").chapter == "Kapitel"
    assert words_for("pt-BR").cover == words_for("en").cover == "Cover"
    assert words_for("xx") == words_for("en")


@pytest.mark.parametrize(
    "language", ["es", "de", "it", "pt", "nl", "sv", "pl", "ru", "el", "ar", "he", "ja", "zh", "ko"]
)
def test_every_language_has_the_same_words(language: str) -> None:
    names = {field.name for field in fields(Words)}
    assert set(words_in(language)) <= names
    assert len(words_in(language)) == len(words_in("es"))


def test_colophon_says_all_that_is_known_in_order() -> None:
    manuscript = manuscript_of(sample("novel"))
    lines = colophon(manuscript)
    assert lines[:7] == [
        "© 2026 Rosa Lind",
        "All rights reserved.",
        "Illustrated by Ida Berg",
        "Translated by Amadou Keïta",
        "Second edition",
        "Fern Street Press, March 2026",
        "Lights of the Sound, book 2",
    ]
    assert [line.split()[0] for line in lines[7:9]] == ["ISBN", "ISBN"]
    assert lines[9:] == ["Parts of this book were written with the help of software."]
    assert all(
        colophon(replace(manuscript, edition="", isbn_print="", series="", publisher="", published=None))
    )


@pytest.mark.parametrize(
    ("series", "number", "line"), [("Lights", "2", "Lights, book 2"), ("Lights", "", "Lights"), ("", "2", "")]
)
def test_series_line_needs_a_series(series: str, number: str, line: str) -> None:
    assert series_line(replace(manuscript_of(sample("novel")), series=series, series_number=number)) == line
