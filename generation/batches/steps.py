"""The durable steps of a batch: looking what is next, and commissioning the book of one row."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from billing.limits import LimitReached
from generation import commission
from generation.batches import ending, progress
from generation.batches.following import ROW, look_again, take_up
from generation.batches.models import Batch, BatchRow
from generation.batches.states import IN_THE_MAKING, OPEN, move_rows
from generation.batches.template import Template, brief_for
from generation.briefs import InvalidBrief
from generation.contract import HeroBrief
from generation.errors import NotPossibleNow
from generation.models import BookJob
from jobs.kinds import ClaimedStep, Failure, StepCall
from jobs.models import Job
from tenants import context
from tenants.models import Membership

AT_ONCE: Final = 10  # books of one batch in the making
PRIORITY: Final = -10  # behind the books that members ask for one by one
R = BatchRow.Status


def prepare(step: ClaimedStep) -> None:
    return None


async def perform(work: None, call: StepCall) -> bool:
    return True


def settle_turn(step: ClaimedStep, done: bool | None) -> None:
    """Take up as many rows as there is room for. Once none is open any more, the batch's job may end."""
    batch = Batch.objects.get(pk=step.job_id)
    if batch.status != Batch.Status.RUNNING:
        return
    making = batch.rows.filter(status__in=IN_THE_MAKING).count()
    waiting = batch.rows.filter(status=R.WAITING).order_by("number").values_list("pk", flat=True)
    chosen = list(waiting[: max(0, AT_ONCE - making)])
    if move_rows(BatchRow.objects.filter(pk__in=chosen), to=R.BEGINNING):
        beginning = BatchRow.objects.filter(pk__in=chosen, status=R.BEGINNING)
        take_up(batch.pk, list(beginning.values_list("pk", flat=True)), kind=ROW)
        progress.publish(batch.pk)
    Job.objects.filter(pk=batch.pk).update(held=batch.rows.filter(status__in=OPEN).exists())


def settle_row(step: ClaimedStep, done: bool | None) -> None:
    """Commission the row's book, or go on with the one that it has. The batch's job is locked."""
    row = _row(step)
    if row is None or row.status != R.BEGINNING:
        return
    batch = row.batch
    person = _member(batch)
    with translation.override(person.user.language) if person and person.user.language else nullcontext():
        if batch.status != Batch.Status.RUNNING:
            move_rows(_only(row), to=R.WAITING)
        elif person is None:
            ending.pause(batch, _("Whoever began this batch may no longer make books. Another can go on."))
        else:
            _begin(batch, row, person)
    progress.publish(batch.pk)


def row_failed(step: ClaimedStep, failure: Failure) -> None:
    """The step itself could not be done: our fault, and the row's book is not made."""
    row = _row(step)
    if row is not None and row.status == R.BEGINNING:
        told = _("Something went wrong on our side. Try again.")
        move_rows(_only(row), to=R.FAILED, error=told)


def turn_failed(step: ClaimedStep, failure: Failure) -> None:
    batch = Batch.objects.filter(pk=step.job_id).first()
    if batch is not None:
        ending.pause(batch, _("Something went wrong on our side. Go on to try again."))


def _begin(batch: Batch, row: BatchRow, by: Membership) -> None:
    try:
        with transaction.atomic():
            if row.book_id is None:
                _commission(batch, row, by)
            else:
                commission.retry_book(job=_journey(row.book_id), actor=by.user)
    except LimitReached as reached:
        ending.pause(batch, str(reached))
    except PermissionDenied:
        ending.pause(batch, _("Whoever began this batch may no longer make books. Another can go on."))
    except (InvalidBrief, NotPossibleNow) as error:
        move_rows(_only(row), to=R.FAILED, error=_sentence(error))
        look_again(row)


def _commission(batch: Batch, row: BatchRow, by: Membership) -> None:
    template = Template.from_json(batch.template)
    brief = brief_for(template, HeroBrief(**(row.hero or {})), dedication=row.dedication)
    book, _job = commission.commission_book(
        membership=by,
        topic=brief.topic,
        title=brief.title,
        goal=brief.goal,
        kind=brief.kind,
        language=brief.language,
        audience=brief.audience,
        tone=brief.tone,
        hero=brief.hero,
        chapters=brief.chapters,
        dedication=brief.dedication,
        author_name=template.author_name,
        priority=PRIORITY,
        batch_row=row.pk,
    )
    move_rows(_only(row), to=R.MAKING, book=book, error="")


def _journey(book_id: UUID) -> BookJob:
    job: BookJob = BookJob.objects.filter(book_id=book_id, purpose=BookJob.Purpose.BOOK).latest("created_at")
    return job


def _sentence(error: Exception) -> str:
    if isinstance(error, InvalidBrief):
        return " ".join(text for texts in error.errors.values() for text in texts)
    return str(error)


def _row(step: ClaimedStep) -> BatchRow | None:
    rows: Any = BatchRow.objects.select_related("batch").select_for_update(of=("self",), no_key=True)
    row: BatchRow | None = rows.filter(pk=step.payload["row"]).first()
    return row


def _only(row: BatchRow) -> Any:
    return BatchRow.objects.filter(pk=row.pk)


def _member(batch: Batch) -> Membership | None:
    """Who began it, where they still belong to the organisation."""
    members = Membership.objects.filter(organisation_id=context.current().organisation_id)
    return members.select_related("user").filter(user=batch.begun_by_id).first()
