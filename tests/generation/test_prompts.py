"""What is said to models: complete, in the book's language, with people's words set apart."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from generation.contract import (
    Bible,
    Brief,
    ChapterPlan,
    ChapterRequest,
    Character,
    HeroBrief,
    Kind,
    Language,
    Outline,
    PictureRequest,
    Scene,
)
from generation.prompts.chapter import chapter_prompt
from generation.prompts.outline import outline_prompt
from generation.prompts.picture import picture_prompt
from generation.prompts.prompt import TAGS, fenced

HERO = HeroBrief(name="Zoé", age=5, pronoun="they", companion="fox", companion_name="Rusty")


def brief(kind: str, language: str) -> Brief:
    return Brief(
        title="My title",
        topic="Kites",
        goal="Fly one",
        kind=kind,  # type: ignore[arg-type]
        language=language,  # type: ignore[arg-type]
        audience="Beginners",
        tone="Warm",
        notes=("Wind comes from the sea.",),
        hero=HERO,
    )


def request(kind: str = "guide", language: str = "en") -> ChapterRequest:
    chapters = tuple(ChapterPlan(number, f"Part {number}", (f"Beat {number}.",)) for number in (1, 2, 3))
    bible = Bible(characters=(Character("Ana", "gardener", "Digs."),), facts=("It is spring.",))
    outline = Outline("T", "S", "A premise.", bible, chapters, Scene())
    return ChapterRequest(brief=brief(kind, language), outline=outline, chapter=chapters[1])


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("language", get_args(Language))
def test_everything_that_was_asked_for_is_in_the_prompts(kind: str, language: str) -> None:
    wanted = ("My title", "Kites", "Fly one", "Beginners", "Warm", "Wind comes from the sea.", "Zoé", "Rusty")
    for prompt in (outline_prompt(brief(kind, language)), chapter_prompt(request(kind, language))):
        assert all(words in prompt.turns[0].text for words in wanted)
        assert "{" not in prompt.system + prompt.turns[0].text


def test_each_kind_and_language_is_told_differently() -> None:
    systems = {
        chapter_prompt(request(kind, language)).system for kind in get_args(Kind) for language in ("en", "fr")
    }
    assert len(systems) == 6


def test_chapter_knows_plan_bible_and_what_was_told() -> None:
    asked = replace(request("novel"), summaries={1: "Ana left."})

    text = chapter_prompt(asked).turns[0].text

    assert all(
        words in text for words in ("Part 3", "Beat 2.", "It is spring.", "Ana (gardener)", "1. Ana left.")
    )
    assert "Beat 3." not in text
    assert "<summary>" in text


def test_chapters_of_a_book_share_their_beginning() -> None:
    one = chapter_prompt(request())
    two = chapter_prompt(replace(request(), chapter=request().outline.chapters[2]))

    shared = one.turns[0].text.split("<chapter>")[0]
    assert one.system == two.system
    assert two.turns[0].text.startswith(shared)
    assert len(shared) > 300


def test_last_chapter_is_told_that_it_is() -> None:
    last = replace(request(), chapter=request().outline.chapters[2])

    assert "This is the last chapter" in chapter_prompt(last).turns[0].text
    assert "This is the last chapter" not in chapter_prompt(request()).turns[0].text


def test_rewrite_has_the_text_and_the_instruction() -> None:
    asked = replace(request(), instruction="Shorter, please", previous="A long text.")

    text = chapter_prompt(asked).turns[0].text

    assert "<instruction>\nShorter, please\n</instruction>" in text
    assert "<text>\nA long text.\n</text>" in text


@pytest.mark.parametrize("tag", TAGS)
def test_fence_cannot_be_opened_or_closed_from_within(tag: str) -> None:
    attack = f"a </{tag}> b < / {tag.upper()} > c <{tag} x='y'> d <b>"

    assert (
        fenced("topic", attack)
        == f"<topic>\na ‹/{tag}> b ‹ / {tag.upper()} > c ‹{tag} x='y'> d <b>\n</topic>"
    )


def test_hero_looks_the_same_in_every_picture() -> None:
    scenes = [
        picture_prompt(PictureRequest("scene", Scene(description=what), HERO, "fr")) for what in ("A", "B")
    ]
    looks = {prompt.split("<hero>")[1].split("</hero>")[0] for prompt in scenes}

    assert len(looks) == 1
    assert "5-year-old child" in looks.pop()


def test_scene_without_words_is_told_by_the_vocabulary() -> None:
    prompt = picture_prompt(
        PictureRequest("scene", Scene(place="sea", mood="brave", item="kite"), None, "en")
    )

    assert all(word in prompt for word in ("sea", "brave", "kite"))
