"""What endpoints hear of a book that is made by the embedded storyteller, from the first step to the last."""

from __future__ import annotations

import pytest

from generation import announcements, editing
from generation import commission as doings
from generation.endings import on_failed
from jobs.kinds import Failure
from notifications.webhooks.catalogue import event_type
from notifications.webhooks.models import Delivery, Endpoint, Event
from tenants.models import Membership, Organisation
from tests.generation.conftest import Commission
from tests.generation.driving import drive


@pytest.fixture(autouse=True)
def listening(organisation: Organisation, settings: object) -> Endpoint:
    settings.OCTAVO_TEXT_PROVIDER = settings.OCTAVO_PICTURE_PROVIDER = "auto"  # type: ignore[attr-defined]
    return Endpoint.objects.create(organisation=organisation, url="https://hooks.example/", secret="x")


def told() -> list[str]:
    return list(Event.objects.order_by("id").values_list("type", flat=True))


def last(kind: str) -> dict[str, object]:
    data = Event.objects.filter(type=kind).order_by("-id")[0].data
    assert data.keys() == event_type(kind).example.keys()
    return data


def test_a_book_from_the_first_step_to_the_last(commission: Commission, membership: Membership) -> None:
    book, job = commission(
        kind="guide", chapters=1, notes=["Bring a string."], topic="A kite", approve_outline=True
    )
    assert told() == ["book.created"]
    assert last("book.created")["book"]["status"] == "GENERATING"

    drive()
    assert told() == ["book.created", "outline.ready"]
    assert last("outline.ready")["job"]["id"] == str(job.pk)

    doings.approve_outline(job=job)
    drive(lanes=("calls",))
    chapters = book.chapters.count()
    assert told() == ["book.created", "outline.ready", *["chapter.written"] * chapters]
    assert last("chapter.written")["origin"] == "AI"
    job.refresh_from_db()
    announcements.finished(job)
    book.refresh_from_db()
    said = last("book.completed")["book"]
    assert (said["title"], said["status"], said["words"]) == (book.title, "READY", book.words)
    doings.refresh_formats(membership=membership, book=book, formats=["MARKDOWN"])
    drive()
    assert told()[-2:] == ["book.completed", "file.ready"]
    file = last("file.ready")
    assert (file["format"], file["bytes"] > 0) == ("MARKDOWN", True)
    assert file["url"].endswith(f"/api/v1/books/{book.pk}/formats/markdown/download/")
    assert Delivery.objects.count() == Event.objects.count()


def test_a_members_edit(commission: Commission) -> None:
    book, _job = commission(kind="guide", chapters=1, notes=["Bring a string."], topic="A kite")
    drive(lanes=("calls",))
    chapter = book.chapters.first()
    editing.save_text(chapter=chapter, text="Mine.", title=None, author_id=None, expected=None)
    said = last("chapter.updated")
    assert (said["number"], said["words"], said["origin"], said["revision"]) == (1, 1, "PERSON", 2)


def test_cancelled_and_failed(commission: Commission) -> None:
    _book, job = commission(kind="guide", chapters=1, notes=["Bring a string."], topic="A kite")
    doings.cancel_book(job=job)
    assert told() == ["book.created", "book.cancelled"]
    _book, job = commission(kind="guide", chapters=1, notes=["Bring a string."], topic="A kite")
    on_failed(job.pk, Failure("permanent", "odd", "for no reason"))
    assert told()[-1] == "book.failed"
    assert last("book.failed")["error"] == {"code": "odd"}
