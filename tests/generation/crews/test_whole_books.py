"""Whole books by a crew: in both shapes of its answers, told by webhooks or not, approved by a member."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.models import LedgerEntry
from books.models import Book
from generation.commission import approve_outline, cancel_book, regenerate_chapter, retry_book
from generation.models import BookJob, CrewRun, OwnProvider
from generation.outlines import outline_from_json
from jobs.models import Step
from tenants.models import Membership
from tests.emulators.crewai import TOKEN, CrewServer
from tests.generation.conftest import Commission
from tests.generation.crews.conftest import Telling, as_written, texts, write
from tests.generation.driving import drive

S = BookJob.Status
GARDEN = ("Gardens 1", "Gardens 2", "Gardens 3")


def test_crew_makes_a_book_from_topic_to_files(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    book, job = commission(topic="Gardens", goal="Grow", title="My Garden")

    drive(meanwhile=telling.deliver)

    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, job.error, book.status) == (S.COMPLETED, "", Book.Status.READY)
    assert texts(book) == as_written(*GARDEN)
    assert book.title == "My Garden"
    assert job.external_job_id == crew.run.id
    assert crew.run.inputs == {"title": "My Garden", "topic": "Gardens", "goal": "Grow"}
    assert crew.run.meta["octavo_job"] == str(job.pk)
    assert book.formats.filter(status="READY").count() == 5
    assert set(telling.answers) == {200}


@pytest.mark.parametrize(
    ("shape", "output_as", "told"),
    [
        ("status", "text", True),
        ("status", "fenced", False),
        ("state", "fenced", True),
        ("state", "text", False),
    ],
)
def test_either_shape_gives_the_book_for_one_run(
    crew: CrewServer,
    own_crew: OwnProvider,
    commission: Commission,
    telling: Telling,
    shape: Any,
    output_as: Any,
    told: bool,
) -> None:
    crew.shape, crew.output_as = shape, output_as
    book, job = commission(topic="Gardens")

    job = write(job, telling if told else None)

    assert texts(book) == as_written(*GARDEN)
    assert [one.beats for one in book.chapters.all()] == [[f"All about {one}."] for one in GARDEN]
    assert len(crew.asked("/kickoff")) == 1
    assert (job.finalized, job.external_job_id) == (True, crew.run.id)


def test_usage_comes_with_the_webhook_and_costs_the_platform_nothing(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    _book, job = commission(topic="Gardens")

    job = write(job, telling)

    settled = LedgerEntry.objects.filter(job_id=job.pk, state="SETTLED")
    (paid,) = settled.filter(output_tokens__gt=0)
    assert (paid.provider, paid.model, paid.input_tokens, paid.output_tokens) == (
        "own:crewai", "crew", 3_400, 2_000,
    )  # fmt: skip
    assert (paid.amount_micros, paid.unpriced, job.cost_micros) == (0, False, 0)
    assert not settled.filter(unpriced=True).exists()
    assert not LedgerEntry.objects.filter(job_id=job.pk, state__in=("RESERVED", "UNKNOWN")).exists()


def test_usage_in_the_answer_needs_no_webhook(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    crew.counts = True
    _book, job = commission(topic="Gardens")

    write(job)

    assert LedgerEntry.objects.filter(input_tokens=3_400, output_tokens=2_000).count() == 1


def test_platforms_own_crew_is_unpriced_until_it_has_a_price(
    crew: CrewServer, inside: Any, commission: Commission, settings: Any
) -> None:
    settings.OCTAVO_TEXT_PROVIDER, settings.CREWAI_URL, settings.CREWAI_TOKEN = "crewai", crew.url, TOKEN
    crew.counts = True
    book, job = commission(topic="Gardens")

    write(job)

    assert texts(book) == as_written(*GARDEN)
    (paid,) = LedgerEntry.objects.filter(output_tokens=2_000)
    assert (paid.provider, paid.unpriced) == ("crewai", True)


def test_chapters_after_the_first_ask_nobody(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    _book, job = commission(topic="Gardens")

    write(job)

    asked = Step.objects.filter(job_id=job.pk, kind="generation.chapter").order_by("number")
    assert [bool(step.provider) for step in asked] == [False, False, False]
    assert CrewRun.objects.get(pk=job.pk).book["chapters"][2]["title"] == "Gardens 3"


def test_outline_waits_for_a_member_and_changes_travel_as_feedback(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    crew.waits = True
    book, job = commission(topic="Gardens", approve_outline=True)
    job = write(job, telling)
    assert job.awaiting_approval
    assert crew.run.state == "waiting"

    chapters = [{"number": 2, "title": "Soil first"}, {"number": 1, "title": "Gardens 1"}]
    approve_outline(job=job, chapters=chapters)
    job = write(job, telling)

    (resumed,) = crew.asked("/resume")
    assert resumed.body["is_approve"] is True
    assert resumed.body["execution_id"] == crew.run.id
    assert resumed.body["task_id"] == "outline_task"
    assert "1. Soil first" in resumed.body["human_feedback"]
    kickoff = crew.asked("/kickoff")[0].body
    hooks = ("taskWebhookUrl", "stepWebhookUrl", "crewWebhookUrl")
    assert {name: resumed.body[name] for name in hooks} == {name: kickoff[name] for name in hooks}
    assert texts(book) == as_written("Soil first", "Gardens 1")
    assert LedgerEntry.objects.filter(output_tokens=2_000).count() == 1


def test_member_may_take_days_to_approve(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    crew.waits = True
    book, job = commission(topic="Gardens", approve_outline=True)
    job = write(job, telling)
    CrewRun.objects.update(waiting_since=timezone.now() - timedelta(days=3))

    approve_outline(job=job)
    job = write(job, telling)

    assert (job.error, texts(book)) == ("", as_written(*GARDEN))


def test_approval_without_changes_is_just_that(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    crew.waits, crew.shape = True, "state"
    book, job = commission(topic="Gardens", approve_outline=True)
    job = write(job)
    assert job.awaiting_approval

    approve_outline(job=job)
    write(job)

    assert crew.asked("/resume")[0].body["human_feedback"] == "Approved."
    assert texts(book) == as_written(*GARDEN)


def test_crew_that_waits_where_nobody_wants_to_be_asked_is_told_to_go_on(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    crew.waits = True
    book, job = commission(topic="Gardens")

    write(job, telling)

    assert len(crew.asked("/resume")) == 1
    assert texts(book) == as_written(*GARDEN)


def test_changes_that_cannot_reach_the_crew_are_told(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    crew.shape = "state"  # the outline is seen early, but the crew does not wait
    book, job = commission(topic="Gardens", approve_outline=True)
    job = write(job)
    approve_outline(job=job, chapters=[{"number": 1, "title": "Other"}])

    job = write(job)

    assert (job.status, job.error_code) == (S.FAILED, "crew_went_on")
    assert "could not reach it" in job.error

    retry_book(job=job)
    write(job)
    assert texts(book)[0] == ("Other", "This is Gardens 1, at length.")
    assert len(crew.asked("/kickoff")) == 1


def test_chapters_beyond_the_outline_become_the_books(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    crew.shape = "state"
    book, job = commission(topic="Gardens")
    write(job, rounds=3)
    assert book.chapters.count() == 3
    crew.run.chapters = 5

    job = write(job)

    assert texts(book) == as_written(*(f"Gardens {number}" for number in range(1, 6)))
    assert len(outline_from_json(job.outline).chapters) == 5


def test_what_the_crew_is_at_is_shown(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    _book, job = commission(topic="Gardens")
    seen = []

    for _ in range(4):
        job = write(job, rounds=1)
        seen.append((job.status, job.writing))

    assert seen == [
        (S.GENERATING_OUTLINE, ""),
        (S.GENERATING_OUTLINE, "outline task"),
        (S.WRITING_CHAPTERS, "write chapters task"),
        (S.FINALIZING, "final editing task"),
    ]


def test_cancelled_book_asks_the_crew_nothing_more(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    crew.hangs = True
    _book, job = commission(topic="Gardens")
    write(job, rounds=2)
    looks = len(crew.asked("/status"))

    cancel_book(job=job)
    job = write(job, telling)

    assert (job.status, len(crew.asked("/status"))) == (S.CANCELLED, looks)


def test_chapter_is_written_anew_by_a_crew_that_takes_instructions(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, membership: Membership
) -> None:
    crew.inputs = ("topic", "instruction", "previous", "chapter_title")
    book, job = commission(topic="Gardens")
    write(job)
    book.chapters.update(status="WRITTEN")
    BookJob.objects.update(status=S.COMPLETED)
    crew.result = {"title": "Gardens 2", "content": "Shorter now."}

    again = regenerate_chapter(
        membership=membership, chapter=book.chapters.get(number=2), instruction="Shorter"
    )
    write(again)

    asked = crew.asked("/kickoff")[1].body["inputs"]
    assert asked == {
        "topic": "Gardens",
        "instruction": "Shorter",
        "previous": "This is Gardens 2, at length.",
        "chapter_title": "Gardens 2",
    }
    assert book.chapters.get(number=2).text == "Shorter now."
    assert book.chapters.get(number=1).text == "This is Gardens 1, at length."


def test_crew_without_instructions_cannot_rewrite_a_chapter(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, membership: Membership
) -> None:
    book, job = commission(topic="Gardens")
    write(job)
    book.chapters.update(status="WRITTEN")
    BookJob.objects.update(status=S.COMPLETED)

    again = regenerate_chapter(
        membership=membership, chapter=book.chapters.get(number=2), instruction="Shorter"
    )
    again = write(again)

    assert (again.status, again.error_code) == (S.FAILED, "crew_cannot_rewrite")
    assert len(crew.asked("/kickoff")) == 1
