"""The states of jobs and of steps, and the moves between them that are allowed."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


class StepStatus(TextChoices):
    PENDING = "PENDING", _("Waiting for its turn")
    LEASED = "LEASED", _("Being worked on")
    DONE = "DONE", _("Done")
    SKIPPED = "SKIPPED", _("Skipped")
    FAILED = "FAILED", _("Failed")
    QUARANTINED = "QUARANTINED", _("Set aside")
    CANCELLED = "CANCELLED", _("Cancelled")


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
