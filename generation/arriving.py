"""Books in the making of an organisation that was imported: a receiver of `organisation_imported`."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from books import states as book_states
from books.models import Book
from generation import states
from generation.batches.states import move_batch, move_rows
from generation.models import Batch, BatchRow, BookJob
from jobs.models import Job
from jobs.states import JobState
from tenants.context import entered
from tenants.models import Organisation


def stop_books(*, organisation: Organisation, **signal: Any) -> None:
    """As their jobs are stopped: a book can be tried again, a batch goes on when somebody says so."""
    with entered(organisation), translation.override(organisation.language):
        why = _("The organisation was moved to another installation meanwhile. Try again.")
        under_way = BookJob.objects.exclude(status__in=states.OVER)
        waiting = Job.objects.filter(organisation=organisation, state=JobState.RUNNING)
        for job in under_way.exclude(pk__in=list(waiting.values_list("pk", flat=True))):
            states.move(job.pk, to=BookJob.Status.FAILED, error=why, error_code="imported")
            if job.purpose == BookJob.Purpose.BOOK:
                book_states.move(job.book_id, to=Book.Status.FAILED)
        for batch in Batch.objects.filter(status=Batch.Status.RUNNING):
            move_batch(batch.pk, to=Batch.Status.PAUSED, reason=why)
        move_rows(BatchRow.objects.filter(status=BatchRow.Status.BEGINNING), to=BatchRow.Status.WAITING)
        making = BatchRow.objects.filter(status=BatchRow.Status.MAKING, book__status=Book.Status.FAILED)
        move_rows(making, to=BatchRow.Status.FAILED, error=why)
