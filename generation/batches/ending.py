"""How a batch rests and ends, told by the step runner inside the transaction that ends its job."""

from __future__ import annotations

from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from generation.batches import progress
from generation.batches.models import Batch, BatchRow
from generation.batches.states import OPEN, move_batch, move_rows
from insights import recording
from insights.actions import Action
from jobs.kinds import Failure
from notifications.models import Kind
from notifications.notifying import notify
from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit
from tenants.accounts.models import User

B, R = Batch.Status, BatchRow.Status


def pause(batch: Batch, reason: str) -> None:
    """Begin no more books until somebody has it go on; those in the making come to their end."""
    if not move_batch(batch.pk, to=B.PAUSED, reason=reason):
        return
    batch.status = B.PAUSED
    move_rows(batch.rows.filter(status=R.BEGINNING), to=R.WAITING)
    recording.record(Action.BATCH_PAUSED, actor=None, resource=batch)
    _tell(batch, Kind.BATCH_PAUSED, reason=reason)
    progress.publish(batch.pk)


def on_finished(batch_id: UUID) -> None:
    """No row is open any more. One notification tells of all books."""
    batch = Batch.objects.get(pk=batch_id)
    if not move_batch(batch_id, to=B.COMPLETED, reason=""):
        return
    counts = progress.counts_of(batch_id)
    told = {"books": counts.done, "failed": counts.failed}
    recording.record(Action.BATCH_COMPLETED, actor=None, resource=batch, details=told)
    _tell(batch, Kind.BATCH_COMPLETED, **told)
    event = {"name": batch.name, "status": B.COMPLETED.value, "done": counts.done, "failed": counts.failed}
    url = api_url(f"batches/{batch_id}/")
    emit("batch.completed", {"id": str(batch_id), **event, "total": counts.books, "url": url})
    progress.publish(batch_id)


def on_failed(batch_id: UUID, failure: Failure) -> None:
    """A step of the batch itself could not be done."""
    batch = Batch.objects.get(pk=batch_id)
    if not batch.rows.filter(status__in=OPEN).exists():
        on_finished(batch_id)
        return
    person = _person(batch)
    with translation.override(person.language if person and person.language else "en"):
        pause(batch, _("Something went wrong on our side. Go on to try again."))


def on_cancelled(batch_id: UUID) -> None:
    """Rows that were not begun stop; books in the making are for whoever cancels to decide."""
    if not move_batch(batch_id, to=B.CANCELLED, reason=""):
        return
    move_rows(BatchRow.objects.filter(batch_id=batch_id, status__in=(R.WAITING, R.BEGINNING)), to=R.CANCELLED)
    progress.publish(batch_id)


def _tell(batch: Batch, kind: Kind, **data: object) -> None:
    person = _person(batch)
    if person is not None:
        notify(
            person,
            kind,
            {"title": batch.name, "path": f"/batches/{batch.pk}/", "batch": str(batch.pk), **data},
        )


def _person(batch: Batch) -> User | None:
    return User.objects.filter(pk=batch.begun_by_id).first() if batch.begun_by_id else None
