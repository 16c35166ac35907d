"""French spaces, quotes and apostrophes, in the awkward places too."""

from __future__ import annotations

import random

import pytest

from formats.blocks import Code, Emphasis, Link, Paragraph, Span, Strong, Text, plain_text
from formats.markdown import parse
from formats.typography import polish_blocks, polish_text

CASES = [
    ("Quoi ?", "Quoi·?"),
    ("Quoi?", "Quoi·?"),
    ("Non !", "Non·!"),
    ("Oui ; non", "Oui·; non"),
    ("Il dit : oui", "Il dit⍽: oui"),
    ("Il dit: oui", "Il dit⍽: oui"),
    ("« déjà »", "«·déjà·»"),
    ("«déjà»", "«·déjà·»"),
    ('"déjà"', "«·déjà·»"),
    ('Il dit : "Viens !"', "Il dit⍽: «·Viens·!·»"),
    ("« Viens ! » dit-il.", "«·Viens·!·» dit-il."),
    ("Quoi ?! Non...", "Quoi·?! Non…"),
    ("Quoi... ?", "Quoi…·?"),
    ("(?) ou (!)", "(?) ou (!)"),
    ("à 12:30 et 3:1", "à 12:30 et 3:1"),
    ("http://a.fr/b?c=d;e!f : là", "http://a.fr/b?c=d;e!f⍽: là"),
    ("voir exemple.fr/a?b !", "voir exemple.fr/a?b·!"),
    ("moi@exemple.fr ?", "moi@exemple.fr·?"),
    ("10 %", "10·%"),
    ("10%", "10·%"),
    ("1 000 et 12 345 678", "1·000 et 12·345·678"),
    ("en 2024 300 personnes", "en 2024 300 personnes"),
    ("01 23 45 67 89", "01 23 45 67 89"),
    ("5 kg, 20 °C, 3 €", "5⍽kg, 20⍽°C, 3⍽€"),
    ("5 grands", "5 grands"),
    ("l'ami d'Amina qu'il", "l’ami d’Amina qu’il"),
    ("les années '90", "les années ’90"),
    ("— Oui, dit-il.", "—⍽Oui, dit-il."),
    ("le chat -- noir -- dort", "le chat — noir — dort"),
    ("M. Dupont, p. 12, n° 5", "M.⍽Dupont, p.⍽12, n°⍽5"),
    (":-) ;-)", ":-) ;-)"),
    ("C:\\dossier", "C:\\dossier"),
]


def shown(text: str) -> str:
    return text.replace("\u202f", "·").replace("\u00a0", "⍽")


@pytest.mark.parametrize(("written", "expected"), CASES, ids=[case[0] for case in CASES])
def test_typography(written: str, expected: str) -> None:
    assert shown(polish_text(written, "fr")) == expected


def test_no_break_spaces_that_were_there_are_made_right() -> None:
    assert shown(polish_text("déjà\u00a0! là\u202f: «\u00a0oui\u00a0»", "fr")) == "déjà·! là⍽: «·oui·»"


def test_setting_twice_changes_nothing_more() -> None:
    chance = random.Random(7)
    pieces = [
        *(case[0] for case in CASES),
        '"',
        "'",
        " ",
        "«",
        "»",
        "!",
        "?",
        ":",
        ";",
        "—",
        "--",
        "12",
        "%",
        "\u202f",
    ]
    for _ in range(400):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 6)))
        once = polish_text(text, "fr")
        assert polish_text(once, "fr") == once, text


def test_rules_see_across_the_borders_of_runs() -> None:
    (block,) = polish_blocks(parse("« *mot* » et l'**ami**! *Il dit*: `a!` !").blocks, "fr")
    assert isinstance(block, Paragraph)
    assert shown(plain_text(block.children)) == "«·mot·» et l’ami·! Il dit⍽: a!·!"
    assert block.children[1] == Emphasis((Text("mot"),))
    assert Strong((Text("ami"),)) in block.children
    assert Code("a!") in block.children


def test_code_and_addresses_are_not_touched() -> None:
    source = '`il dit : "x" !` et https://a.fr/b!c?d et [https://a.fr/?x](https://a.fr/?x)'
    blocks = parse(source).blocks
    assert polish_blocks(blocks, "fr") == blocks
    (block,) = parse("```\nil dit: !\n```").blocks
    assert polish_blocks([block], "fr") == (block,)


def test_words_in_another_language_keep_their_own_rules() -> None:
    block = Paragraph((Text('Il cria "'), Span("en", (Text('"What?" Isn\'t it'),)), Text('" !')))
    (found,) = polish_blocks([block], "fr")
    assert shown(plain_text(found.children)) == "Il cria «·“What?” Isn’t it·»·!"


def test_links_text_is_set_and_its_address_is_not() -> None:
    (found,) = polish_blocks(parse("[L'ami !](https://a.fr/l'ami!)").blocks, "fr")
    assert found.children == (Link("https://a.fr/l'ami!", (Text("L’ami\u202f!"),)),)
