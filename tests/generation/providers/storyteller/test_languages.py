"""Grammar and typography of the stories, in both languages and for every pronoun."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from generation.contract import CREATURES, HeroBrief
from generation.providers.storyteller.statistics import sentences
from generation.providers.storyteller.story.french import grammar as french
from tests.generation.providers.storyteller.books import PRONOUNS, Book, book, brief, shelf

NARROW, WIDE = "\u202f", "\u00a0"
VOWEL = "aeiouyâàéèêëîïôûùœAEIOUYÂÀÉÈÊËÎÏÔÛÙŒ"

# Words that would agree with a person. Where the hero is neither she nor he, none may stand beside the name.
AGREEING = (
    "seul",
    "seule",
    "content",
    "contente",
    "prêt",
    "prête",
    "heureux",
    "heureuse",
    "assis",
    "assise",
    "fatigué",
    "fatiguée",
    "perdu",
    "perdue",
    "fier",
    "fière",
    "inquiète",
    "surpris",
    "surprise",
    "étonnée",
    "courageux",
    "courageuse",
    "allé",
    "allée",
    "venu",
    "venue",
    "parti",
    "partie",
    "resté",
    "restée",
    "arrivé",
    "arrivée",
    "revenu",
    "revenue",
    "né",
    "née",
    "debout sur ses",
    "garçon",
    "fille",
    "iel",
    "celui-ci",
    "celle-ci",
    "gentil",
    "gentille",
    "endormi",
    "endormie",
    "couché",
    "couchée",
    "penché",
    "penchée",
)


def test_they_takes_the_verbs_of_they() -> None:
    for one in shelf("en"):
        found = re.search(r"\b[Tt]hey (?:was|has|is|wasn’t|hasn’t)\b|\b[Ss]?[Hh]e (?:were|have)\b", one.whole)
        assert not found, (one.brief.seed, found)


@pytest.mark.parametrize(("pronoun", "others"), [("she", "him|his|himself"), ("he", "her|hers|herself")])
def test_singular_pronouns_are_not_mixed_up(pronoun: str, others: str) -> None:
    """The hero's pronoun is the only one about the hero: the other's possessive never follows the name."""
    for one in _with_pronoun("en", pronoun):
        found = re.search(
            rf"\bAmina[^.!?“”]*\b(?:{others}) (?:hands?|eyes|breath|knees|teeth|name|hair|toes)\b", one.whole
        )
        assert not found, found


@pytest.mark.parametrize("pronoun", PRONOUNS)
def test_pronouns_are_really_used(pronoun: str) -> None:
    text = " ".join(one.whole for one in _with_pronoun("en", pronoun))

    assert len(re.findall(rf"(?i)\b{pronoun}\b", text)) > 50


def test_a_and_an_fit_what_follows() -> None:
    for one in shelf("en"):
        lines = [one.whole, *(chapter.scene.alt for chapter in one.outline.chapters if chapter.scene)]
        found = re.search(
            r"\ba (?=[aeio])(?!one)\w+|\ban (?=[bcdfgjklmnpqrstvwxyz])\w+", " ".join(lines), re.IGNORECASE
        )
        assert not found, found


def test_english_quotes_are_curly_and_balanced() -> None:
    for one in shelf("en"):
        assert not re.search(r"[\"'«»]", one.whole), one.brief.seed
        for text in one.texts:
            assert text.count("“") == text.count("”"), text


def test_french_elides_and_contracts() -> None:
    # "de le lancer" is a pronoun, "à quoi" is no contraction; "onze" and "oui" do not elide.
    wrong = re.compile(
        rf"\b(?:[Qq]ue|[Dd]e|[Ll][ea]|[Jj]e|[Nn]e|[Ss]e|[Mm]e|[Tt]e) (?!on[zs]|oui\b|yaourt)[{VOWEL}]\w*"
        r"|\b[Ss]i ils?\b|\bde les (?!\w+er\b)|\bà les? |\bde le (?!\w+er\b|\w+ir\b)"
    )
    for one in shelf("fr"):
        outline = one.outline
        lines = [outline.title, outline.subtitle, outline.premise]
        for chapter in outline.chapters:
            lines += [chapter.title, *chapter.beats, chapter.scene.alt if chapter.scene else ""]
        found = wrong.search(one.whole + "\n" + "\n".join(lines))
        assert not found, (one.brief.seed, found)


@pytest.mark.parametrize(
    ("name", "after_of"),
    [
        ("Amina", "d’Amina"),
        ("Élise", "d’Élise"),
        ("Yvon", "d’Yvon"),
        ("Hugo", "d’Hugo"),
        ("Œdipe", "d’Œdipe"),
        ("Maya", "de Maya"),
        ("Yasmine", "de Yasmine"),
        ("Hassan", "de Hassan"),
        ("ليلى", "de ليلى"),
        ("👧", "de 👧"),
    ],
)
def test_french_names_elide_as_they_sound(name: str, after_of: str) -> None:
    assert french.name_slots(name, "hero", str)["de hero"] == after_of


def test_french_spaces_before_signs() -> None:
    for one in shelf("fr"):
        for text in one.texts:
            assert not re.search(
                rf"[^{NARROW}][;!?»]|«[^{NARROW}]|[^{WIDE}]:", re.sub(r"(?<=[!?])[!?]", "", text)
            ), text
            assert not re.search(r"[\"'“”]| \u202f|\u202f ", text), text


def test_french_dialogue_opens_and_closes() -> None:
    """One pair of guillemets round an exchange, a dash before each further speaker, never nested."""
    for one in shelf("fr"):
        for text in one.texts:
            depth = 0
            for mark in re.findall(r"[«»]|\n— ?", text):
                if mark == "«":
                    depth += 1
                elif mark == "»":
                    depth -= 1
                else:
                    assert depth == 1, text
                assert depth in (0, 1), text
            assert depth == 0, text


def test_neutral_french_hero_has_no_word_that_agrees() -> None:
    pattern = re.compile(rf"(?<!l’)(?<!l’air )\b(?:{'|'.join(AGREEING)})\b", re.IGNORECASE)
    for one in _neutral():
        for sentence in sentences(one.whole):
            if "Amina" not in sentence:
                continue
            narrated = re.sub(r"«[^»]*»", "", sentence)
            beside = re.search(r"\bAmina\b[^,;:«»—]*", narrated)
            assert not (beside and pattern.search(beside[0])), sentence


def test_neutral_french_differs_only_where_a_name_does_for_a_pronoun() -> None:
    for one in _neutral()[:24]:
        assert one.brief.hero is not None
        for pronoun, word in (("she", "elle"), ("he", "il")):
            gendered = book(replace(one.brief, hero=replace(one.brief.hero, pronoun=pronoun)))
            for neutral, other in zip(one.texts, gendered.texts, strict=True):
                assert _without_subjects(neutral, word) == _without_subjects(other, word)


def test_neutral_french_never_calls_hero_and_companion_by_a_feminine_plural() -> None:
    for one in _neutral():
        assert not re.search(
            r"\b(?:toutes deux|l’une à l’autre|tous les deux|toutes les deux|iels?|eux-mêmes)\b|·", one.whole
        )


def test_companions_take_the_gender_of_their_noun() -> None:
    owl = book(
        brief(language="fr", seed=7, hero=HeroBrief("Maya", companion="owl", companion_name="Pip"))
    ).texts[0]
    fox = book(
        brief(language="fr", seed=7, hero=HeroBrief("Maya", companion="fox", companion_name="Pip"))
    ).texts[0]

    assert "Sa meilleure amie" in owl
    assert "Son meilleur ami" in fox


@pytest.mark.parametrize("creature", CREATURES)
def test_french_article_fits_every_creature(creature: str) -> None:
    made = book(
        brief(language="fr", seed=1, hero=HeroBrief("Maya", companion=creature, companion_name="Pip"))
    )
    alt = made.outline.chapters[0].scene
    assert alt is not None

    article = re.search(r"Pip (l’|la |le )(\w+)", alt.alt)
    assert article is not None
    assert (article[1] == "l’") == (article[2][0] in "aeéiou")


def _with_pronoun(language: str, pronoun: str) -> list[Book]:
    return [one for one in shelf(language) if one.brief.hero and one.brief.hero.pronoun == pronoun]  # type: ignore[arg-type]


def _neutral() -> list[Book]:
    return _with_pronoun("fr", "they")


def _without_subjects(text: str, pronoun: str) -> str:
    """The text with every way of naming hero or pair made the same."""
    same = re.sub(r"(?i)\bAmina et Olive\b|\b(?:ils|elles)\b", "#", text)
    return re.sub(rf"\bAmina\b|(?i:\b{pronoun}\b)", "#", same)
