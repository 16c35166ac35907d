"""Workers that die at every point of a run, and lost answers: never a second run where one had answered."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from billing.models import LedgerEntry
from generation.commission import approve_outline, retry_book
from generation.models import BookJob, OwnProvider
from jobs.calls import HeldStep, note_remote_id
from jobs.errors import StepError
from jobs.kinds import ClaimedStep, kind_named
from jobs.models import Step
from jobs.sweeper import sweep
from tenants.context import entered
from tests.emulators.crewai import CrewServer, Script
from tests.generation.conftest import Commission
from tests.generation.crews.conftest import Telling, as_written, texts, write
from tests.jobs.conftest import LIMITS, let_lease_expire, make_due, take_one

GARDEN = as_written("Gardens 1", "Gardens 2", "Gardens 3")


class Killed(BaseException):
    """The worker is gone: nothing of what it was about to do happens."""


@pytest.fixture
def job(crew: CrewServer, own_crew: OwnProvider, commission: Commission) -> BookJob:
    _book, job = commission(topic="Gardens")
    return job


def work_and_die(dies: Callable[[str], bool]) -> ClaimedStep:
    """Claim a step and work on it until something is to be remembered that `dies` says yes to.

    What was remembered before is in the database, as the runner has it there at once.
    """
    step = take_one()
    remembered: list[str] = []

    async def note(_step: ClaimedStep, _before: str, remote_id: str) -> str:
        if dies(remote_id):
            raise Killed
        remembered.append(remote_id)
        return remote_id

    async def may_send(_step: ClaimedStep) -> bool:
        return True

    held = HeldStep(step, lease_ends_at=math.inf, check=may_send, note=note)
    kind = kind_named(step.kind)
    with entered(step.organisation):
        plan = kind.prepare(step)
        with suppress(Killed):
            asyncio.run(_perform(kind, plan, held))
    before = step.remote_id
    for remote_id in remembered:
        note_remote_id(step, before, remote_id)
        before = remote_id
    let_lease_expire(step)
    sweep(LIMITS)
    make_due()
    return step


async def _perform(kind: Any, plan: Any, held: HeldStep) -> None:
    try:
        await kind.perform(plan, held)
    except StepError:
        raise Killed from None  # before it could be written down


def test_worker_that_dies_with_the_runs_id_written_down(job: BookJob, crew: CrewServer) -> None:
    work_and_die(lambda remote_id: False)
    assert Step.objects.get(job_id=job.pk).remote_id == crew.run.id

    job = write(job)

    assert len(crew.asked("/kickoff")) == 1
    assert texts(job.book) == GARDEN
    assert job.external_job_id == crew.run.id


def test_worker_that_dies_before_anything_was_sent(job: BookJob, crew: CrewServer) -> None:
    work_and_die(lambda remote_id: remote_id.startswith("asked:"))
    assert crew.asked("/kickoff") == []

    job = write(job)

    assert len(crew.asked("/kickoff")) == 1
    assert texts(job.book) == GARDEN


def test_run_whose_id_nobody_wrote_down_names_itself(
    job: BookJob, crew: CrewServer, telling: Telling
) -> None:
    work_and_die(lambda remote_id: not remote_id.startswith("asked:"))
    assert Step.objects.get(job_id=job.pk).remote_id.startswith("asked:")

    job = write(job, telling)

    assert len(crew.asked("/kickoff")) == 1
    assert texts(job.book) == GARDEN


def test_answer_that_is_lost_likewise(job: BookJob, crew: CrewServer, telling: Telling) -> None:
    crew.script(Script("/kickoff", lost=True))

    job = write(job, telling)

    assert len(crew.asked("/kickoff")) == 1
    assert texts(job.book) == GARDEN


def test_run_that_nobody_hears_of_is_waited_for_before_another_is_begun(
    job: BookJob, crew: CrewServer, settings: Any
) -> None:
    crew.script(Script("/kickoff", lost=True))
    write(job, rounds=4)
    assert len(crew.asked("/kickoff")) == 1

    settings.OCTAVO_CREW_LOST_WAIT = 0
    job = write(job)

    assert len(crew.asked("/kickoff")) == 2
    assert texts(job.book) == GARDEN


def test_crew_whose_answers_are_lost_is_not_begun_again_and_again(
    job: BookJob, crew: CrewServer, settings: Any
) -> None:
    settings.OCTAVO_CREW_LOST_WAIT = 0
    crew.script(Script("/kickoff", lost=True, times=None))

    job = write(job)
    assert (job.error_code, len(crew.asked("/kickoff"))) == ("crew_silent", 2)

    crew.script_ends()
    retry_book(job=job)
    job = write(job)
    assert (len(crew.asked("/kickoff")), texts(job.book)) == (3, GARDEN)


def test_worker_that_dies_after_the_crew_was_told_to_go_on(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission, telling: Telling
) -> None:
    crew.waits = True
    _book, job = commission(topic="Gardens", approve_outline=True)
    job = write(job, telling)
    approve_outline(job=job, chapters=[{"number": 1, "title": "Soil"}])
    make_due()

    work_and_die(lambda remote_id: False)
    assert crew.run.feedback != []
    job = write(job, telling)

    assert (job.error, len(crew.asked("/kickoff"))) == ("", 1)
    assert texts(job.book) == as_written("Soil")


def test_two_looks_at_the_end_pay_once(job: BookJob, crew: CrewServer) -> None:
    crew.counts = True
    crew.script(Script("/status", status=503, times=2))

    job = write(job)

    assert texts(job.book) == GARDEN
    assert LedgerEntry.objects.filter(output_tokens=2_000).count() == 1
    assert len(crew.asked("/kickoff")) == 1
