"""Codes of subjects: their form, and the headings of a list that the operator supplied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from books import subjects
from books.subjects import BadSubject, Heading

CODES = {
    "en": {"Y": "Children’s, Teenage", "YFB": "Children’s fiction: general", "YFP": "Animal stories"},
    "fr": {"Y": "Jeunesse", "YFB": "Fictions jeunesse : général", "YFP": "Histoires d’animaux"},
}


@pytest.fixture
def lists(settings: Any, tmp_path: Path) -> Path:
    """Lists in the shape in which EDItEUR publishes them."""
    settings.DATA = tmp_path
    folder = tmp_path / "thema"
    folder.mkdir()
    for language, codes in CODES.items():
        rows = [{"CodeValue": code, "CodeDescription": text} for code, text in codes.items()]
        shape = {"CodeList": {"ThemaCodes": {"Code": rows}}}
        (folder / f"20250410_Thema_v1.6_{language}.json").write_text(json.dumps(shape), encoding="utf-8")
    return folder


@pytest.fixture
def no_lists(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.mark.parametrize("code", ["Y", "YFB", "AKLC1", "5AC", "1DDF-FR-L", "4Z-US-AB"])
def test_thema_codes_have_their_form(no_lists: None, code: str) -> None:
    assert subjects.checked_code("thema", f" {code.lower()} ") == code


@pytest.mark.parametrize("code", ["", "B", "9AB", "YFB!", "Y FB", "JUV001000X", "ÝFB", "1DDF-"])
def test_other_forms_are_no_thema_codes(no_lists: None, code: str) -> None:
    with pytest.raises(BadSubject, match="is no Thema code"):
        subjects.checked_code("thema", code)


def test_bisac_codes_have_their_form() -> None:
    assert subjects.checked_code("bisac", "juv001000") == "JUV001000"
    for wrong in ("", "JUV", "JUV00100", "JU1001000"):
        with pytest.raises(BadSubject, match="is no BISAC code"):
            subjects.checked_code("bisac", wrong)


def test_other_schemes_are_not_taken() -> None:
    with pytest.raises(BadSubject, match="by Thema or by BISAC"):
        subjects.checked_code("dewey", "823")


def test_code_that_the_list_lacks_is_refused(lists: Path) -> None:
    assert subjects.checked_code("thema", "YFP") == "YFP"
    with pytest.raises(BadSubject, match=r"“YFX” is not in Thema 1\.6\."):
        subjects.checked_code("thema", "YFX")


def test_headings_are_in_the_readers_language(lists: Path) -> None:
    assert subjects.heading("thema", "YFB", language="fr") == "Fictions jeunesse : général"
    assert subjects.heading("thema", "YFB", language="de") == "Children’s fiction: general"
    assert subjects.heading("bisac", "JUV001000", language="en") == ""


def test_search_finds_words_and_codes(lists: Path) -> None:
    assert subjects.search("stories animal", language="en") == [Heading("YFP", "Animal stories")]
    assert [hit.code for hit in subjects.search("yf", language="fr")] == ["YFB", "YFP"]
    assert subjects.search("", language="en") == []


def test_without_a_list_there_is_nothing_to_search(no_lists: None) -> None:
    assert subjects.search("animal", language="en") == []
    assert subjects.heading("thema", "YFB", language="en") == ""


def test_newest_list_counts(lists: Path) -> None:
    shape = {"CodeList": {"ThemaCodes": {"Code": [{"CodeValue": "YFX", "CodeDescription": "New"}]}}}
    (lists / "20270101_Thema_v1.10_en.json").write_text(json.dumps(shape))
    assert subjects.checked_code("thema", "YFX") == "YFX"
