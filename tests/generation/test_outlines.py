from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generation.contract import Bible, ChapterPlan, Character, Outline, Place, Scene
from generation.outlines import OutlineFault, edited_outline, outline_from_json, outline_to_json

OUTLINE = Outline(
    title="Beans",
    subtitle="A season",
    premise="They grow.",
    bible=Bible((Character("Ana", "gardener", "Digs."),), (Place("Plot", "South."),), ("Spring.",)),
    chapters=(
        ChapterPlan(1, "Soil", ("Look.",), Scene(place="garden", alt="A bed"), {"key": [1]}),
        ChapterPlan(2, "Seed", ("Sow.",)),
    ),
    cover=Scene(alt="A bean"),
)


def test_outline_survives_json() -> None:
    assert outline_from_json(outline_to_json(OUTLINE)) == OUTLINE


def test_words_outside_the_vocabulary_are_dropped_and_numbers_made_anew() -> None:
    data = outline_to_json(OUTLINE)
    data["chapters"][0] |= {"number": 70, "scene": {"place": "moon base", "creatures": ["fox", "dragon"]}}

    chapter = outline_from_json(data).chapters[0]

    assert chapter.number == 1
    assert chapter.scene == Scene(creatures=("fox",))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"chapters": []}, "chapters"),
        ({"chapters": [{"title": "x"}] * 121}, "chapters"),
        ({"chapters": "many"}, "chapters"),
        ({"chapters": [{"title": ""}]}, "chapters.1.title"),
        ({"bible": ["x"]}, "bible"),
    ],
)
def test_fault_names_its_place(change: dict[str, Any], field: str) -> None:
    with pytest.raises(OutlineFault) as caught:
        outline_from_json({**outline_to_json(OUTLINE), **change})

    assert caught.value.field == field


def test_edits_keep_what_the_planner_knows_of_a_chapter() -> None:
    edited = edited_outline(OUTLINE, {"chapters": [{"title": "New"}, {"number": 1, "title": "Earth"}]})

    assert edited.chapters[1] == replace(OUTLINE.chapters[0], number=2, title="Earth")
    assert edited.chapters[0] == ChapterPlan(1, "New")


def test_overlong_titles_are_cut_to_what_can_be_kept() -> None:
    data = {**outline_to_json(OUTLINE), "title": "x" * 500}

    assert len(outline_from_json(data).title) == 200
