"""Building a book's files as steps: kept, replaced, not built twice, and told to who listens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.utils import timezone

from books.models import Book, Chapter, Illustration
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from formats import problems, records, steps
from formats.importing import read_book
from formats.models import BookFormat
from formats.problems import Problem
from formats.sources import book_source
from jobs import kinds
from jobs.control import skip_step, start_job
from jobs.kinds import ClaimedStep, StepCall
from jobs.models import Job, Step
from jobs.steps import NewStep
from storage import files, sweeping
from storage.models import StoredFile
from tenants import context
from tenants.context import Current
from tenants.keys import uuid7
from tests.factories.manuscripts import jpeg
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


def test_markdown_with_pictures_is_a_zip_file_of_both(book: Book, told: list[steps.FormatSettled]) -> None:
    cover = files.save(data=jpeg(), name="cover.jpg", content_type="image/jpeg", kind=StoredFile.Kind.PICTURE)
    Illustration.objects.create(book=book, kind=Illustration.Kind.COVER, alt="Beans", file=cover)
    build(book, "MARKDOWN")
    row = book.formats.select_related("file").get(format="MARKDOWN")
    assert row.file is not None
    assert (row.file.name, row.file.content_type) == ("beans-peas.zip", "application/zip")
    again = read_book(files.read(row.file), modified=timezone.now())
    assert [chapter.markdown for chapter in again.chapters] == ["Words of part 1.\n", "Words of part 2.\n"]
    assert again.assets[0].sha256 == cover.sha256


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


def test_what_was_verified_is_kept_with_the_file(book: Book, told: list[steps.FormatSettled]) -> None:
    build(book, "PDF", "EPUB")

    pdf = book.formats.select_related("preview").get(format="PDF")
    assert {"rule": "pdf-tagged", "outcome": "pass", "detail": {}} in pdf.checks
    assert pdf.pages is not None
    assert pdf.pages >= 4
    assert pdf.preview is not None
    assert files.read(pdf.preview).startswith(b"\xff\xd8")
    epub = book.formats.get(format="EPUB")
    assert (epub.pages, epub.preview) == (None, None)
    assert all(check["rule"].startswith("epub-") for check in epub.checks)


def test_new_build_takes_the_picture_before_away(book: Book, told: list[steps.FormatSettled]) -> None:
    build(book, "PDF")
    before = book.formats.get(format="PDF")
    write_chapter(chapter_id=book.chapters.get(number=1).pk, text="Other.", origin=Revision.Origin.PERSON)

    build(book, "PDF")

    assert not StoredFile.objects.filter(pk__in=[before.file_id, before.preview_id]).exists()
    assert StoredFile.objects.count() == 2


def test_nothing_is_built_or_announced_for_the_same_text(book: Book, told: list[steps.FormatSettled]) -> None:
    build(book, "HTML")
    work = steps.prepare(claimed(book, "HTML"))
    assert work.file is None
    assert StoredFile.objects.count() == 1


def test_file_of_a_build_that_is_not_settled_is_swept_away(book: Book) -> None:
    work = steps.prepare(claimed(book, "HTML"))
    result = asyncio.run(steps.perform(work, cast(StepCall, None)))
    assert result.file is not None
    (orphan,) = StoredFile.objects.all()
    assert files.read(orphan)
    StoredFile.objects.update(created_at=timezone.now() - sweeping.ABANDONED - timedelta(minutes=1))

    sweeping.sweep()

    assert not StoredFile.objects.exists()
    assert book.formats.get(format="HTML").file is None


def test_build_of_an_older_text_does_not_replace_a_newer_one(
    book: Book, told: list[steps.FormatSettled]
) -> None:
    slow = steps.prepare(claimed(book, "MARKDOWN"))
    late = asyncio.run(steps.perform(slow, cast(StepCall, None)))
    write_chapter(chapter_id=book.chapters.get(number=1).pk, text="Newer.", origin=Revision.Origin.PERSON)
    job = build(book, "MARKDOWN")

    steps.settle(replace(claimed(book, "MARKDOWN"), job_id=job.pk), late)

    row = book.formats.select_related("file").get(format="MARKDOWN")
    assert row.file is not None
    assert b"Newer." in files.read(row.file)


def test_file_that_cannot_be_made_leaves_the_others_alone(
    book: Book, told: list[steps.FormatSettled]
) -> None:
    book.chapters.all().delete()
    alone = {"book": str(book.pk), "format": "PDF", "alone": True}
    job = start_job(subject_type="test.files", subject_id=uuid7(), steps=[NewStep(steps.KIND, 1, alone)])

    drive()

    job.refresh_from_db()
    row = book.formats.get(format="PDF")
    assert (job.state, row.status) == ("DONE", "FAILED")
    assert problems.told(row.error).startswith("The book has no chapter yet.")
    assert [one.status for one in told] == ["FAILED"]


def claimed(book: Book, format_: str) -> ClaimedStep:
    payload = {"book": str(book.pk), "format": format_, "disclosure": "Made by a test."}
    return ClaimedStep(uuid7(), uuid7(), steps.KIND, 1, 1, context.current(), payload)


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
