"""Guides: every fact is a note with its number, nothing is invented; without notes it is a workbook."""

from __future__ import annotations

import re

import comrak
import pytest

from generation.contract import ITEMS, MOODS, PLACES, POSES, ChapterPlan, ChapterRequest, Language
from generation.providers.storyteller.guide.notes import figures, read_notes
from generation.providers.storyteller.statistics import sentences, word_count
from tests.generation.providers.storyteller.books import Book, book, brief, written

LANGUAGES: tuple[Language, ...] = ("en", "fr")
NOTES = {
    "en": (
        "Most vegetables need six to eight hours of direct sun a day. Choose the sunniest spot you have.",
        "Tomatoes and peppers suffer in shade because they need heat to ripen.",
        (
            "Leafy greens such as lettuce tolerate partial shade.\n"
            "Put the bed near a tap so that you water more often."
        ),
        "- Water deeply twice a week rather than a little every day.",
        "Morning watering loses less to evaporation.",
        "Clay soil drains slowly and compacts.",
        "Add 5 cm of compost every spring.",
        "A soil test costs about 20 euros and tells you the pH.",
        "Avoid low spots because cold air and water collect there.",
        "Keep paths 45 cm wide so that a wheelbarrow fits.",
        "A soil test costs about 20 euros and tells you the pH.",
    ),
    "fr": (
        (
            "La plupart des légumes demandent six à huit heures de soleil par jour. "
            "Choisissez l'endroit le plus ensoleillé."
        ),
        "Les tomates souffrent à l'ombre parce qu'il leur faut de la chaleur pour mûrir.",
        "Les salades supportent la mi-ombre.\nPlacez le carré près d'un robinet afin d'arroser plus souvent.",
        "- Arrosez à fond deux fois par semaine plutôt qu'un peu chaque jour.",
        "L'arrosage du matin perd moins par évaporation.",
        "La terre argileuse draine lentement et se tasse.",
        "Ajoutez 5 cm de compost chaque printemps.",
        "Une analyse de terre coûte environ 20 euros.",
        "Évitez les creux car l'air froid s'y accumule.",
        "Gardez des allées de 45 cm.",
        "Une analyse de terre coûte environ 20 euros.",
    ),
}
TOPICS = {
    "en": ("Starting a community garden", "A first season plan for beginners"),
    "fr": ("Créer un jardin partagé", "Un plan de première saison"),
}


def _guide(language: Language, *, notes: bool, **changes: object) -> Book:
    topic, goal = TOPICS[language]
    values = {"topic": topic, "goal": goal, "notes": NOTES[language] if notes else (), "seed": 3, **changes}
    return book(brief("guide", language, **values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_told_and_cited(language: Language) -> None:
    made = _guide(language, notes=True)
    notes = read_notes(NOTES[language], language)
    assert len(notes) == 12
    chapters = "\n".join(
        text
        for chapter, text in zip(made.outline.chapters, made.texts, strict=True)
        if chapter.private["part"] == "notes"
    )

    for note in notes:
        assert f"{note.text} [{note.number}]" in chapters


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_but_notes_and_scaffolding(language: Language) -> None:
    """With every cited note taken out, the rest is the same for any subject, but for its title words."""
    made = _guide(language, notes=True)
    notes = {f"{note.text} [{note.number}]" for note in read_notes(NOTES[language], language)}
    keys = {key for chapter in made.outline.chapters for key in chapter.private.get("keys", ())}  # type: ignore[union-attr]
    others = {word for note in notes for word in re.findall(r"[^\W\d_]{5,}", note.lower())} - keys
    allowed = _scaffolding_words(language)

    for text in made.texts:
        left = text
        for note in sorted(notes, key=len, reverse=True):
            # A table may lift the figures out of the note that stands beside them.
            row = rf"\| ([^|\n]*) \| {re.escape(note)} \|"
            left = re.sub(row, lambda found, note=note: "" if _lifted(found[1], note) else found[0], left)
            left = left.replace(note, "")
        said = set(re.findall(r"[^\W\d_]{5,}", left.lower()))
        assert not (said & others) - allowed, (said & others) - allowed


@pytest.mark.parametrize("language", LANGUAGES)
def test_cited_sentences_are_word_for_word(language: Language) -> None:
    made = _guide(language, notes=True)
    notes = {note.number: note.text for note in read_notes(NOTES[language], language)}

    found = 0
    for text in made.texts:
        for line in re.split(r"\n|(?<=\]) ", text):
            cited = re.match(r"(?:[-|] |\d+\. )?(?:\| )?(?:[^|]*\| )?([^|\[\]]+) \[(\d+)\]", line)
            if cited and len(cited[1].split()) > 3:
                assert cited[1] == notes[int(cited[2])]
                found += 1
    assert found >= 2 * len(notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_book_says_what_it_is(language: Language) -> None:
    claim = {"en": "made without a language model", "fr": "fait sans modèle de langue"}[language]

    for notes in (True, False):
        made = _guide(language, notes=notes)
        assert claim in made.texts[-1]
        assert {"en": "language model", "fr": "modèle de langue"}[language] in made.outline.premise


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_notes_it_is_a_workbook_worth_filling_in(language: Language) -> None:
    made = _guide(language, notes=False)

    assert 6 <= len(made.outline.chapters) <= 9
    assert sum(map(word_count, made.texts)) > 1_800
    for text in made.texts:
        assert word_count(text) > 110
        assert re.search(r"(?m)^\|---", text)
        assert "- [ ] " in text
    assert made.whole.count("?") >= 30
    topic, goal = TOPICS[language]
    assert goal in made.whole
    assert topic[1:] in made.whole
    assert {"en": "hours of sun", "fr": "heures de soleil"}[language] in made.whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_invents_no_figures(language: Language) -> None:
    """The only figures are those of the scaffolding: marks, minutes, weeks."""
    for topic in (TOPICS[language][0], "Rome", "zxqv"):
        made = _guide(language, notes=False, topic=topic)
        rest = re.sub(r"(?m)^\d\. |^\| \d \|", "", made.whole)
        assert set(re.findall(r"\d+", rest)) <= {"1", "2", "3", "6"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapters", [1, 6, 7, 8, 9, 30])
def test_member_chooses_the_number_of_chapters_within_reason(language: Language, chapters: int) -> None:
    made = _guide(language, notes=False, chapters=chapters)

    assert len(made.outline.chapters) == min(max(chapters, 6), 9)


def test_english_topic_is_fitted_into_sentences() -> None:
    assert "about starting a community garden" in _guide("en", notes=False).whole
    for seed in range(4):
        assert "about NASA" in _guide("en", notes=False, topic="NASA", seed=seed).whole


@pytest.mark.parametrize(
    ("language", "topic", "question"),
    [
        ("en", "Opening a bakery shop", "first ten customers"),
        ("fr", "Ouvrir une boutique", "dix premiers clients"),
        ("en", "Learning the piano", "practise, week by week"),
        ("fr", "Apprendre le piano", "s’exercent, semaine après semaine"),
        ("en", "Renovating a bathroom", "behind, under or above"),
        ("fr", "Rénover une salle de bain", "derrière, dessous ou au-dessus"),
        ("en", "Cycling to Rome", "good day’s distance"),
        ("fr", "Un voyage à vélo", "bonne étape"),
        ("en", "Philately", "done something like this before"),
        ("fr", "La philatélie", "déjà fait quelque chose de semblable"),
    ],
)
def test_questions_fit_the_field(language: Language, topic: str, question: str) -> None:
    assert question in book(brief("guide", language, topic=topic, seed=1)).whole


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notes", [True, False])
def test_tables_have_their_columns(language: Language, notes: bool) -> None:
    for text in _guide(language, notes=notes).texts:
        for table in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
            rows = [len(re.findall(r"(?<!\\)\|", row)) for row in table.strip().splitlines()]
            assert len(set(rows)) == 1, table
            assert len(rows) >= 2 + (notes is False), table
        options = comrak.ExtensionOptions()
        options.table = options.tasklist = True
        html = comrak.render_markdown(text, options)
        assert html.count("<table>") == len(re.findall(r"(?m)^\|[-|]+\|$", text))


@pytest.mark.parametrize("notes", [True, False])
def test_french_typography_of_the_scaffolding(notes: bool) -> None:
    made = _guide("fr", notes=notes)
    own = "\n".join(
        line for text in made.texts for line in text.splitlines() if "[" not in line.replace("[ ]", "")
    )

    assert not re.search(
        r"[^\u202f\s][;!?»](?!\w)|«[^\u202f]|[^\u00a0|*\-]:(?!-)",
        own.replace("Créer un jardin partagé :", ""),
    ), own
    assert "'" not in own


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_have_pictures_without_people(language: Language) -> None:
    for notes in (True, False):
        outline = _guide(language, notes=notes).outline
        scenes = [outline.cover, *(chapter.scene for chapter in outline.chapters)]
        for scene in scenes:
            assert scene is not None
            assert not scene.hero
            assert not scene.companion
            assert (
                (scene.place in PLACES)
                and (scene.item in ITEMS)
                and (scene.mood in MOODS)
                and (scene.pose in POSES)
            )
            assert scene.alt
            assert scene.description
        assert {scene.place for scene in scenes if scene} == {"garden", "desk"}


@pytest.mark.parametrize("count", [1, 2, 3, 5, 40])
def test_any_number_of_notes_makes_a_guide(count: int) -> None:
    notes = tuple(f"Note about subject {number} and its neighbour {number + 1}." for number in range(count))
    made = book(brief("guide", topic="Anything", notes=notes))

    assert 4 <= len(made.outline.chapters) <= 9
    for number in range(1, count + 1):
        assert f"[{number}]" in made.whole


def test_instruction_makes_a_chapter_shorter_or_longer() -> None:
    for notes in (True, False):
        made = _guide("en", notes=notes)
        chapter, usual = made.outline.chapters[1], made.texts[1]
        shorter, longer, other = (
            written(ChapterRequest(made.brief, made.outline, chapter, instruction=wish, previous=usual))
            for wish in ("shorter", "longer", "differently")
        )
        assert word_count(shorter) < word_count(usual) < word_count(longer)
        assert other != usual


def test_added_chapter_lists_its_beats() -> None:
    made = _guide("en", notes=False)
    own = ChapterPlan(number=4, title="Bees", beats=("Ask the *beekeeper* // soon.",))

    text = written(ChapterRequest(made.brief, made.outline, own))
    assert "- Ask the \\*beekeeper\\* // soon." in text
    assert "- [ ] " in text


def test_figures_are_read_with_their_unit() -> None:
    assert figures("It takes 45 cm, 20 euros and 3.5 %.") == "45 cm, 20 euros, 3.5 %"


def _lifted(cell: str, note: str) -> bool:
    return all(figure in note for figure in cell.split(", "))


def _scaffolding_words(language: Language) -> set[str]:
    plain = book(brief("guide", language, topic=TOPICS[language][0], goal=TOPICS[language][1], seed=3))
    foreign = book(
        brief(
            "guide",
            language,
            topic=TOPICS[language][0],
            goal=TOPICS[language][1],
            seed=3,
            notes=("Xyzzy plugh.", "Quux 7 corge.", "Grault garply."),
        )
    )
    asked = [
        written(ChapterRequest(made.brief, made.outline, chapter, instruction=f"longer {number}"))
        for made in (plain, foreign)
        for chapter in made.outline.chapters
        for number in range(6)
    ]
    return set(re.findall(r"[^\W\d_]{5,}", " ".join((plain.whole, foreign.whole, *asked)).lower()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_says_nothing_twice(language: Language) -> None:
    made = _guide(language, notes=False)
    prose = [
        sentence
        for text in made.texts
        for sentence in sentences(text)
        if len(sentence.split()) > 7 and not text.startswith("|")
    ]

    assert len(set(prose)) == len(prose), [sentence for sentence in set(prose) if prose.count(sentence) > 1]
