"""Which way a book's journey may go, and the one function that moves it."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from generation.models import BookJob

S = BookJob.Status
MOVES: dict[str, frozenset[str]] = {
    S.PENDING: frozenset({S.GENERATING_OUTLINE, S.WRITING_CHAPTERS, S.FINALIZING, S.FAILED, S.CANCELLED}),
    S.GENERATING_OUTLINE: frozenset({S.WRITING_CHAPTERS, S.FAILED, S.CANCELLED}),
    S.WRITING_CHAPTERS: frozenset({S.FINALIZING, S.COMPLETED, S.FAILED, S.CANCELLED}),
    S.FINALIZING: frozenset({S.COMPLETED, S.FAILED, S.CANCELLED}),
    S.COMPLETED: frozenset(),
    # Tried again, it goes on from the first stage in which something is missing.
    S.FAILED: frozenset({S.PENDING, S.GENERATING_OUTLINE, S.WRITING_CHAPTERS, S.FINALIZING, S.CANCELLED}),
    S.CANCELLED: frozenset({S.PENDING, S.GENERATING_OUTLINE, S.WRITING_CHAPTERS, S.FINALIZING}),
}
OVER = frozenset({S.COMPLETED, S.FAILED, S.CANCELLED})


def move(job_id: UUID, *, to: str, **changes: object) -> bool:
    """Move a journey, with `changes` to other fields, where the table allows it. True if this moved it."""
    allowed_from = [status for status, targets in MOVES.items() if to in targets]
    now = timezone.now()
    changes |= {"status": to, "updated_at": now, "finished_at": now if to in OVER else None}
    return bool(BookJob.objects.filter(pk=job_id, status__in=allowed_from).update(**changes))
