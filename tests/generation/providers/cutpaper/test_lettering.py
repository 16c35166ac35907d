import pytest

from generation.providers.cutpaper.lettering import balanced, cleaned, figtree, fitted, fraunces, legible

TITLE = fraunces(650)


def test_cleaned_drops_controls_and_joins_lines():
    assert cleaned("Das\x00 Mädchen\n\tund\u202e der\x07  Wald") == "Das Mädchen und der Wald"


def test_cleaned_cuts_what_is_too_long():
    short = cleaned("A" * 10_000)
    assert len(short) <= 160
    assert short.endswith("…")


def test_cleaned_keeps_french_marks_with_their_words():
    assert cleaned("Pourquoi ? « Oui »") == "Pourquoi\u00a0? «\u00a0Oui\u00a0»"


@pytest.mark.parametrize(
    ("text", "family"), [("L’été à Œuf", "Fraunces"), ("Мой сад", "Literata"), ("Ελληνικός", "EB Garamond")]
)
def test_legible_finds_a_face_with_the_letters(text, family):
    shown, face = legible(text, TITLE)
    assert shown == text
    assert all(face.has(letter) for letter in text)
    assert (
        face.family in {family, "Literata", "EB Garamond"}
        if family != "Fraunces"
        else face.family == "Fraunces"
    )


def test_legible_drops_emoji_and_keeps_the_rest():
    assert legible("🌟 Star Story 🌙", TITLE)[0] == "Star Story"


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "日本語の本", "🌟🌙", "", "   ", "שלום"])
def test_legible_gives_up_on_scripts_without_a_face(text):
    assert legible(text, TITLE) is None


@pytest.mark.parametrize("length", [1, 3, 8, 20, 40, 70, 120])
def test_fitted_title_stays_within_its_box(length):
    words = (
        "The small and patient art of growing good things to eat beside people whom one hardly knows "
        "until the first harvest comes home"
    )
    text = words[:length].strip()
    block = fitted(text, TITLE, width=700, height=330, largest=130)
    assert " ".join(block.lines) == text
    assert max(TITLE.width(line, block.size) for line in block.lines) <= 700.5
    assert block.height <= 330.5
    assert block.size <= 130
    assert block.size >= 34


def test_fitted_shrinks_and_breaks_a_word_without_end():
    block = fitted(
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
        TITLE,
        width=600,
        height=300,
        largest=120,
    )
    assert max(TITLE.width(line, block.size) for line in block.lines) <= 600.5


def test_lines_are_balanced():
    lines = balanced(["Une", "petite", "histoire", "de", "vent", "et", "de", "mer"], 2, figtree(500))
    first, second = (figtree(500).width(line, 1) for line in lines)
    assert abs(first - second) < 0.35 * max(first, second)
