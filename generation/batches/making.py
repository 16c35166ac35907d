"""What members do with a batch: begin it, go on, try what stopped again, cancel."""

from __future__ import annotations

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from generation import commission
from generation.batches import permissions, progress
from generation.batches.following import look_again
from generation.batches.models import Batch, BatchRow
from generation.batches.states import move_batch, move_rows
from generation.batches.steps import PRIORITY
from generation.errors import NotPossibleNow
from generation.models import BookJob
from insights import recording
from insights.actions import Action
from jobs import control
from jobs.locks import lock_job
from tenants.models import Membership
from tenants.organisations import features

SUBJECT = "generation.batch"
B, R = Batch.Status, BatchRow.Status


def begin_batch(*, by: Membership, batch: Batch) -> None:
    """Have the books of all rows that are right made, a few at a time. Returns at once.

    Rows that are wrong wait to be put right, also while the others are made. Raises `NotPossibleNow` where no
    row is right or it has begun already, `NotInPlan`, `PermissionDenied`.
    """
    _may_change(by, batch)
    features.check(by.organisation_id, features.BATCHES)
    with transaction.atomic():
        first = _first_waiting(batch)
        if first is None:
            raise NotPossibleNow(_("There is no row of which a book could be made."))
        if not move_batch(batch.pk, to=B.RUNNING, begun_by=by.user):
            raise NotPossibleNow(_("This batch has been begun already."))
        control.start_job(
            subject_type=SUBJECT,
            subject_id=batch.pk,
            job_id=batch.pk,
            steps=(),
            priority=PRIORITY,
            created_by=by.user_id,
            payload={"title": batch.name},
        )
        control.hold_job(job_id=batch.pk)
        look_again(first)
        books = batch.rows.filter(status=R.WAITING).count()
        recording.record(Action.BATCH_BEGUN, actor=by.user, resource=batch, details={"books": books})
    batch.refresh_from_db()


def go_on(*, by: Membership, batch: Batch) -> None:
    """Go on with a batch that is paused, or with rows that were put right after its end. `NotPossibleNow`."""
    _may_change(by, batch)
    with transaction.atomic():
        if batch.status == B.DRAFT:
            raise NotPossibleNow(_("This batch is not paused."))
        lock_job(batch.pk)
        batch.refresh_from_db()
        _resume(by, batch)
        recording.record(Action.BATCH_RESUMED, actor=by.user, resource=batch)
    batch.refresh_from_db()


def retry_failed(*, by: Membership, batch: Batch) -> int:
    """Try all rows again whose books stopped: only what is missing is made. Answers how many those are."""
    _may_change(by, batch)
    with transaction.atomic():
        if batch.status in (B.DRAFT, B.CANCELLED):
            raise NotPossibleNow(_("There is nothing to try again."))
        lock_job(batch.pk)
        batch.refresh_from_db()
        number = move_rows(batch.rows.filter(status=R.FAILED), to=R.WAITING, error="")
        if not number:
            raise NotPossibleNow(_("There is nothing to try again."))
        if batch.status == B.RUNNING:
            _look(batch)
        else:
            _resume(by, batch)
        recording.record(Action.BATCH_RETRIED, actor=by.user, resource=batch, details={"rows": number})
    batch.refresh_from_db()
    return number


def cancel_batch(*, by: Membership, batch: Batch, stop_making: bool = False) -> None:
    """Begin no more books. Those in the making come to their end, or with `stop_making` stop as well.

    Finished books stay. Of a batch that is over, `stop_making` stops what is still, or again, in the making.
    Raises `NotPossibleNow`.
    """
    _may_change(by, batch)
    if batch.status in (B.RUNNING, B.PAUSED):
        with transaction.atomic():
            if not control.request_cancel(job_id=batch.pk):
                raise NotPossibleNow(_("This batch is not in the making."))
            recording.record(Action.BATCH_CANCELLED, actor=by.user, resource=batch)
    elif not (stop_making and batch.rows.filter(status=R.MAKING).exists()):
        raise NotPossibleNow(_("This batch is not in the making."))
    if stop_making:
        _stop_making(by, batch)
    batch.refresh_from_db()


def _stop_making(by: Membership, batch: Batch) -> None:
    """Book by book, each in its own transaction: a job is never waited for while others are held."""
    books = batch.rows.filter(status=R.MAKING).values_list("book_id", flat=True)
    journeys = BookJob.objects.filter(book__in=list(books), purpose=BookJob.Purpose.BOOK)
    for journey in journeys.order_by("pk"):
        with suppress(NotPossibleNow):  # it has just come to its end
            commission.cancel_book(job=journey, actor=by.user)


def _resume(by: Membership, batch: Batch) -> None:
    """The batch's job is locked."""
    first = _first_waiting(batch)
    if first is None and batch.status != B.PAUSED:
        raise NotPossibleNow(_("There is no row of which a book could be made."))
    if not move_batch(batch.pk, to=B.RUNNING, reason="", begun_by=by.user):
        raise NotPossibleNow(_("This batch is not paused."))
    control.reopen_job(job_id=batch.pk, steps=())
    control.hold_job(job_id=batch.pk)
    _look(batch)


def _look(batch: Batch) -> None:
    row = _first_waiting(batch) or batch.rows.order_by("number").first()
    if row is not None:
        look_again(row)
    progress.publish(batch.pk)


def _first_waiting(batch: Batch) -> BatchRow | None:
    row: BatchRow | None = batch.rows.filter(status=R.WAITING).order_by("number").first()
    return row


def _may_change(by: Membership, batch: Batch) -> None:
    if not permissions.can_change(by, batch):
        raise PermissionDenied
