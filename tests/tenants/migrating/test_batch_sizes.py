"""How many organisations are migrated in one transaction."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tenants.migrating.replaying import Kind, Outcome
from tenants.migrating.states import Member
from tenants.migrating.working import BatchSize, Queue

PLENTY = 1_000


def after(size: BatchSize, organisations: int, seconds: float) -> int:
    size.learn(organisations, seconds)
    return size.now(left=PLENTY, parallel=2)


def test_a_batch_grows_by_what_the_one_before_took_and_stays_within_the_aim_and_the_locks() -> None:
    size = BatchSize(None, lambda: 30)
    assert size.now(left=PLENTY, parallel=2) == 1
    assert after(size, 1, 0.001) == 8  # not at once all that the aim would allow
    assert after(size, 8, 0.008) == 30  # 40, but for the locks
    assert after(size, 30, 0.08) == 15
    assert after(size, 15, 4.0) == 1


def test_the_last_batches_are_smaller_so_that_nobody_waits_for_one_worker() -> None:
    size = BatchSize(None, lambda: 30)
    after(size, 1, 0.0)
    after(size, 8, 0.0)
    assert size.now(left=60, parallel=2) == 15
    assert size.now(left=3, parallel=2) == 1
    assert after(size, 1, 9.0) == 30  # which says nothing of a full one


def test_a_size_that_was_asked_for_is_kept() -> None:
    size = BatchSize(20, lambda: 30)
    assert after(size, 1, 9.0) == 20
    assert size.now(left=4, parallel=2) == 20


@pytest.mark.parametrize("alone", [True, False])
def test_those_that_go_first_go_alone_and_teach_the_size(alone: bool) -> None:
    size = BatchSize(None, lambda: 30)
    batches: list[int] = []

    def work(members: object) -> list[Outcome]:
        assert isinstance(members, list)
        batches.append(len(members))
        return [Outcome(member, Kind.DONE) for member in members]

    members = [Member(uuid4(), str(n), f"t_{n}", "default", "") for n in range(20)]
    Queue(work, settle=lambda outcome: False, stopping=lambda: False, parallel=1, size=size, alone=alone).run(
        members
    )
    assert sum(batches) == 20
    assert (max(batches) == 1) is alone
    assert size.now(left=PLENTY, parallel=1) > 1
