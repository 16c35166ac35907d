"""What a member types steers the story: topic, goal, audience, and instructions for telling it again."""

from __future__ import annotations

import pytest

from generation.contract import ChapterRequest, HeroBrief, Language
from generation.providers.storyteller.instructions import Wish, understood
from generation.providers.storyteller.statistics import sentences, word_count
from tests.generation.providers.storyteller.books import Book, book, brief, written


@pytest.mark.parametrize(
    ("topic", "wants"),
    [
        ("A journey to the stars", {"star"}),
        ("Voyage dans l’espace", {"star"}),
        ("sleeping in the dark", {"sleep", "light"}),
        ("Le bébé qui arrive, un petit frère", {"laugh"}),
        ("The first day of school", {"bell"}),
        ("la rentrée à l'école", {"bell"}),
        ("A whale in the ocean", {"letter"}),
        ("Un dinosaure", {"egg"}),
        ("dragons", {"egg"}),
        ("Planting a tree in the garden", {"seed"}),
        ("L’hiver et la neige", {"snowflake"}),
        ("A birthday party with food", {"soup"}),
        ("la musique et la danse", {"song"}),
        ("Learning to read a book", {"page"}),
        ("all the colours of the rainbow", {"colours"}),
        ("a lost pet turtle", {"turtle"}),
    ],
)
def test_topic_chooses_the_want(topic: str, wants: set[str]) -> None:
    for seed in range(6):
        assert _plot(book(brief(seed=seed, topic=topic)))["want"] in wants


@pytest.mark.parametrize(
    ("goal", "lesson"),
    [
        ("to be brave in the dark", "courage"),
        ("Apprendre à partager", "sharing"),
        ("patience", "patience"),
        ("dire la vérité, ne pas mentir", "honesty"),
        ("learning to say sorry", "sorry"),
        ("demander pardon", "sorry"),
        ("gérer sa colère", "calm"),
        ("never give up", "perseverance"),
        ("être gentil avec les autres", "kindness"),
        ("ask questions, curiosity", "curiosity"),
        ("l'amitié", "friendship"),
    ],
)
def test_goal_chooses_the_lesson(goal: str, lesson: str) -> None:
    assert _plot(book(brief(seed=3, goal=goal)))["lesson"] == lesson


@pytest.mark.parametrize(
    ("topic", "place"),
    [
        ("in the mountains", "mountain"),
        ("une forêt", "forest"),
        ("the beach", "beach"),
        ("a train station", "station"),
        ("une bibliothèque", "library"),
        ("a cave", "cave"),
    ],
)
def test_topic_leads_through_the_place(topic: str, place: str) -> None:
    hits = sum(place in _plot(book(brief(seed=seed, topic=topic)))["places"] for seed in range(10))  # type: ignore[operator]

    assert hits >= 9


def test_topic_chooses_the_invented_companion() -> None:
    made = book(brief(seed=4, topic="a clever hedgehog"))

    assert "hedgehog" in made.texts[0]


def test_topic_that_nobody_knows_still_gives_different_books() -> None:
    wants = {_plot(book(brief(seed=seed, topic="zxqv", goal="qqq")))["want"] for seed in range(40)}

    assert len(wants) >= 10


@pytest.mark.parametrize(
    ("audience", "young"),
    [("3-5", True), ("4 ans", True), ("6 to 8", False), ("adults of 40", False), ("", False)],
)
def test_audience_sets_the_length(audience: str, young: bool) -> None:
    made = book(brief(seed=6, audience=audience, chapters=12))
    mean = sum(map(word_count, made.texts)) / len(made.texts)

    assert (mean < 90) == young


@pytest.mark.parametrize(
    ("instruction", "wish"),
    [
        ("Make it shorter, please", Wish("shorter")),
        ("plus court", Wish("shorter")),
        ("Raccourcis un peu", Wish("shorter")),
        ("longer", Wish("longer")),
        ("More detail about the cave", Wish("longer")),
        ("Plus de détails", Wish("longer")),
        ("Développe", Wish("longer")),
        ("funnier", Wish(funnier=True)),
        ("Plus drôle !", Wish(funnier=True)),
        ("more jokes", Wish(funnier=True)),
        ("shorter and funnier", Wish("shorter", True)),
        ("plus long et plus drôle", Wish("longer", True)),
        ("with a dragon in it", Wish()),
        ("", Wish()),
    ],
)
def test_instruction_is_understood_as_far_as_it_can_be(instruction: str, wish: Wish) -> None:
    assert understood(instruction) == wish


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_chapter_can_be_told_again_in_other_words(language: Language) -> None:
    for seed in range(12):
        made = _of(language, seed)
        for chapter, text in zip(made.outline.chapters, made.texts, strict=True):
            request = ChapterRequest(
                made.brief, made.outline, chapter, instruction="with a dragon", previous=text
            )
            again = written(request)
            assert again != text, chapter.title
            assert again == written(request)
            twice = written(
                ChapterRequest(made.brief, made.outline, chapter, instruction="with a dragon", previous=again)
            )
            assert twice != again, chapter.title


@pytest.mark.parametrize("language", ["en", "fr"])
def test_shorter_is_shorter_and_longer_is_longer(language: Language) -> None:
    made = _of(language, 3)
    lengths = {"shorter": 0, "longer": 0, "": 0}
    for chapter, text in zip(made.outline.chapters, made.texts, strict=True):
        for instruction in lengths:
            again = (
                written(
                    ChapterRequest(made.brief, made.outline, chapter, instruction=instruction, previous=text)
                )
                if instruction
                else text
            )
            lengths[instruction] += word_count(again)

    assert lengths["shorter"] < 0.92 * lengths[""]
    assert lengths["longer"] > 1.03 * lengths[""]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_chapters_told_again_still_repeat_nothing(language: Language) -> None:
    for seed in range(6):
        made = _of(language, seed)
        again = [
            written(
                ChapterRequest(
                    made.brief, made.outline, chapter, instruction="longer and funnier", previous=text
                )
            )
            for chapter, text in zip(made.outline.chapters, made.texts, strict=True)
        ]
        found = [sentence for text in again for sentence in sentences(text)]
        assert len(set(found)) == len(found), sorted(
            sentence for sentence in set(found) if found.count(sentence) > 1
        )


def _of(language: Language, seed: int) -> Book:
    return book(
        brief(
            language=language,
            seed=seed,
            hero=HeroBrief("Maya", age=7, pronoun="she", companion="cat", companion_name="Pip"),
        )
    )


def _plot(made: Book) -> dict[str, object]:
    plot = made.outline.chapters[0].private["plot"]
    assert isinstance(plot, dict)
    return plot
