"""What members may ask of a book in the making, in each of its states."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing import limits
from billing.models import Metric, Plan
from books.models import Book, Chapter, Illustration
from collaboration import revisions
from collaboration.models import Revision
from generation import commission as doings
from generation import editing
from generation.briefs import InvalidBrief
from generation.errors import NotPossibleNow
from generation.models import BookJob
from insights.models import ActivityLog
from jobs.models import Job, Step
from notifications.models import Notification
from tenants.context import Current, entered
from tenants.models import Membership, Organisation, Role
from tests.emulators.openai_stateful import OpenAIServer, Script
from tests.factories.tenants import MembershipFactory
from tests.generation.conftest import Commission
from tests.generation.driving import drive

S = BookJob.Status


def books_used(organisation: Organisation) -> int:
    return limits.allowance(organisation.pk, Metric.BOOKS_CREATED).used


# --- asking ------------------------------------------------------------------------------------------------


def test_asking_writes_book_job_and_first_step_at_once(
    ai: OpenAIServer, commission: Commission, organisation: Organisation
) -> None:
    book, job = commission(title="Beans", notes=["It faces south.", "  "], author_name="Max Writer")

    assert (book.status, book.title, book.notes) == (Book.Status.GENERATING, "Beans", ["It faces south."])
    assert (book.author_name, job.book_id, job.status) == ("Max Writer", book.pk, S.PENDING)
    assert Job.objects.get(pk=job.pk).subject_id == job.pk
    assert list(Step.objects.values_list("kind", "status")) == [("generation.outline", "PENDING")]
    assert books_used(organisation) == 1
    assert ActivityLog.objects.get().action == "book.commissioned"


def test_guest_may_not_ask_for_a_book(inside: Current, organisation: Organisation, ai: OpenAIServer) -> None:
    guest = MembershipFactory(organisation=organisation, role=Role.GUEST)

    with pytest.raises(PermissionDenied):
        doings.commission_book(membership=guest, topic="Beans")

    assert not Book.objects.exists()


def test_plan_that_is_used_up_leaves_nothing_behind(
    ai: OpenAIServer, commission: Commission, organisation: Organisation
) -> None:
    Plan.objects.filter(subscriptions__organisation=organisation).update(books_limit=1)
    commission()

    with pytest.raises(limits.LimitReached):
        commission()

    assert (Book.objects.count(), BookJob.objects.count(), Job.objects.count()) == (1, 1, 1)


def test_budget_of_nothing_stops_before_anything_is_sent(ai: OpenAIServer, commission: Commission) -> None:
    _book, job = commission(budget_micros=0)

    drive()

    job.refresh_from_db()
    assert (job.status, ai.calls) == (S.FAILED, [])
    assert "budget" in job.error


def test_full_storage_stops_with_a_sentence_and_goes_on_when_there_is_room(
    ai: OpenAIServer, commission: Commission, organisation: Organisation
) -> None:
    plans = Plan.objects.filter(subscriptions__organisation=organisation)
    plans.update(storage_limit=100)
    _book, job = commission(chapters=1)

    drive()
    job.refresh_from_db()
    assert (job.status, job.error_code) == (S.FAILED, "storage_full")
    assert "storage is full" in job.error

    plans.update(storage_limit=None)
    doings.retry_book(job=job)
    drive()
    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert len(ai.asked("/responses")) == 2


def test_every_wrong_field_is_named(commission: Commission) -> None:
    with pytest.raises(InvalidBrief) as caught:
        commission(topic="", kind="poem", language="de", tone="x" * 201, notes=["y" * 2001], chapters=3)

    assert set(caught.value.errors) == {"topic", "kind", "language", "tone", "notes"}
    assert all(message for messages in caught.value.errors.values() for message in messages)
    assert not Book.objects.exists()


def test_two_organisations_books_are_apart(
    ai: OpenAIServer, commission: Commission, other_organisation: Organisation, other_member: Any
) -> None:
    book, job = commission(chapters=1, topic="Acme's secret")
    theirs = Membership.objects.get(user=other_member)
    with entered(other_organisation):
        other_book, other_job = doings.commission_book(membership=theirs, topic="Globex's own", chapters=1)

    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert list(Book.objects.all()) == [book]
    with entered(other_organisation):
        other_job.refresh_from_db()
        assert other_job.status == S.COMPLETED
        assert list(Book.objects.all()) == [other_book]
        assert not Chapter.objects.filter(book_id=book.pk).exists()


# --- approving ---------------------------------------------------------------------------------------------


def test_outline_waits_for_its_approval(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=2, approve_outline=True)

    drive()

    job.refresh_from_db()
    assert (job.status, job.awaiting_approval) == (S.GENERATING_OUTLINE, True)
    assert book.chapters.count() == 2
    assert len(ai.asked("/responses")) == 1
    assert Job.objects.get(pk=job.pk).state == "RUNNING"


def test_approved_outline_is_written_as_edited(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=3, approve_outline=True)
    drive()
    chapters = [
        {"number": 3, "title": "The end first", "beats": ["It is over."]},
        {"title": "A new one", "beats": ["Something else."]},
        {"number": 1, "title": "Part 1"},
    ]

    doings.approve_outline(job=job, chapters=chapters, title="My own title")
    drive()

    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, book.title) == (S.COMPLETED, "My own title")
    assert [(one.number, one.title, one.beats) for one in book.chapters.all()] == [
        (1, "The end first", ["It is over."]),
        (2, "A new one", ["Something else."]),
        (3, "Part 1", ["Thing 1 is begun.", "Thing 1 is done."]),
    ]
    assert all(chapter.text for chapter in book.chapters.all())


@pytest.mark.parametrize(
    ("chapters", "field"),
    [([], "chapters"), ([{"number": 1, "title": " "}], "chapters.1.title"), (["x"], "chapters.1")],
)
def test_edits_that_cannot_be_used_change_nothing(
    ai: OpenAIServer, commission: Commission, chapters: list[Any], field: str
) -> None:
    book, job = commission(chapters=2, approve_outline=True)
    drive()

    with pytest.raises(InvalidBrief) as caught:
        doings.approve_outline(job=job, chapters=chapters)

    job.refresh_from_db()
    assert list(caught.value.errors) == [field]
    assert (job.awaiting_approval, book.chapters.count()) == (True, 2)


def test_outline_is_approved_once(ai: OpenAIServer, commission: Commission) -> None:
    _book, job = commission(chapters=1, approve_outline=True)
    drive()
    doings.approve_outline(job=job)

    with pytest.raises(NotPossibleNow):
        doings.approve_outline(job=job)


# --- cancelling --------------------------------------------------------------------------------------------


def test_cancelled_before_the_outline_costs_nothing_and_is_given_back(
    ai: OpenAIServer, commission: Commission, organisation: Organisation
) -> None:
    book, job = commission()

    doings.cancel_book(job=job)
    drive()

    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, book.status) == (S.CANCELLED, Book.Status.CANCELLED)
    assert (ai.calls, books_used(organisation)) == ([], 0)


def test_cancelled_while_awaiting_approval_waits_again_when_tried_again(
    ai: OpenAIServer, commission: Commission
) -> None:
    _book, job = commission(chapters=1, approve_outline=True)
    drive()
    doings.cancel_book(job=job)
    job.refresh_from_db()
    assert (job.status, job.awaiting_approval) == (S.CANCELLED, False)

    job = doings.retry_book(job=job)
    drive()
    job.refresh_from_db()
    assert (job.status, job.awaiting_approval) == (S.GENERATING_OUTLINE, True)

    doings.approve_outline(job=job)
    drive()
    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert len(ai.asked("/responses")) == 2


def test_cancelled_while_writing_keeps_what_is_written(
    ai: OpenAIServer, commission: Commission, organisation: Organisation
) -> None:
    book, job = commission(kind="novel", chapters=4)
    drive(rounds=2)

    doings.cancel_book(job=job)
    drive()

    job.refresh_from_db()
    assert job.status == S.CANCELLED
    assert [bool(chapter.text) for chapter in book.chapters.all()] == [True, False, False, False]
    assert books_used(organisation) == 1


def test_cancelled_book_goes_on_where_it_was(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(kind="novel", chapters=3)
    drive(rounds=2)
    doings.cancel_book(job=job)

    doings.retry_book(job=job)
    drive()

    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, book.status, job.retries) == (S.COMPLETED, Book.Status.READY, 1)
    assert len(ai.asked("/responses")) == 1 + 3


def test_finished_book_can_be_neither_cancelled_nor_tried_again(
    ai: OpenAIServer, commission: Commission
) -> None:
    _book, job = commission(chapters=1)
    drive()

    with pytest.raises(NotPossibleNow):
        doings.cancel_book(job=job)
    with pytest.raises(NotPossibleNow):
        doings.retry_book(job=job)

    job.refresh_from_db()
    assert job.status == S.COMPLETED


# --- failing and trying again ------------------------------------------------------------------------------


def test_wrong_key_stops_with_a_sentence_for_the_member(
    ai: OpenAIServer, commission: Commission, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "sk-wrong"
    book, job = commission()

    drive()

    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, job.error_code, book.status) == (S.FAILED, "wrong_key", Book.Status.FAILED)
    assert "key" in job.error
    assert "sk-wrong" not in job.error
    assert Notification.objects.get(user=book.author).kind == "book.failed"


def test_trying_again_does_only_what_is_missing(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=4)
    ai.script(Script(match="Write chapter 3 ", status=400, code="bad", times=None))
    drive()
    job.refresh_from_db()
    assert (job.status, job.error_code) == (S.FAILED, "bad_request")
    assert [bool(chapter.text) for chapter in book.chapters.all()] == [True, True, False, True]
    asked_before = len(ai.asked("/responses"))
    ai._scripts.clear()

    doings.retry_book(job=job)
    drive()

    job.refresh_from_db()
    assert (job.status, job.error, job.error_code) == (S.COMPLETED, "", "")
    assert len(ai.asked("/responses")) == asked_before + 1
    assert len(ai.asked("/images/generations")) == 1


def test_refused_topic_says_so(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(Script(refusal="I cannot help with that."))
    _book, job = commission()

    drive()

    job.refresh_from_db()
    assert (job.status, job.error_code) == (S.FAILED, "content_refused")
    assert "in other words" in job.error


def test_unusable_outline_is_asked_for_again(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(Script(text="{", times=2))
    _book, job = commission(chapters=1)

    drive(rounds=3)

    job.refresh_from_db()
    assert job.outline is not None
    assert len(ai.asked("/responses")) == 3


def test_skipped_chapter_is_left_out_and_the_book_goes_on(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=3)
    ai.script(Script(match="Write chapter 2 ", status=400, code="bad", times=None))
    drive()

    doings.skip_step(step=Step.objects.get(status="FAILED"))
    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert list(book.chapters.values_list("status", flat=True)) == ["WRITTEN", "SKIPPED", "WRITTEN"]
    assert book.formats.filter(status="READY").count() == 5


def test_skipped_picture_is_left_out(ai: OpenAIServer, commission: Commission) -> None:
    book, job = commission(chapters=1)
    ai.script(Script(path="/generations", status=400, code="bad", times=None))
    drive()
    step = Step.objects.get(status="FAILED")
    assert step.kind == "generation.illustration"

    doings.skip_step(step=step)
    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert not Illustration.objects.filter(book=book).exists()


def test_outline_cannot_be_skipped(ai: OpenAIServer, commission: Commission) -> None:
    ai.script(Script(refusal="No."))
    commission()
    drive()

    with pytest.raises(NotPossibleNow):
        doings.skip_step(step=Step.objects.get())


# --- one chapter anew --------------------------------------------------------------------------------------


def test_chapter_is_written_anew_and_the_files_follow(
    ai: OpenAIServer, commission: Commission, membership: Membership
) -> None:
    book, _job = commission(chapters=2)
    drive()
    chapter = book.chapters.get(number=2)
    before, hashes = chapter.text, set(book.formats.values_list("content_hash", flat=True))
    ai.script(Script(match="More about worms", text="Worms, then.\n\nMany worms."))

    job = doings.regenerate_chapter(membership=membership, chapter=chapter, instruction="More about worms")
    drive()

    job.refresh_from_db()
    chapter.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, job.purpose, book.status) == (S.COMPLETED, "CHAPTER", Book.Status.READY)
    assert chapter.text == "Worms, then.\n\nMany worms."
    assert "In part 2, Ana takes step 1 of row 1." in ai.asked("/responses")[-1].text
    revision = Revision.objects.filter(chapter=chapter).first()
    assert revision is not None
    assert (revision.version, revision.changes["instruction"]) == ("v2.0", "More about worms")
    assert hashes.isdisjoint(book.formats.values_list("content_hash", flat=True))
    revisions.restore_revision(revision=chapter.revisions.get(number=1), author_id=None)
    chapter.refresh_from_db()
    assert chapter.text == before


def test_skipped_rewrite_leaves_the_chapter_as_it_was(
    ai: OpenAIServer, commission: Commission, membership: Membership
) -> None:
    book, _job = commission(chapters=1)
    drive()
    chapter = book.chapters.get()
    ai.script(Script(match="Make it rude", refusal="No."))
    job = doings.regenerate_chapter(membership=membership, chapter=chapter, instruction="Make it rude")
    drive()
    job.refresh_from_db()
    assert (job.status, Book.objects.get().status) == (S.FAILED, Book.Status.READY)

    doings.skip_step(step=Step.objects.get(status="FAILED"))
    drive()

    job.refresh_from_db()
    assert job.status == S.COMPLETED
    assert book.chapters.get().text == chapter.text


def test_members_own_edit_stays_on_the_page_when_it_came_meanwhile(
    ai: OpenAIServer, commission: Commission, membership: Membership
) -> None:
    book, _job = commission(chapters=1)
    drive()
    chapter = book.chapters.get()
    ai.script(Script(match="Shorter", text="Short."))
    doings.regenerate_chapter(membership=membership, chapter=chapter, instruction="Shorter")

    def edit() -> None:
        editing.save_text(
            chapter=chapter, text="My own.", title=None, author_id=membership.user_id, expected=1
        )

    drive(rounds=1, meanwhile=edit)

    chapter.refresh_from_db()
    assert chapter.text == "My own."
    assert list(chapter.revisions.values_list("content", flat=True))[:2] == ["My own.", "Short."]


@pytest.mark.parametrize("instruction", ["", " \x00 ", "x" * 2001])
def test_instruction_has_to_say_something(
    ai: OpenAIServer, commission: Commission, membership: Membership, instruction: str
) -> None:
    book, _job = commission(chapters=1)
    drive(rounds=2)

    with pytest.raises(InvalidBrief) as caught:
        doings.regenerate_chapter(membership=membership, chapter=book.chapters.get(), instruction=instruction)

    assert list(caught.value.errors) == ["instruction"]


def test_chapter_of_a_book_in_the_making_has_to_wait(
    ai: OpenAIServer, commission: Commission, membership: Membership
) -> None:
    book, _job = commission(chapters=1)
    drive(rounds=2)

    with pytest.raises(NotPossibleNow):
        doings.regenerate_chapter(membership=membership, chapter=book.chapters.get(), instruction="Shorter")


def test_saved_edit_is_a_revision_and_the_files_follow_once(
    ai: OpenAIServer, commission: Commission, membership: Membership
) -> None:
    book, _job = commission(chapters=1)
    drive()
    chapter = book.chapters.get()

    for text in ("My own words.", "My own better words."):
        chapter.refresh_from_db()
        editing.save_text(
            chapter=chapter, text=text, title=None, author_id=membership.user_id, expected=chapter.revision
        )
    assert BookJob.objects.filter(purpose="FORMATS").count() == 1
    drive()

    book.refresh_from_db()
    assert book.words == 4
    assert BookJob.objects.get(purpose="FORMATS").status == S.COMPLETED
    assert book.formats.filter(status="READY").count() == 5
    assert list(chapter.revisions.values_list("version", "origin")) == [
        ("v1.2", "PERSON"), ("v1.1", "PERSON"), ("v1.0", "AI"),
    ]  # fmt: skip
