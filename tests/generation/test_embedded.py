"""Books by the embedded storyteller and illustrator: no key, no network, the same again for the same seed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from books.models import Illustration
from generation.contract import HeroBrief
from generation.models import BookJob
from jobs.models import Job
from storage import files
from tests.generation.conftest import Commission
from tests.generation.driving import drive


@pytest.fixture(autouse=True)
def embedded(settings: Any) -> None:
    settings.OPENAI_API_KEY = ""
    settings.OCTAVO_TEXT_PROVIDER = settings.OCTAVO_PICTURE_PROVIDER = "auto"


@pytest.mark.parametrize(("language", "name"), [("en", "Ada"), ("fr", "Zoé")])
@pytest.mark.timeout(300)
def test_story_is_written_drawn_and_typeset(commission: Commission, language: str, name: str) -> None:
    hero = HeroBrief(name=name, age=6, pronoun="she", companion="fox", companion_name="Rouky")
    book, job = commission(kind="story", language=language, topic="A lost kite", goal="", hero=hero)

    drive()

    job.refresh_from_db()
    assert (job.status, job.error) == (BookJob.Status.COMPLETED, "")
    assert 12 <= book.chapters.count() <= 16
    assert any(name in chapter.text for chapter in book.chapters.all())
    pictures = Illustration.objects.filter(book=book)
    assert pictures.count() == book.chapters.count() + 1
    assert not pictures.filter(file=None).exists()
    assert not pictures.filter(alt="").exists()
    assert book.formats.filter(status="READY").count() == 5
    assert Job.objects.get(pk=job.pk).spent_micros == 0
    html = files.read(book.formats.get(format="HTML").file).decode()
    assert {"en": "own storyteller", "fr": "conteur d’Octavo"}[language] in html


@pytest.mark.parametrize("language", ["en", "fr"])
def test_guide_is_made_of_the_members_own_notes(commission: Commission, language: str) -> None:
    note = {"en": "The plot faces south.", "fr": "Le terrain est exposé au sud."}[language]
    topic = {"en": "Starting a community garden", "fr": "Créer un jardin partagé"}[language]
    book, job = commission(language=language, topic=topic, notes=[note])

    drive()

    job.refresh_from_db()
    assert (job.status, job.error) == (BookJob.Status.COMPLETED, "")
    with zipfile.ZipFile(io.BytesIO(files.read(book.formats.get(format="MARKDOWN").file))) as archive:
        markdown = archive.read("book.md").decode()
    assert note.rstrip(".") in markdown
    assert book.formats.filter(status="READY").count() == 5


def test_novel_is_planned_and_says_what_it_is(commission: Commission) -> None:
    _book, job = commission(kind="novel", topic="Two lighthouse keepers", goal="")

    drive()

    job.refresh_from_db()
    assert (job.status, job.error) == (BookJob.Status.COMPLETED, "")


def test_same_seed_makes_the_same_text(commission: Commission) -> None:
    texts = []
    for _ in range(2):
        book, _job = commission(kind="story", topic="A lost kite", seed=42)
        drive(rounds=2)
        texts.append(list(book.chapters.values_list("title", "text")))

    assert texts[0] == texts[1]
