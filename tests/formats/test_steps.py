"""Building a book's files as steps: kept, replaced, not built twice, and told to who listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from books.models import Book, Chapter, Illustration
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from formats import records, steps
from formats.models import BookFormat
from formats.problems import Problem
from formats.sources import book_source
from jobs import kinds
from jobs.control import skip_step, start_job
from jobs.models import Job, Step
from jobs.steps import NewStep
from storage import files
from storage.models import StoredFile
from tenants.context import Current
from tenants.keys import uuid7
from tests.generation.driving import drive

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[steps.FormatSettled]]:
    """What a listener hears of builds; no journey is there to hear it too."""
    heard: list[steps.FormatSettled] = []
    monkeypatch.setattr(steps, "_listeners", [heard.append])
    kinds.register_subject(
        "test.files", on_finished=_ignore, on_failed=lambda _id, _failure: None, on_cancelled=_ignore
    )
    yield heard
    kinds._subjects.pop("test.files")


def _ignore(_subject_id: object) -> None:
    return None


@pytest.fixture
def book(inside: Current) -> Book:
    book = Book.objects.create(kind="guide", language="en", title="Beans & peas", topic="Beans")
    for number in (1, 2):
        chapter = Chapter.objects.create(book=book, number=number, title=f"Part {number}")
        text = f"Words of part {number}."
        write_chapter(chapter_id=chapter.pk, text=text, origin=Revision.Origin.AI)
    records.expect_formats(book)
    return book


def build(book: Book, *names: str) -> Job:
    """One job that builds these formats, driven to its end."""
    new = [
        NewStep(steps.KIND, number, {"book": str(book.pk), "format": name, "disclosure": "Made by a test."})
        for number, name in enumerate(names, 1)
    ]
    job = start_job(subject_type="test.files", subject_id=uuid7(), steps=new)
    drive()
    job.refresh_from_db()
    return job


def test_built_file_is_kept_with_size_and_checksum(book: Book, told: list[steps.FormatSettled]) -> None:
    build(book, "MARKDOWN")

    row = book.formats.select_related("file").get(format="MARKDOWN")
    assert row.file is not None
    content = files.read(row.file)
    assert (row.status, row.size, row.sha256) == ("READY", len(content), row.file.sha256)
    assert row.file.name == "beans-peas.md"
    assert b"Words of part 2." in content
    assert len(row.content_hash) == 64


def test_listeners_hear_of_each_and_which_is_the_last(book: Book, told: list[steps.FormatSettled]) -> None:
    job = build(book, "MARKDOWN", "HTML")

    assert [(one.job_id, one.format, one.status, one.last) for one in told] == [
        (job.pk, "MARKDOWN", "READY", False),
        (job.pk, "HTML", "READY", True),
    ]


def test_same_text_is_not_built_again(book: Book, told: list[steps.FormatSettled]) -> None:
    build(book, "HTML")
    before = book.formats.values("file", "built_at").get(format="HTML")
    book.formats.update(status=BookFormat.Status.PENDING)

    build(book, "HTML")

    assert book.formats.values("file", "built_at").get(format="HTML") == before
    assert book.formats.get(format="HTML").status == "READY"


def test_changed_text_takes_the_place_of_the_file(book: Book, told: list[steps.FormatSettled]) -> None:
    build(book, "MARKDOWN")
    before = book.formats.get(format="MARKDOWN")
    chapter = book.chapters.get(number=1)
    write_chapter(chapter_id=chapter.pk, text="Other words.", origin=Revision.Origin.PERSON)

    build(book, "MARKDOWN")

    after = book.formats.select_related("file").get(format="MARKDOWN")
    assert after.file is not None
    assert b"Other words." in files.read(after.file)
    assert after.content_hash != before.content_hash
    assert not StoredFile.objects.filter(pk=before.file_id).exists()


def test_book_that_cannot_be_typeset_fails_with_the_reason(
    book: Book, told: list[steps.FormatSettled]
) -> None:
    book.chapters.all().delete()

    job = build(book, "PDF")

    row = book.formats.get(format="PDF")
    assert (job.state, job.failure_code) == ("FAILED", "format_not_built")
    assert (row.status, row.reason) == ("FAILED", str(Problem("no-chapter")))


def test_skipped_format_is_left_unmade(book: Book, told: list[steps.FormatSettled]) -> None:
    book.chapters.all().delete()
    job = build(book, "PDF")

    skip_step(step_id=Step.objects.get(job=job).pk)

    assert told[-1].status == "FAILED"
    assert told[-1].last


def test_source_leaves_out_what_was_skipped_and_names_pictures(book: Book) -> None:
    book.chapters.filter(number=1).update(status=Chapter.Status.SKIPPED)
    for kind, chapter in (("COVER", None), ("SCENE", book.chapters.get(number=2))):
        picture = files.save(
            data=PIXEL, name="p.png", content_type="image/png", kind="PICTURE", width=1, height=1
        )
        Illustration.objects.create(book=book, kind=kind, chapter=chapter, file=picture, alt=f"A {kind}")

    source = book_source(book, disclosure="Made by a test.")

    (chapter,) = source.chapters
    assert (chapter.title, chapter.picture, chapter.picture_alt) == ("Part 2", "picture-2", "A SCENE")
    assert (source.meta.cover, source.meta.cover_alt) == ("cover", "A COVER")
    assert [(asset.id, asset.read()) for asset in source.assets] == [("cover", PIXEL), ("picture-2", PIXEL)]
    assert source.meta.ai_disclosure == "Made by a test."


def test_source_of_the_same_text_is_the_same_whatever_else_moves(book: Book) -> None:
    before = book_source(book)
    Book.objects.filter(pk=book.pk).update(words=99, status=Book.Status.READY)

    assert book_source(Book.objects.get(pk=book.pk)) == before
