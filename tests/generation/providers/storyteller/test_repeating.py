"""The same brief gives the same book: in any order and process, through JSON, after a member's edits."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generation.contract import Brief, ChapterPlan, ChapterRequest, HeroBrief, Kind, Language
from generation.providers.storyteller import MODEL, NAME, Storyteller
from tests.generation.providers.storyteller.books import NoCall, book, brief, planned, run, written

ROOT = Path(__file__).resolve().parents[4]
PRINT_BOOKS = """
import hashlib, json, sys
from tests.generation.providers.storyteller.books import book, brief
from generation.contract import HeroBrief
found = {}
for kind in ("story", "guide", "novel"):
    for language in ("en", "fr"):
        notes = ("Salt is salty.", "Fish swim.") * (kind != "story")
        made = book(brief(kind, language, seed=11, topic="the sea", goal="sharing", notes=notes))
        found[kind + language] = hashlib.sha256(repr((made.outline, made.texts)).encode()).hexdigest()
print(json.dumps(found))
"""


def test_books_are_the_same_in_every_process() -> None:
    answers = set()
    for hash_seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_BOOKS],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        answers.add(done.stdout.strip())

    assert len(answers) == 1
    assert len(set(json.loads(answers.pop()).values())) == 6


@pytest.mark.parametrize("kind", ["story", "guide", "novel"])
def test_chapters_may_be_written_in_any_order_and_after_a_journey_through_json(kind: Kind) -> None:
    asked = brief(
        kind,
        "fr",
        seed=5,
        topic="un jardin",
        notes=("L'eau est rare.", "Arrosez le soir.", "Le sol est sec."),
    )
    made = book(asked)
    outline = planned(asked)
    stored = [
        replace(chapter, private=json.loads(json.dumps(chapter.private))) for chapter in outline.chapters
    ]
    shuffled = list(enumerate(stored))
    random.Random(1).shuffle(shuffled)

    for position, chapter in shuffled:
        assert (
            written(ChapterRequest(asked, replace(outline, chapters=tuple(stored)), chapter))
            == made.texts[position]
        )


def test_another_seed_gives_another_book() -> None:
    assert book(brief(seed=1)).whole != book(brief(seed=2)).whole


def test_usage_is_the_storytellers_own_and_costs_nothing() -> None:
    asked = brief(seed=1)
    outline = run(Storyteller().plan(asked, NoCall()))
    chapter = run(
        Storyteller().write(ChapterRequest(asked, outline.outline, outline.outline.chapters[0]), NoCall())
    )

    for usage in (outline.usage, chapter.usage):
        assert (usage.provider, usage.model) == (NAME, MODEL) == ("storyteller", "storyteller-1")
        assert (usage.input_tokens, usage.output_tokens, usage.cached_tokens, usage.pictures) == (0, 0, 0, 0)
    assert chapter.chapter.complete


def test_renamed_and_reordered_chapters_keep_their_scene() -> None:
    asked = brief(seed=8)
    made = book(asked)
    last = replace(made.outline.chapters[-1], number=1, title="A title of my own")

    assert written(ChapterRequest(asked, replace(made.outline, chapters=(last,)), last)) == made.texts[-1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_chapter_that_a_member_added_tells_their_beats(language: Language) -> None:
    asked = brief(language=language, seed=8, hero=HeroBrief("Maya"))
    made = book(asked)
    own = ChapterPlan(number=5, title="The kite", beats=("They flew a *red* kite over the roofs.",))
    text = written(ChapterRequest(asked, replace(made.outline, chapters=(*made.outline.chapters, own)), own))

    assert "They flew a \\*red\\* kite over the roofs." in text
    assert "Maya" in text
    assert text not in made.texts


def test_added_chapter_says_nothing_that_the_book_says_already() -> None:
    from generation.providers.storyteller.statistics import sentences

    for seed in range(20):
        asked = brief(seed=seed)
        made = book(asked)
        own = ChapterPlan(number=6, title="Another", beats=())
        text = written(ChapterRequest(asked, made.outline, own))
        assert text
        assert not set(sentences(text)) & set(sentences(made.whole))


def test_plan_of_an_older_version_is_told_as_a_new_plot() -> None:
    asked = brief(seed=8)
    made = book(asked)
    old = {
        "engine": "story/1",
        "role": "home",
        "plot": {**made.outline.chapters[0].private["plot"], "want": "unicorn"},
    }  # type: ignore[dict-item]
    chapter = replace(made.outline.chapters[0], private=old)
    alone = replace(made.outline, chapters=(chapter,))

    assert written(ChapterRequest(asked, alone, chapter))


def test_hero_renamed_after_planning_has_the_new_name_in_the_text() -> None:
    asked = brief(seed=8, hero=HeroBrief("Maya", companion_name="Pip"))
    renamed = replace(asked, hero=HeroBrief("Noor", companion_name="Pip"))
    chapter = book(asked).outline.chapters[0]

    text = written(ChapterRequest(renamed, book(asked).outline, chapter))
    assert "Noor" in text
    assert "Maya" not in text


def test_brief_may_come_without_anything() -> None:
    for kind in ("story", "guide", "novel"):
        for language in ("en", "fr"):
            made = book(Brief("", "", "", kind, language))  # type: ignore[arg-type]
            assert made.outline.title
            assert all(made.texts)
