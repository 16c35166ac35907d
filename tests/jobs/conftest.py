"""The cast of the tests of durable steps: kinds of steps that do what a test says, and a runner."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from celery import current_app
from django.db import transaction
from django.db.models.functions import Now

from jobs import kinds
from jobs.claiming import claim
from jobs.control import start_job
from jobs.kinds import ClaimedStep, Failure, StepCall, StepKind
from jobs.limits import Limits
from jobs.models import Job, OrganisationLane, Step
from jobs.runner import Runner
from jobs.steps import NewStep, add_steps, stage_done
from tenants.context import entered
from tenants.keys import uuid7
from tenants.models import Organisation

LIMITS = Limits(
    lease=15.0,
    calls_in_flight=100,
    builds_in_flight=2,
    organisation_calls=20,
    organisation_builds=2,
    look_round=0.1,
    grace=0.5,
)
DEADLINE = 20.0  # seconds that a test waits for what has to happen


@dataclass(frozen=True)
class Bill:
    """What a call used: enough of a `Used` to be priced."""

    provider: str = "openai"
    model: str = "gpt-5-mini"
    input_tokens: int = 1000
    cached_tokens: int = 0
    output_tokens: int = 500
    pictures: int = 0
    remote_id: str = ""


@dataclass
class Script:
    """What the pages of a test do. `on_call` is awaited in `perform`; it may raise, wait or answer."""

    on_call: Callable[[int, StepCall], Any] = lambda number, call: None
    on_prepare: Callable[[ClaimedStep], None] = lambda step: None
    on_settle: Callable[[ClaimedStep, Any], None] = lambda step, result: None
    bill: Bill | None = Bill()
    calls: Counter[int] = field(default_factory=Counter)
    settled: list[int] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    ended: dict[UUID, str] = field(default_factory=dict)
    ending: threading.Condition = field(default_factory=threading.Condition)

    def note_end(self, job_id: UUID, how: str) -> None:
        def tell() -> None:
            with self.ending:
                self.ended[job_id] = how
                self.ending.notify_all()

        transaction.on_commit(tell)

    def wait_for_end(self, *jobs: Job) -> None:
        with self.ending:
            assert self.ending.wait_for(lambda: all(job.id in self.ended for job in jobs), DEADLINE), (
                f"not ended in time: {Step.objects.values_list('kind', 'number', 'status', 'error_reason')}"
            )


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Registers the kinds "test.page" (a call) and "test.binding" (a build), and the subject "test"."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(kinds, "_subjects", dict(kinds._subjects))
    script = Script()

    def prepare(step: ClaimedStep) -> int:
        script.on_prepare(step)
        return step.number

    async def perform(number: int, call: StepCall) -> str:
        script.calls[number] += 1
        answer = script.on_call(number, call)
        if asyncio.iscoroutine(answer):
            answer = await answer
        return answer or f"page {number}"

    def settle(step: ClaimedStep, text: str | None) -> None:
        job = Job.objects.get(pk=step.job_id)
        job.payload.setdefault("pages", []).append(text)
        Job.objects.filter(pk=job.pk).update(payload=job.payload)
        if stage_done(job_id=step.job_id, kind="test.page"):
            add_steps(job_id=step.job_id, steps=[NewStep("test.binding")])
        script.on_settle(step, text)
        script.settled.append(step.number)

    async def bind(plan: None, call: StepCall) -> str:
        return "bound"

    kinds.register(
        StepKind(
            name="test.page",
            lane="calls",
            prepare=prepare,
            perform=perform,
            settle=settle,
            usage=lambda text: script.bill,
            on_failure=lambda step, failure: script.failures.append(failure),
        )
    )
    kinds.register(
        StepKind(
            name="test.binding",
            lane="builds",
            prepare=lambda step: None,
            perform=bind,
            settle=lambda step, result: None,
        )
    )
    kinds.register_subject(
        "test",
        on_finished=lambda subject_id: script.note_end(subject_id, "finished"),
        on_failed=lambda subject_id, failure: script.note_end(subject_id, f"failed: {failure.code}"),
        on_cancelled=lambda subject_id: script.note_end(subject_id, "cancelled"),
    )
    return script


def start(
    organisation: Organisation, *, pages: int = 1, estimate: int = 100, provider: str = "", **fields: Any
) -> Job:
    """A job with that many pages, numbered from 1."""
    job_id = uuid7()
    steps = [
        NewStep("test.page", number, estimate_micros=estimate, provider=provider)
        for number in range(1, pages + 1)
    ]
    with entered(organisation):
        return start_job(subject_type="test", subject_id=job_id, job_id=job_id, steps=steps, **fields)


def take(room: int = 100, *, owner: str = "worker", **options: Any) -> list[ClaimedStep]:
    """Claim calls as a worker would."""
    return claim(lane="calls", owner=owner, room=room, limits=LIMITS, **options)


def take_one(**options: Any) -> ClaimedStep:
    (step,) = take(1, **options)
    return step


def set_cap(organisation: Organisation, cap: int) -> None:
    OrganisationLane.objects.filter(organisation=organisation, lane="calls").update(cap=cap)


def let_lease_expire(step: ClaimedStep) -> None:
    Step.objects.filter(pk=step.id).update(lease_until=Now() - timedelta(seconds=1))


def make_due() -> None:
    Step.objects.filter(status="PENDING").update(next_run_at=Now())


def status_of(step: ClaimedStep) -> str:
    return Step.objects.values_list("status", flat=True).get(pk=step.id)


@pytest.fixture
def runner(transactional_db: None) -> Iterator[Callable[..., Runner]]:
    """Starts runners in this process, with tables that really commit; all are stopped at the end."""
    started: list[Runner] = []

    def begin(limits: Limits = LIMITS, lanes: tuple[kinds.Lane, ...] = kinds.LANES) -> Runner:
        runner = Runner(lanes, settings=limits)
        runner.start()
        started.append(runner)
        return runner

    yield begin
    for runner in started:
        runner.stop()


@pytest.fixture
def broker_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages go to a port where nobody listens."""
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app, "_pool", None)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
