"""Makes the pipeline known to the step runner: its kinds of step, and what becomes of a job as a whole."""

from __future__ import annotations

from formats import steps as format_steps
from generation import crews, endings, progress
from generation.journey import built, settled, settled_together
from generation.steps import announcing, chapter, finalizing, illustration, outline
from jobs.kinds import StepKind, register, register_subject

SUBJECT = "generation.book"


def register_all() -> None:
    register(
        StepKind(
            name=outline.KIND,
            lane="calls",
            prepare=outline.prepare,
            perform=outline.perform,
            settle=settled(outline.settle),
            usage=outline.usage,
            on_failure=crews.on_failure,
            on_waiting=crews.on_waiting,
        )
    )
    register(
        StepKind(
            name=chapter.KIND,
            lane="calls",
            prepare=chapter.prepare,
            perform=chapter.perform,
            settle=settled(chapter.settle),
            settle_all=settled_together(chapter.settle),
            usage=chapter.usage,
            on_failure=crews.on_failure,
            on_waiting=crews.on_waiting,
        )
    )
    register(
        StepKind(
            name=illustration.ASKED,
            lane="calls",
            prepare=illustration.prepare,
            perform=illustration.perform,
            settle=settled(illustration.settle),
            usage=illustration.usage,
        )
    )
    register(
        StepKind(
            name=illustration.DRAWN_HERE,
            lane="builds",
            prepare=illustration.prepare,
            perform=illustration.perform,
            settle=settled(illustration.settle),
            usage=illustration.usage,
        )
    )
    register(
        StepKind(
            name=finalizing.KIND,
            lane="calls",
            prepare=finalizing.prepare,
            perform=finalizing.perform,
            settle=settled(finalizing.settle),
        )
    )
    register(
        StepKind(
            name=announcing.KIND,
            lane="calls",
            prepare=announcing.prepare,
            perform=announcing.perform,
            settle=settled(announcing.settle),
        )
    )
    format_steps.listen(built)
    register_subject(
        SUBJECT,
        on_finished=endings.on_finished,
        on_failed=endings.on_failed,
        on_cancelled=endings.on_cancelled,
        on_resumed=endings.on_resumed,
        on_cost=progress.record_cost,
    )
