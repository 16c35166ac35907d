"""Which way batches and their rows may go, and the functions that move them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from generation.batches.models import Batch, BatchRow

B, R = Batch.Status, BatchRow.Status

BATCH_MOVES: dict[str, frozenset[str]] = {
    B.DRAFT: frozenset({B.RUNNING}),
    B.RUNNING: frozenset({B.PAUSED, B.COMPLETED, B.CANCELLED}),
    B.PAUSED: frozenset({B.RUNNING, B.CANCELLED}),
    B.COMPLETED: frozenset({B.RUNNING}),  # a row that stopped is tried again, or a wrong one was put right
    B.CANCELLED: frozenset(),
}
ROW_MOVES: dict[str, frozenset[str]] = {
    R.WRONG: frozenset({R.WAITING, R.LEFT_OUT}),
    R.LEFT_OUT: frozenset({R.WAITING, R.WRONG}),
    R.WAITING: frozenset({R.WRONG, R.LEFT_OUT, R.BEGINNING, R.CANCELLED}),
    R.BEGINNING: frozenset({R.WAITING, R.MAKING, R.FAILED, R.CANCELLED}),
    R.MAKING: frozenset({R.DONE, R.FAILED, R.CANCELLED}),
    R.FAILED: frozenset({R.WAITING, R.MAKING, R.CANCELLED}),
    R.CANCELLED: frozenset({R.MAKING}),  # its book was gone on with by itself
    R.DONE: frozenset(),
}
UNBEGUN = frozenset({R.WRONG, R.LEFT_OUT, R.WAITING})  # nothing has been made of these yet
IN_THE_MAKING = frozenset({R.BEGINNING, R.MAKING})
OPEN = IN_THE_MAKING | {R.WAITING}
OVER = frozenset({B.COMPLETED, B.CANCELLED})


def move_batch(batch_id: UUID, *, to: str, **changes: object) -> bool:
    """Move a batch, with other fields of its row, where the table allows it. True if this call moved it."""
    allowed = [status for status, targets in BATCH_MOVES.items() if to in targets]
    now = timezone.now()
    changes |= {"status": to, "updated_at": now, "finished_at": now if to in OVER else None}
    return bool(Batch.objects.filter(pk=batch_id, status__in=allowed).update(**changes))


def move_rows(rows: QuerySet[BatchRow], *, to: str, **changes: Any) -> int:
    """Move those of the rows that may become `to`, with other fields; answers how many."""
    allowed = [status for status, targets in ROW_MOVES.items() if to in targets]
    return rows.filter(status__in=allowed).update(status=to, updated_at=timezone.now(), **changes)
