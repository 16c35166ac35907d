"""What the cells of a row come to."""

from __future__ import annotations

from typing import get_args

import pytest
from django.utils import translation

from generation import contract
from generation.batches.checking import check_row, checked_rows
from generation.batches.columns import COLUMN, COLUMNS, language_of
from generation.batches.sheet import GivenRow
from generation.batches.template import Template, brief_for, checked_template
from generation.briefs import InvalidBrief
from generation.contract import HeroBrief
from web.forms.looks import COLOURS, COMPANIONS

TEMPLATE = Template(topic="A kite")
VOCABULARY = {
    "pronoun": get_args(contract.Pronoun),
    "skin": contract.SKINS,
    "hair": contract.HAIR_STYLES,
    "hair_colour": contract.HAIR_COLOURS,
    "outfit": contract.OUTFITS,
    "companion": [key for key, _label in COMPANIONS],
    "colour": [key for key, _label in COLOURS],
}


@pytest.mark.parametrize("key", VOCABULARY)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_look_has_a_word_in_both_languages(key: str, language: str) -> None:
    column = COLUMN[key]
    assert list(column.words[language]) == list(VOCABULARY[key])
    for value, words in column.words[language].items():
        assert [column.meant(word) for word in words] == [value] * len(words)
        assert column.meant(value) == value


def test_names_of_columns_lead_to_one_column_each() -> None:
    for language in ("en", "fr"):
        names = [name for column in COLUMNS for name in column.names[language]]
        assert len(names) == len(set(names))
    assert language_of(["Prénom", "Âge", "Cheveux"]) == "fr"
    assert language_of(["Name", "Age", "Hair"]) == "en"


def test_row_becomes_a_hero_in_either_language() -> None:
    english = {
        "name": "Noor", "age": "7", "pronoun": "girl", "skin": "Brown", "hair": "braids", "glasses": "Yes",
        "hair_colour": "black", "outfit": "a coat", "colour": "Blue", "companion": "Owl",
        "companion_name": "Uhu",
    }  # fmt: skip
    french = {
        "name": "Noor", "age": "7", "pronoun": "elle", "skin": "brune", "hair": "Tresses", "glasses": "oui",
        "hair_colour": "noirs", "outfit": "Manteau", "colour": "bleu", "companion": "chouette",
        "companion_name": "Uhu",
    }  # fmt: skip
    hero = HeroBrief(
        "Noor", 7, "she", "brown", "braids", "black", True, False, "coat", "#3f6f9e", "owl", "Uhu"
    )

    assert check_row(TEMPLATE, english).hero == hero
    assert check_row(TEMPLATE, french).hero == hero


def test_what_is_left_open_is_as_for_a_single_book() -> None:
    assert check_row(TEMPLATE, {"name": "Noor"}).hero == HeroBrief("Noor")


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"name": "Noor", "hair": "purple"}, "hair", "“purple” is not among: short, curly, afro,"),
        ({"age": "7"}, "name", "Give the hero a name."),
        ({"name": "N" * 61}, "name", "60 characters"),
        ({"name": "Noor", "age": "0"}, "age", "“0” is not an age between 1 and 120."),
        ({"name": "Noor", "age": "seven"}, "age", "“seven” is not an age"),
        ({"name": "Noor", "age": "٧"}, "age", ""),
        ({"name": "Noor", "colour": "#12345g"}, "colour", "#rrggbb"),
        ({"name": "Noor", "glasses": "perhaps"}, "glasses", "“perhaps” is not among: yes, no."),
        ({"name": "Noor", "dedication": "x" * 401}, "dedication", "401 characters"),
        ({"name": "Noor", "reference": "x" * 81}, "reference", "81 characters"),
        ({"name": "Noor", "companion": "x" * 1001}, "companion", "too long"),
    ],
)
def test_wrong_cell_says_what_may_stand_there(cells: dict[str, str], column: str, told: str) -> None:
    if column == "age" and not told:
        assert check_row(TEMPLATE, cells).hero == HeroBrief("Noor", 7)  # digits of any script
        return
    found = check_row(TEMPLATE, cells)

    assert (found.hero, list(found.errors)) == (None, [column])
    assert told in found.errors[column][0]


def test_wrong_word_is_told_in_the_language_of_the_page() -> None:
    with translation.override("fr"):
        told = check_row(TEMPLATE, {"name": "Noor", "hair": "mauve"}).errors["hair"][0]
    assert "courts, bouclés, afro" in told


def test_all_faults_of_a_row_are_told_at_once() -> None:
    found = check_row(TEMPLATE, {"age": "x", "hair": "x", "skin": "x"})
    assert sorted(found.errors) == ["age", "hair", "name", "skin"]


def test_rows_that_say_the_same_are_found() -> None:
    said = [{"name": "Noor", "age": "7"}, {"name": "Max"}, {"name": "Noor", "age": "7", "reference": "A2"}]
    rows = checked_rows(TEMPLATE, [GivenRow(number, cells) for number, cells in enumerate(said, 2)])

    assert [row.same_as for row in rows] == [None, None, 2]
    assert [row.reference for row in rows] == ["", "", "A2"]


def test_places_are_filled_for_each_hero() -> None:
    template = checked_template(
        Template(topic="{name}, {âge} ans, et {compagnon}", dedication="For {Name}", title="{prénom}")
    )
    brief = brief_for(template, HeroBrief("Noor", 7, companion_name="Uhu"))

    assert (brief.topic, brief.dedication, brief.title) == ("Noor, 7 ans, et Uhu", "For Noor", "Noor")
    assert brief_for(template, HeroBrief("Max"), dedication="For {name}, own").dedication == "For {name}, own"


def test_place_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidBrief) as refusal:
        checked_template(Template(topic="A kite", dedication="For {nmae}"))
    assert refusal.value.errors == {
        "dedication": ["“{nmae}” is not known here. Write {name}, {age} or {companion}."]
    }


def test_companion_that_the_texts_speak_of_needs_a_name() -> None:
    template = Template(topic="{name} and {companion}")
    assert list(check_row(template, {"name": "Noor"}).errors) == ["companion_name"]
    assert check_row(template, {"name": "Noor", "companion_name": "Uhu"}).hero is not None
