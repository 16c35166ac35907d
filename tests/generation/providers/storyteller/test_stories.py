"""Stories: as many scenes as promised, no two books alike, nothing said twice, pictures that can be drawn."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields

import pytest

from generation.contract import CREATURES, ITEMS, MOODS, PLACES, POSES, TIMES, WEATHERS, HeroBrief, Language
from generation.providers.storyteller.seeding import Chance
from generation.providers.storyteller.statistics import sentences, word_count
from generation.providers.storyteller.story import facts
from generation.providers.storyteller.story.lexicon import Lexicon
from generation.providers.storyteller.story.planner import _banned, _helpers, _trials, _walks
from generation.providers.storyteller.story.prose import parse
from generation.providers.storyteller.story.story import LEXICONS
from tests.generation.providers.storyteller.books import Book, book, brief, shelf

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_seeds_give_nearly_as_many_books(language: Language) -> None:
    books = shelf(language)

    assert len({one.whole for one in books}) == 200
    assert len({_combination(one) for one in books}) >= 190
    assert len({one.outline.title for one in books}) >= 30


def test_plots_differ_in_what_they_are_about() -> None:
    plots = [one.outline.chapters[0].private["plot"] for one in shelf("en")]

    for key, least in (("want", 15), ("lesson", 10), ("home", 10), ("item", 12)):
        assert len({plot[key] for plot in plots}) >= least, key
    assert len({trial for plot in plots for trial in plot["trials"]}) >= 21
    assert len({helper for plot in plots for helper in plot["helpers"]}) >= 18
    assert max(Counter(plot["want"] for plot in plots).values()) < 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_twice_in_a_book(language: Language) -> None:
    for one in shelf(language):
        counted = Counter(sentence for text in one.texts for sentence in sentences(text))
        assert not {sentence: times for sentence, times in counted.items() if times > 1}, one.brief.seed


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_belongs_to_two_passages(language: Language) -> None:
    """So that no choice of wordings, seeds or regenerated chapters can bring two together."""
    lexicon = LEXICONS[language]
    owners: dict[str, set[str]] = {}
    for owner, passage in _passages(lexicon):
        for line in parse(passage):
            for wording in line.wordings:
                for sentence in sentences(lexicon.typeset(wording.replace(" ¶ ", "\n\n"))):
                    owners.setdefault(sentence, set()).add(owner)

    assert not {sentence: found for sentence, found in owners.items() if len(found) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenes_have_the_length_of_their_age(language: Language) -> None:
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for one in shelf(language):
        assert 12 <= len(one.texts) <= 16
        young = one.brief.hero is not None and one.brief.hero.age <= 5
        lengths[young] += [word_count(text) for text in one.texts]

    for young, counts in lengths.items():
        assert min(counts) >= 60, young
        assert max(counts) <= 130, young
    assert sum(lengths[True]) / len(lengths[True]) + 10 < sum(lengths[False]) / len(lengths[False])


@pytest.mark.parametrize("scenes", [1, 12, 13, 14, 15, 16, 40])
def test_member_chooses_the_number_of_scenes_within_reason(scenes: int) -> None:
    made = book(brief(chapters=scenes, seed=scenes))

    assert len(made.outline.chapters) == min(max(scenes, 12), 16)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_beats_are_there_and_differ(language: Language) -> None:
    for one in shelf(language):
        titles = [chapter.title for chapter in one.outline.chapters]
        assert len(set(titles)) == len(titles), titles
        assert all(3 <= len(title) <= 70 for title in titles)
        assert all(
            chapter.beats and all(len(beat) > 15 for beat in chapter.beats)
            for chapter in one.outline.chapters
        )
        assert [chapter.number for chapter in one.outline.chapters] == list(range(1, len(titles) + 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_use_only_the_shared_vocabulary(language: Language) -> None:
    for one in shelf(language):
        for scene in [one.outline.cover, *(chapter.scene for chapter in one.outline.chapters)]:
            assert scene is not None
            assert scene.place in PLACES
            assert scene.time in TIMES
            assert scene.weather in WEATHERS
            assert scene.mood in MOODS
            assert scene.pose in POSES
            assert scene.item in ("", *ITEMS)
            assert set(scene.creatures) <= set(CREATURES)
            assert one.brief.hero is not None
            assert one.brief.hero.companion not in scene.creatures
            assert "Amina" in scene.alt
            assert ("Olive" in scene.alt) == scene.companion


def test_alternative_text_tells_what_is_drawn() -> None:
    made = book(
        brief(
            seed=3,
            topic="a letter to a whale in the sea",
            hero=HeroBrief("Maya", companion="owl", companion_name="Pip"),
        )
    )
    scene = next(chapter.scene for chapter in made.outline.chapters if chapter.private["role"] == "call")

    assert scene is not None
    assert scene.alt == "Maya, amazed, is holding a letter in a kitchen. Pip the owl is there too."
    assert "6-year-old child with brown skin, curly black hair and a yellow coat" in scene.description


def test_obstacles_and_helpers_fit_their_places() -> None:
    for one in shelf("en"):
        plot = one.outline.chapters[0].private["plot"]
        assert plot["places"][0] in facts.HOMES[plot["home"]].near
        for place, following in zip(plot["places"], plot["places"][1:], strict=False):
            assert following in facts.NEIGHBOURS[place]
        for place, trial in zip(plot["places"], plot["trials"], strict=True):
            assert place in facts.TRIALS[trial].places
        for place, helper in zip(plot["places"], plot["helpers"], strict=False):
            assert place in facts.HELPERS[helper]
            assert helper != one.brief.hero.companion
        assert len(set(plot["trials"])) == 3
        assert len(set(plot["helpers"])) == 2
        assert plot["places"][1] not in facts.NOT_FOR_THE_LOW


def test_every_want_can_be_reached_and_every_lesson_learned_on_the_way() -> None:
    """No combination of want, home, route, lesson and companion is left without trials or helpers."""
    walks = {
        (want, places)
        for want, known in facts.WANTS.items()
        for home in known.homes or facts.HOMES
        for places in _walks(facts.HOMES[home].near, known)
    }
    assert {want for want, _ in walks} == set(facts.WANTS)
    for want, places in walks:
        for lesson in facts.LESSONS:
            trials = _trials(places, _banned(HeroBrief("Maya", companion="bird"), want, lesson), Chance(1))
            assert len(set(trials)) == 3
        for companion in facts.HELPERS:
            hero = HeroBrief("Maya", companion=companion)
            helpers = _helpers(hero, want, places, ("gull", "gate", "mud"), Chance(1))
            assert len({*helpers, companion}) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_tell_the_whole_world(language: Language) -> None:
    lexicon = LEXICONS[language]

    assert set(lexicon.wants) == set(facts.WANTS)
    assert set(lexicon.trials) == set(facts.TRIALS)
    assert set(lexicon.helpers) == set(facts.HELPERS) == set(CREATURES)
    assert set(lexicon.homes) == set(facts.HOMES)
    assert set(lexicon.lessons) == set(facts.LESSONS)
    assert set(lexicon.items) == set(facts.ITEMS)
    assert set(lexicon.places) == set(facts.NEIGHBOURS)
    assert set(PLACES) == set(lexicon.place_name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hero_is_invented_where_none_is_given(language: Language) -> None:
    names = {book(brief(language=language, seed=seed)).outline.bible.characters[0].name for seed in range(20)}

    assert len(names) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_looks_are_told(language: Language) -> None:
    hero = HeroBrief(
        "Maya",
        age=6,
        glasses=True,
        freckles=True,
        hair="braids",
        hair_colour="red",
        outfit="dress",
        colour="#34638a",
        companion="bear",
    )
    text = book(brief(language=language, seed=2, hero=hero)).texts[0]

    for word in {
        "en": ("six", "long red braids", "round glasses", "freckles", "blue dress"),
        "fr": ("six ans", "longues tresses rousses", "lunettes rondes", "taches de rousseur", "robe bleue"),
    }[language]:
        assert word in text


def test_members_title_is_kept_and_else_one_is_made() -> None:
    assert book(brief(seed=1, title="My  own title")).outline.title == "My own title"
    made = book(
        brief(seed=1, topic="a falling star", hero=HeroBrief("Maya", companion_name="Pip"))
    ).outline.title
    assert made in {
        "Maya and the Fallen Star",
        "The Star That Maya Found",
        "Maya, Pip and the Hole in the Sky",
    }


def test_markdown_marks_are_balanced() -> None:
    for language in LANGUAGES:
        for one in shelf(language):
            for text in one.texts:
                assert text.count("*") % 2 == 0
                assert "{" not in text
                assert " // " not in text
                assert not re.search(r"(?m)^\s*[+#>]", text)


def _combination(one: Book) -> tuple[object, ...]:
    plot = one.outline.chapters[0].private["plot"]
    assert isinstance(plot, dict)
    return tuple(str(plot[key]) for key in ("want", "lesson", "home", "item", "places", "trials", "helpers"))


def _passages(lexicon: Lexicon) -> list[tuple[str, str]]:
    found = []
    for name in ("homes", "wants", "lessons", "places", "trials", "helpers", "items"):
        for key, entry in getattr(lexicon, name).items():
            for field in fields(entry):
                if field.name in _NOT_TOLD or field.name.endswith(("titles", "beat")):
                    continue
                value = getattr(entry, field.name)
                passages = value if isinstance(value, tuple) else (value,)
                found += [
                    (f"{name} {key} {field.name} {number}", passage)
                    for number, passage in enumerate(passages)
                ]
    for field in fields(lexicon.pools):
        value = getattr(lexicon.pools, field.name)
        if not isinstance(value, str) and not field.name.endswith("titles"):
            found += [(f"{field.name} {number}", passage) for number, passage in enumerate(value)]
    return found


_NOT_TOLD = {"books", "spot", "nook", "noun", "grown", "word", "promise", "quest"}
