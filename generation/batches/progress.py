"""How far a batch is: its rows counted by state, and the same told live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count

from generation.batches.models import Batch, BatchRow
from notifications import stream

R = BatchRow.Status


@dataclass(frozen=True)
class Counts:
    """Rows by state. Counted from what is there, so right whatever happened on the way."""

    of: dict[str, int] = field(default_factory=dict)

    def at(self, status: str) -> int:
        return self.of.get(status, 0)

    @property
    def rows(self) -> int:
        return sum(self.of.values())

    @property
    def books(self) -> int:
        """How many books the batch comes to: its rows but for those that are wrong or left out."""
        return self.rows - self.wrong - self.left_out

    @property
    def wrong(self) -> int:
        return self.at(R.WRONG)

    @property
    def left_out(self) -> int:
        return self.at(R.LEFT_OUT)

    @property
    def waiting(self) -> int:
        return self.at(R.WAITING)

    @property
    def making(self) -> int:
        return self.at(R.BEGINNING) + self.at(R.MAKING)

    @property
    def done(self) -> int:
        return self.at(R.DONE)

    @property
    def failed(self) -> int:
        return self.at(R.FAILED)

    @property
    def cancelled(self) -> int:
        return self.at(R.CANCELLED)

    @property
    def begun(self) -> int:
        """Rows with a book, or of which one was tried to be made."""
        return self.making + self.done + self.failed

    @property
    def percent(self) -> int:
        over = self.done + self.failed + self.cancelled
        return over * 100 // self.books if self.books else 0


def counts_of(batch_id: UUID) -> Counts:
    """One query."""
    return counts_of_all([batch_id])[batch_id]


def counts_of_all(batch_ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """One query, however many batches."""
    ids = list(batch_ids)
    found: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    rows = BatchRow.objects.filter(batch__in=ids).order_by().values_list("batch_id", "status")
    for batch_id, status, number in rows.annotate(number=Count("pk")):
        found[batch_id][status] = number
    return {batch_id: Counts(found[batch_id]) for batch_id in ids}


def topic(batch_id: UUID) -> str:
    return f"batch:{batch_id}"


def publish(batch_id: UUID) -> None:
    """Tell those who watch how it stands, once the transaction has committed."""
    batch = Batch.objects.only("status").filter(pk=batch_id).first()
    if batch is not None:
        stream.publish(topic(batch_id), snapshot(batch))


def snapshot(batch: Batch) -> dict[str, Any]:
    counts = counts_of(batch.pk)
    return {"id": str(batch.pk), "status": batch.status, "rows": counts.of}
