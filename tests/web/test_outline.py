"""Looking an outline over: titles and beats changed, chapters moved, added and left out."""

from __future__ import annotations

from typing import Any

import pytest

from books.models import Book
from generation.contract import Bible, ChapterPlan, Outline, Scene
from generation.models import BookJob
from generation.outlines import outline_to_json
from jobs import control
from jobs.models import Job
from jobs.states import JobState
from tests.conftest import HostClient
from tests.web.conftest import tree

OUTLINE = Outline(
    title="Starting a garden",
    subtitle="",
    premise="A street learns to share a tap.",
    bible=Bible(),
    chapters=tuple(
        ChapterPlan(number=number, title=title, beats=(f"Beat of {title}.",), private={"card": number})
        for number, title in enumerate(("Ground", "Water", "Neighbours"), 1)
    ),
    cover=Scene(),
)


@pytest.fixture
def waiting(page: HostClient, inside: Any) -> Book:
    """A guide whose outline waits for Max."""
    page.post("/books/new/", {"kind": "guide", "language": "en", "topic": "Gardens", "begin": "outline"})
    BookJob.objects.update(
        awaiting_approval=True, outline=outline_to_json(OUTLINE), status=BookJob.Status.GENERATING_OUTLINE
    )
    Job.objects.update(state=JobState.RUNNING)
    control.hold_job(job_id=BookJob.objects.get().pk)
    return Book.objects.get()


def rows(*chapters: dict[str, Any], title: str = "Starting a garden") -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": title,
        "subtitle": "",
        "premise": OUTLINE.premise,
        "chapters-TOTAL_FORMS": len(chapters),
        "chapters-INITIAL_FORMS": 3,
    }
    for place, chapter in enumerate(chapters):
        data |= {f"chapters-{place}-{name}": value for name, value in chapter.items()}
    return data


def row(number: int | str, title: str, order: int | str, **more: Any) -> dict[str, Any]:
    return {"number": number, "title": title, "ORDER": order, "beats": f"Beat of {title}.", **more}


def test_outline_is_shown_for_editing(page: HostClient, waiting: Book) -> None:
    form = tree(page.get(f"/books/{waiting.pk}/outline/"))
    titles = form.xpath("//ol//input[contains(@name, '-title')]/@value")
    assert titles == ["Ground", "Water", "Neighbours"]


def test_approval_takes_the_edits(page: HostClient, waiting: Book) -> None:
    response = page.post(
        f"/books/{waiting.pk}/outline/",
        rows(
            row(1, "Ground", 3),
            row(2, "Water and rain", 1),
            row(3, "Neighbours", 2, DELETE="on"),
            row("", "Tools", 4),
            title="A garden of our own",
        ),
    )
    assert response["Location"] == f"/books/{waiting.pk}/progress/"
    job = BookJob.objects.get()
    assert job.awaiting_approval is False
    assert [one["title"] for one in job.outline["chapters"]] == ["Water and rain", "Ground", "Tools"]
    assert job.outline["chapters"][0]["private"] == {"card": 2}
    assert Book.objects.get().title == "A garden of our own"


def test_row_left_empty_is_no_chapter(page: HostClient, waiting: Book) -> None:
    page.post(
        f"/books/{waiting.pk}/outline/", rows(row(1, "Ground", 1), {"title": "", "beats": "", "ORDER": ""})
    )
    assert [one["title"] for one in BookJob.objects.get().outline["chapters"]] == ["Ground"]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (rows(row(1, "Ground", 1), title=""), "//*[@id='id_title_error']"),
        (rows(row(1, "", 1)), "//*[@id='id_chapters-0-title_error']"),
        (rows(row(1, "Ground", 1, DELETE="on")), "//*[@role='alert']"),
        ({"title": "No rows at all"}, "//*[@role='alert']"),
    ],
)
def test_faults_are_shown_and_nothing_begins(
    page: HostClient, waiting: Book, data: dict[str, Any], where: str
) -> None:
    response = page.post(f"/books/{waiting.pk}/outline/", data)
    assert response.status_code == 422
    assert tree(response).xpath(where)
    assert BookJob.objects.get().awaiting_approval is True


def test_outline_that_does_not_wait_leads_to_the_progress(page: HostClient, waiting: Book) -> None:
    BookJob.objects.update(awaiting_approval=False)
    assert page.get(f"/books/{waiting.pk}/outline/")["Location"] == f"/books/{waiting.pk}/progress/"
