"""The journeys as tables of contents."""

from __future__ import annotations

import pytest

from generation.models import BookJob
from generation.stages import JOURNEYS, STAGES, Stage


def test_a_books_journey_reads_in_this_order() -> None:
    assert [stage.name for stage in STAGES] == [
        "outline", "chapters", "illustrations", "finalizing", "formats", "announcing",
    ]  # fmt: skip


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_every_stage_follows_stages_before_it(journey: tuple[Stage, ...]) -> None:
    seen: set[str] = set()
    for stage in journey:
        assert seen.issuperset(stage.after)
        seen.add(stage.name)


def test_every_purpose_has_a_journey_that_ends_by_telling() -> None:
    assert set(JOURNEYS) == set(BookJob.Purpose.values)
    assert {journey[-1].name for journey in JOURNEYS.values()} == {"announcing"}
