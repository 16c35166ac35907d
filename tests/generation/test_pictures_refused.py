"""A refused picture is asked for in softer words, then drawn by the embedded illustrator."""

from __future__ import annotations

from books.models import Illustration
from generation.models import BookJob
from jobs.models import Step
from tests.emulators.openai_stateful import OpenAIServer, Script
from tests.generation.conftest import Commission
from tests.generation.driving import drive


def test_softer_words_are_enough(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(Script(path="/generations", status=400, code="moderation_blocked"))
    book, job = commission(chapters=1)

    drive()

    job.refresh_from_db()
    assert job.status == BookJob.Status.COMPLETED
    first, second = ai.asked("/generations", status=None)
    assert "gentle and innocent" not in first.text
    assert "gentle and innocent" in second.text
    assert book.illustrations.get().provider == "openai"


def test_picture_refused_twice_is_drawn_here(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(Script(path="/generations", status=400, code="moderation_blocked", times=None))
    book, job = commission(chapters=1)

    drive()

    job.refresh_from_db()
    assert (job.status, job.error) == (BookJob.Status.COMPLETED, "")
    assert len(ai.asked("/generations", status=None)) == 2
    cover = Illustration.objects.get(book=book)
    assert cover.provider == "cutpaper"
    assert cover.file is not None
    kinds = Step.objects.filter(kind__in=["generation.illustration", "generation.drawing"])
    assert set(kinds.values_list("kind", "status")) == {
        ("generation.illustration", "DONE"), ("generation.drawing", "DONE"),
    }  # fmt: skip
