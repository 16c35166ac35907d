"""Makes the steps of a batch, and what becomes of it as a whole, known to the step runner."""

from __future__ import annotations

from generation.batches import ending, steps
from generation.batches.following import ROW, TURN
from generation.batches.making import SUBJECT
from jobs.kinds import StepKind, register, register_subject


def register_all() -> None:
    register(
        StepKind(
            name=TURN,
            lane="calls",
            prepare=steps.prepare,
            perform=steps.perform,
            settle=steps.settle_turn,
            on_failure=steps.turn_failed,
        )
    )
    register(
        StepKind(
            name=ROW,
            lane="calls",
            prepare=steps.prepare,
            perform=steps.perform,
            settle=steps.settle_row,
            on_failure=steps.row_failed,
        )
    )
    register_subject(
        SUBJECT,
        on_finished=ending.on_finished,
        on_failed=ending.on_failed,
        on_cancelled=ending.on_cancelled,
    )
