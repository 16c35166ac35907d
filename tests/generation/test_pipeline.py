"""A book's whole journey against an emulated AI service."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core import mail

from billing.models import LedgerEntry
from books.models import Book, Chapter, Illustration
from collaboration.models import Revision
from formats.models import BookFormat
from generation.models import BookJob
from insights.models import ActivityLog
from jobs.models import Job
from notifications.models import Notification
from tests.emulators.openai_stateful import OpenAIServer, Script
from tests.generation.conftest import Commission
from tests.generation.driving import drive

S = BookJob.Status


def test_book_goes_from_topic_to_five_files(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=3)
    assert (job.status, job.stage) == (S.PENDING, "outline")

    drive()

    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, job.error) == (S.COMPLETED, "")
    assert (book.status, book.title) == (Book.Status.READY, "The Emulated Book")
    chapters = list(book.chapters.all())
    assert [chapter.title for chapter in chapters] == ["Part 1", "Part 2", "Part 3"]
    assert all(chapter.text.startswith(f"In part {chapter.number}, Ana") for chapter in chapters)
    assert book.words == job.words == sum(len(chapter.text.split()) for chapter in chapters)
    assert set(book.formats.values_list("format", "status")) == {
        (name, "READY") for name in ("PDF", "EPUB", "DOCX", "HTML", "MARKDOWN")
    }
    assert all(book.formats.values_list("size", flat=True))
    assert book.illustrations.get(kind=Illustration.Kind.COVER).file is not None
    assert [one.name for one in book.characters.all()] == ["Ana"]
    assert Job.objects.get(pk=job.pk).state == "DONE"


def test_each_part_is_asked_for_once(ai: OpenAIServer, commission: Commission) -> None:
    commission(chapters=4)

    drive()

    assert len(ai.asked("/responses")) == 1 + 4
    assert len(ai.asked("/images/generations")) == 1
    assert LedgerEntry.objects.filter(state="SETTLED", provider="openai").count() == 6


def test_chapters_of_a_guide_are_written_side_by_side(ai: OpenAIServer, commission: Commission) -> None:
    commission(chapters=5)
    ai.delay = 0.2

    drive()

    assert ai.most_in_flight == 6  # five chapters and the cover


def test_novels_chapters_follow_what_was_written(ai: OpenAIServer, commission: Commission) -> None:
    text = "Ana left the gate open.\n\n<summary>The gate is open now.</summary>"
    ai.script(Script(match="Write chapter 1 ", text=text))
    book, _job = commission(kind="novel", chapters=3)

    drive()

    first, second, _third = (call.text for call in ai.asked("/responses")[1:])
    assert "The gate is open now." not in first
    assert "The gate is open now." in second
    chapter = book.chapters.get(number=1)
    assert (chapter.text, chapter.summary) == ("Ana left the gate open.", "The gate is open now.")


def test_every_chapter_enters_through_a_revision(ai: OpenAIServer, commission: Commission) -> None:
    book, _job = commission(chapters=2)

    drive()

    revisions = Revision.objects.filter(book=book)
    assert sorted(revisions.values_list("chapter__number", "version", "origin")) == [
        (1, "v1.0", "AI"), (2, "v1.0", "AI"),
    ]  # fmt: skip


def test_picture_books_scenes_follow_the_covers_looks(ai: OpenAIServer, commission: Commission) -> None:
    ai.chapters = 12
    book, job = commission(kind="story", chapters=12)

    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert len(ai.asked("/images/generations")) == 1
    edits = ai.asked("/images/edits")
    assert len(edits) == 12
    assert len({edit.files for edit in edits}) == 1
    assert book.illustrations.exclude(file=None).count() == 13


def test_french_book_is_asked_for_in_french(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(language="fr", topic="Créer un jardin partagé", chapters=2)

    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    plan, chapter, *_rest = ai.asked("/responses")
    assert "Faites le plan de ce livre" in plan.text
    assert "Écrivez le chapitre" in chapter.text
    assert book.formats.filter(status="READY").count() == 5


def test_whoever_asked_is_told_when_it_is_finished(
    ai: OpenAIServer, commission: Commission, django_capture_on_commit_callbacks: Any
) -> None:
    book, _job = commission(chapters=1)

    with django_capture_on_commit_callbacks() as callbacks:
        drive()

    note = Notification.objects.get(user=book.author)
    assert (note.kind, note.data["title"]) == ("book.finished", "The Emulated Book")
    assert callbacks
    assert list(ActivityLog.objects.order_by("created_at").values_list("action", flat=True)) == [
        "book.commissioned", "book.finished",
    ]  # fmt: skip
    assert mail.outbox == []  # the letter leaves by its own task, after commit


def test_incomplete_chapter_is_kept_and_gone_on_with(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(
        Script(match="Write chapter 1 ", text="First you dig. Then you", incomplete="max_output_tokens"),
        Script(match="Go on exactly where", text="Then you sow.\n\nAnd rest."),
    )
    book, job = commission(chapters=2)
    drive(rounds=2)
    chapter = book.chapters.get(number=1)
    assert (chapter.text, chapter.status) == ("First you dig. Then you", Chapter.Status.INCOMPLETE)

    drive()

    chapter.refresh_from_db()
    job.refresh_from_db()
    assert (chapter.text, chapter.status) == (
        "First you dig. Then you sow.\n\nAnd rest.",
        Chapter.Status.WRITTEN,
    )
    assert job.status == S.COMPLETED
    assert len(ai.asked("/responses")) == 1 + 2 + 1


def test_chapter_that_never_ends_is_taken_as_it_is(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(
        Script(match="Write chapter", text="A sentence. On", incomplete="max_output_tokens", times=None)
    )
    book, job = commission(chapters=1)

    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert book.chapters.get().status == Chapter.Status.WRITTEN
    assert len(ai.asked("/responses")) <= 8


def test_busy_service_is_waited_for_and_nothing_fails(ai: OpenAIServer, commission: Commission) -> None:
    ai.busy_every = 3
    _book, job = commission(chapters=6)

    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert len(ai.asked("/responses")) == 7


def test_progress_counts_chapters_words_and_cost(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=3)

    drive(rounds=1)
    job.refresh_from_db()
    assert (job.status, job.stage, job.done, job.total) == (S.WRITING_CHAPTERS, "chapters", 0, 3)
    assert job.writing == "Part 1"

    drive()
    job.refresh_from_db()
    assert job.words == sum(book.chapters.values_list("words", flat=True)) > 0
    assert job.cost_micros == Job.objects.get(pk=job.pk).spent_micros > 0


@pytest.mark.parametrize("api", ["responses", "chat"])
@pytest.mark.parametrize("delivery", ["background", "stream", "plain"])
def test_every_way_of_asking_makes_the_same_book(
    ai: OpenAIServer, commission: Commission, settings: Any, api: str, delivery: str
) -> None:
    settings.OPENAI_API, settings.OPENAI_DELIVERY = api, delivery
    book, job = commission(chapters=1)

    drive()

    job.refresh_from_db()
    assert (job.status, book.chapters.get().words) == (S.COMPLETED, 350)


def test_built_files_are_of_todays_text(ai: OpenAIServer, commission: Commission) -> None:
    book, _job = commission(chapters=1)
    drive()
    markdown = book.formats.get(format="MARKDOWN")

    from storage import files

    assert markdown.file is not None
    with zipfile.ZipFile(io.BytesIO(files.read(markdown.file))) as archive:  # a zip, as the book has pictures
        text = archive.read(next(name for name in archive.namelist() if name.endswith(".md"))).decode()
    assert "Ana takes step 7 of row 5." in text
    assert BookFormat.objects.filter(content_hash="").count() == 0
