"""The states of jobs and of steps, and the moves between them that are allowed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from jobs.models import Job, Step

logger = logging.getLogger(__name__)


class JobState(TextChoices):
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", pgettext_lazy("job or step", "Cancelled")


class StepStatus(TextChoices):
    PENDING = "PENDING", _("Waiting for its turn")
    LEASED = "LEASED", _("Being worked on")
    DONE = "DONE", _("Done")
    SKIPPED = "SKIPPED", _("Skipped")
    FAILED = "FAILED", _("Failed")
    QUARANTINED = "QUARANTINED", _("Set aside")
    CANCELLED = "CANCELLED", pgettext_lazy("job or step", "Cancelled")


class BreakerState(TextChoices):
    CLOSED = "CLOSED", _("Calls go through")
    OPEN = "OPEN", _("Calls are held back")
    PROBING = "PROBING", _("One call is trying")


JOB_MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED}),
    JobState.FAILED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.CANCELLED: frozenset({JobState.RUNNING}),
    JobState.DONE: frozenset({JobState.RUNNING}),
}

STEP_MOVES: dict[StepStatus, frozenset[StepStatus]] = {
    StepStatus.PENDING: frozenset({StepStatus.LEASED, StepStatus.FAILED, StepStatus.CANCELLED}),
    StepStatus.LEASED: frozenset(
        {
            StepStatus.PENDING,
            StepStatus.DONE,
            StepStatus.SKIPPED,
            StepStatus.FAILED,
            StepStatus.QUARANTINED,
            StepStatus.CANCELLED,
        }
    ),
    StepStatus.FAILED: frozenset({StepStatus.PENDING, StepStatus.SKIPPED, StepStatus.DONE}),
    StepStatus.QUARANTINED: frozenset({StepStatus.PENDING, StepStatus.SKIPPED, StepStatus.DONE}),
    StepStatus.CANCELLED: frozenset({StepStatus.PENDING, StepStatus.SKIPPED, StepStatus.DONE}),
    StepStatus.DONE: frozenset(),
    StepStatus.SKIPPED: frozenset(),
}

OPEN_STATUSES = (StepStatus.PENDING, StepStatus.LEASED)
FINISHED_STATUSES = (StepStatus.DONE, StepStatus.SKIPPED)
STOPPED_STATUSES = (StepStatus.FAILED, StepStatus.QUARANTINED, StepStatus.CANCELLED)


class ForbiddenMove(Exception):
    """The row was not in a state from which this move is allowed."""


def move_job(job: Job, to: JobState, **fields: Any) -> None:
    """Move a job, with other fields of its row, and log it. Raises ForbiddenMove where it was elsewhere."""
    allowed = [state for state, targets in JOB_MOVES.items() if to in targets]
    before = job.state
    if not type(job).objects.filter(pk=job.pk, state__in=allowed).update(state=to, **fields):
        raise ForbiddenMove(f"job {job.pk} cannot become {to} from {before}")
    job.state = to
    logger.info("job moved", extra={"job": str(job.pk), "before": before, "after": str(to)})


def move_steps(steps: QuerySet[Step], to: StepStatus, **fields: Any) -> int:
    """Move those of the steps that may become `to`, with other fields of their rows; answers how many."""
    allowed = [status for status, targets in STEP_MOVES.items() if to in targets]
    return steps.filter(status__in=allowed).update(status=to, **fields)
