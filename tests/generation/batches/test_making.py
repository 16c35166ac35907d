"""A batch from its beginning to its end, by the real steps."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Limit, Metric, Window
from books.models import Book
from generation import commission
from generation.batches import making, preparing, steps
from generation.batches.following import ROW, TURN
from generation.batches.models import Batch, BatchRow
from generation.batches.progress import counts_of
from generation.batches.template import Template
from generation.briefs import InvalidBrief
from generation.errors import NotPossibleNow
from generation.models import BookJob
from insights.models import ActivityLog
from jobs.errors import Permanent
from jobs.models import Job, Step
from notifications.models import Kind, Notification
from tenants.models import Membership, Organisation, Role
from tenants.organisations.features import NotInPlan
from tests.factories.billing import put_on
from tests.factories.tenants import MembershipFactory
from tests.generation.batches.conftest import Draft
from tests.generation.batches.working import fail, turn, work

pytestmark = pytest.mark.django_db
R, B = BatchRow.Status, Batch.Status


def statuses(batch: Batch) -> list[str]:
    return list(batch.rows.values_list("status", flat=True))


def begin(batch: Batch, membership: Membership) -> None:
    making.begin_batch(by=membership, batch=batch)


def allow_books(organisation: Organisation, number: int | None) -> None:
    Limit.objects.update_or_create(
        organisation=organisation,
        metric=Metric.BOOKS_CREATED,
        window=Window.EVER,
        defaults={"amount": number},
    )


def test_every_row_becomes_a_book_of_its_own(draft: Draft, membership: Membership) -> None:
    batch = draft({"name": "Noor", "age": 7, "glasses": True}, "Max", dedication="For {name}")
    begin(batch, membership)

    work(batch)

    batch.refresh_from_db()
    assert (batch.status, statuses(batch)) == (B.COMPLETED, [R.DONE, R.DONE])
    books = [row.book for row in batch.rows.select_related("book__hero")]
    assert [book.status for book in books] == ["READY", "READY"]
    assert [(book.hero.name, book.hero.age, book.hero.looks["glasses"]) for book in books] == [
        ("Noor", 7, True),
        ("Max", 6, False),
    ]
    assert [book.dedication for book in books] == ["For Noor", "For Max"]
    assert [book.topic for book in books] == ["Noor and the lost kite", "Max and the lost kite"]
    assert Job.objects.get(pk=batch.pk).state == "DONE"
    told = Notification.objects.get()
    assert (told.kind, told.words.body) == (Kind.BATCH_COMPLETED, "2 books are ready.")
    lines = ActivityLog.objects.filter(action__startswith="batch").order_by("created_at")
    assert list(lines.values_list("action", flat=True)) == [
        "batch.created",
        "batch.begun",
        "batch.completed",
    ]


def test_books_of_a_batch_come_after_single_ones(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor")
    begin(batch, membership)
    turn(batch)
    commission.commission_book(membership=membership, topic="A garden")

    book_jobs = Job.objects.filter(subject_type="generation.book").order_by("-created_at")
    assert list(book_jobs.values_list("priority", flat=True)) == [0, steps.PRIORITY]
    assert Job.objects.get(pk=batch.pk).priority == steps.PRIORITY


def test_only_a_few_are_in_the_making_at_once(
    draft: Draft, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 2)
    batch = draft("A", "B", "C", "D", "E")
    begin(batch, membership)
    seen: list[int] = []

    work(batch, meanwhile=lambda: seen.append(counts_of(batch.pk).making))

    assert statuses(batch) == [R.DONE] * 5
    assert max(seen) == 2


def test_five_hundred_rows_are_prepared_in_a_few_queries(
    draft: Draft, membership: Membership, inside: Any, pro: Organisation
) -> None:
    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            batch = draft(*({"name": f"Hero {n}"} for n in range(number)))
            begin(batch, membership)
        return len(seen)

    queries(1)
    assert queries(500) == queries(5)


def test_limit_pauses_and_the_batch_goes_on_after_an_upgrade(
    draft: Draft, membership: Membership, organisation: Organisation
) -> None:
    allow_books(organisation, 2)
    batch = draft("A", "B", "C", "D")
    begin(batch, membership)
    work(batch)

    batch.refresh_from_db()
    assert (batch.status, batch.reason[:35]) == (B.PAUSED, "Your plan’s 2 books have all been u")
    assert sorted(statuses(batch)) == [R.DONE, R.DONE, R.WAITING, R.WAITING]
    assert Notification.objects.filter(kind=Kind.BATCH_PAUSED).count() == 1

    allow_books(organisation, None)
    making.go_on(by=membership, batch=batch)
    work(batch)

    batch.refresh_from_db()
    assert (batch.status, batch.reason, statuses(batch)) == (B.COMPLETED, "", [R.DONE] * 4)
    assert Book.objects.count() == 4


def test_row_whose_step_is_done_twice_gets_one_book(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor")
    begin(batch, membership)
    turn(batch)
    again = Step.objects.get(job=batch.pk, kind=ROW)
    Step.objects.create(
        job_id=again.job_id,
        organisation_id=again.organisation_id,
        kind=ROW,
        lane=again.lane,
        number=again.number + 1,
        payload=again.payload,
    )
    work(batch)

    assert Book.objects.count() == 1
    assert statuses(batch) == [R.DONE]


def test_book_that_stops_is_told_in_its_row_and_tried_again(
    draft: Draft, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = draft("Noor", "Max")
    begin(batch, membership)
    turn(batch)
    row = batch.rows.select_related("book").get(number=1)
    fail(row)
    work(batch)

    row.refresh_from_db()
    batch.refresh_from_db()
    assert (row.status, batch.status) == (R.FAILED, B.COMPLETED)
    assert row.error.startswith("The AI service did not accept its key.")
    assert Notification.objects.get().words.body == "1 book is ready. 1 could not be made."

    assert making.retry_failed(by=membership, batch=batch) == 1
    work(batch)

    batch.refresh_from_db()
    assert (batch.status, statuses(batch)) == (B.COMPLETED, [R.DONE, R.DONE])
    assert Book.objects.count() == 2


def test_book_that_is_gone_on_with_by_itself_shows_in_its_row(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor")
    begin(batch, membership)
    turn(batch)
    row = batch.rows.get()
    fail(row)
    work(batch)
    commission.retry_book(job=BookJob.objects.get(book=row.book_id), actor=membership.user)
    assert statuses(batch) == [R.MAKING]
    work(batch)

    assert statuses(batch) == [R.DONE]


def test_cancelled_batch_begins_nothing_more(
    draft: Draft, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 1)
    batch = draft("A", "B", "C")
    begin(batch, membership)
    turn(batch)
    making.cancel_batch(by=membership, batch=batch)
    assert statuses(batch) == [R.MAKING, R.CANCELLED, R.CANCELLED]
    work(batch)

    assert (batch.status, statuses(batch)) == (B.CANCELLED, [R.DONE, R.CANCELLED, R.CANCELLED])
    assert Notification.objects.count() == 0
    with pytest.raises(NotPossibleNow):
        making.cancel_batch(by=membership, batch=batch)
    with pytest.raises(NotPossibleNow):
        making.go_on(by=membership, batch=batch)


def test_books_in_the_making_can_be_stopped_with_the_batch(draft: Draft, membership: Membership) -> None:
    batch = draft("A", "B")
    begin(batch, membership)
    turn(batch)
    making.cancel_batch(by=membership, batch=batch, stop_making=True)

    assert statuses(batch) == [R.CANCELLED, R.CANCELLED]
    assert set(Book.objects.values_list("status", flat=True)) == {"CANCELLED"}


def test_member_who_may_no_longer_make_books_pauses_it(
    draft: Draft, membership: Membership, organisation: Organisation, owner: Any
) -> None:
    batch = draft("Noor")
    begin(batch, membership)
    membership.delete()
    work(batch)
    batch.refresh_from_db()
    assert (batch.status, batch.reason) == (
        B.PAUSED,
        "Whoever began this batch may no longer make books. Another can go on.",
    )

    making.go_on(by=Membership.objects.get(organisation=organisation, user=owner), batch=batch)
    work(batch)
    assert batch.rows.get().book.author == owner


def test_step_that_breaks_stops_its_row_and_the_batch_can_go_on(
    draft: Draft, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> None:
        raise Permanent("no disk", "result_not_saved")

    batch = draft("Noor", "Max")
    begin(batch, membership)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_commission", broken)
        work(batch)
    batch.refresh_from_db()
    assert (batch.status, batch.reason) == (
        B.PAUSED, "Something went wrong on our side. Go on to try again.",
    )  # fmt: skip
    assert R.FAILED in statuses(batch)

    making.retry_failed(by=membership, batch=batch)
    work(batch)
    batch.refresh_from_db()
    assert (batch.status, statuses(batch)) == (B.COMPLETED, [R.DONE, R.DONE])


def test_wrong_row_waits_to_be_put_right_while_others_are_made(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor", {"name": "Max", "hair": "purple"})
    assert statuses(batch) == [R.WAITING, R.WRONG]
    begin(batch, membership)
    turn(batch)
    preparing.correct_row(by=membership, batch=batch, number=2, cells={"name": "Max", "hair": "curly"})
    work(batch)

    batch.refresh_from_db()
    assert (batch.status, statuses(batch)) == (B.COMPLETED, [R.DONE, R.DONE])


def test_row_put_right_after_the_end_is_made_when_the_batch_goes_on(
    draft: Draft, membership: Membership
) -> None:
    batch = draft("Noor", {"name": "Max", "hair": "purple"})
    begin(batch, membership)
    work(batch)
    batch.refresh_from_db()
    assert batch.status == B.COMPLETED

    preparing.correct_row(by=membership, batch=batch, number=2, cells={"name": "Max"})
    making.go_on(by=membership, batch=batch)
    work(batch)

    batch.refresh_from_db()
    assert (batch.status, statuses(batch)) == (B.COMPLETED, [R.DONE, R.DONE])


def test_row_with_a_book_is_not_changed(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor")
    begin(batch, membership)
    turn(batch)
    with pytest.raises(NotPossibleNow):
        preparing.correct_row(by=membership, batch=batch, number=1, cells={"name": "Max"})
    with pytest.raises(NotPossibleNow):
        preparing.delete_batch(by=membership, batch=batch)


def test_doubles_can_be_left_out_and_taken_in(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor", "Noor", "Max")
    assert list(batch.rows.values_list("same_as", flat=True)) == [None, 1, None]

    assert preparing.leave_out_doubles(by=membership, batch=batch) == 1
    assert statuses(batch) == [R.WAITING, R.LEFT_OUT, R.WAITING]
    preparing.take_in(by=membership, batch=batch, number=2)
    assert statuses(batch) == [R.WAITING] * 3


def test_other_words_keep_the_rows(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor", "Max", {"name": "Zoé", "hair": "x"})
    preparing.leave_out(by=membership, batch=batch, number=2)
    preparing.change_batch(
        by=membership, batch=batch, name="Class 4", template=Template(topic="{companion}"), sheet=None
    )

    assert statuses(batch) == [R.WRONG, R.LEFT_OUT, R.WRONG]
    begun = draft("Noor")
    begin(begun, membership)
    with pytest.raises(NotPossibleNow):
        preparing.change_batch(by=membership, batch=begun, name="x", template=Template(topic="x"), sheet=None)


def test_batch_is_forgotten_and_its_books_stay(draft: Draft, membership: Membership) -> None:
    batch = draft("Noor")
    begin(batch, membership)
    work(batch)
    batch.refresh_from_db()
    preparing.delete_batch(by=membership, batch=batch)

    assert (Batch.objects.count(), BatchRow.objects.count(), Book.objects.count()) == (0, 0, 1)


def test_plan_without_batches_makes_none(
    draft: Draft, membership: Membership, organisation: Organisation
) -> None:
    batch = draft("Noor")
    put_on(organisation, "FREE")
    with pytest.raises(NotInPlan):
        draft("Noor")
    with pytest.raises(NotInPlan):
        begin(batch, membership)
    assert Job.objects.count() == 0


def test_strangers_to_a_batch_leave_it_alone(
    draft: Draft, membership: Membership, organisation: Organisation
) -> None:
    batch = draft("Noor")
    for role in (Role.MEMBER, Role.GUEST):
        other = MembershipFactory(organisation=organisation, role=role)
        for act in (
            lambda by=other: begin(batch, by),
            lambda by=other: making.go_on(by=by, batch=batch),
            lambda by=other: making.cancel_batch(by=by, batch=batch),
            lambda by=other: making.retry_failed(by=by, batch=batch),
            lambda by=other: preparing.correct_row(by=by, batch=batch, number=1, cells={}),
            lambda by=other: preparing.delete_batch(by=by, batch=batch),
        ):
            with pytest.raises(PermissionDenied):
                act()
    admin = MembershipFactory(organisation=organisation, role=Role.ADMIN)
    begin(batch, admin)
    assert batch.begun_by == admin.user


def test_batch_without_a_right_row_or_name_is_refused(draft: Draft, membership: Membership) -> None:
    batch = draft({"name": "Noor", "hair": "x"})
    with pytest.raises(NotPossibleNow):
        begin(batch, membership)
    with pytest.raises(InvalidBrief) as refusal:
        draft("Noor", topic=" ", dedication="{x}")
    assert sorted(refusal.value.errors) == ["dedication", "topic"]


def test_turn_steps_are_few(draft: Draft, membership: Membership) -> None:
    batch = draft("A", "B", "C")
    begin(batch, membership)
    work(batch)
    kinds = list(Step.objects.filter(job=batch.pk).values_list("kind", flat=True))
    assert (kinds.count(ROW), kinds.count(TURN)) == (3, 4)
