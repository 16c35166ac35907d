"""The runner, with real threads, a real database and calls that wait."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection, connections

from billing.models import LedgerEntry
from jobs import control, doorbell
from jobs.errors import Busy, Passing, Permanent, Skip
from jobs.kinds import ClaimedStep, StepCall
from jobs.models import Job, Step, StepResult
from jobs.runner import Runner
from tenants.context import current
from tenants.models import Organisation
from tests.jobs.conftest import DEADLINE, LIMITS, Script, set_cap, start

Begin = Callable[..., Runner]

pytestmark = pytest.mark.django_db(transaction=True)


def test_runner_takes_a_job_from_its_first_step_to_its_end(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    runner()
    job = start(organisation, pages=5)
    script.wait_for_end(job)
    job.refresh_from_db()
    assert job.state == "DONE"
    assert sorted(job.payload["pages"]) == [f"page {number}" for number in range(1, 6)]
    assert script.calls == dict.fromkeys(range(1, 6), 1)
    assert set(LedgerEntry.objects.values_list("state", flat=True)) == {"SETTLED"}
    assert (job.reserved_micros, job.spent_micros) == (0, 5 * 1250)


def test_runner_works_inside_the_steps_organisation(
    runner: Begin, organisation: Organisation, other_organisation: Organisation, script: Script
) -> None:
    seen: set[tuple[str, object]] = set()
    script.on_prepare = lambda step: seen.add(("prepare", current().organisation_id))
    script.on_call = lambda number, call: seen.add(("perform", current().organisation_id))
    script.on_settle = lambda step, result: seen.add(("settle", current().organisation_id))
    runner()
    script.wait_for_end(start(organisation), start(other_organisation))
    both = {organisation.id, other_organisation.id}
    assert seen == {(where, one) for where in ("prepare", "perform", "settle") for one in both}


def test_runner_keeps_a_hundred_calls_in_flight_and_no_connection(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    arrived, all_there = [], threading.Event()
    go = asyncio.Event()

    async def wait(number: int, call: StepCall) -> None:
        arrived.append(number)
        if len(arrived) == 100:
            all_there.set()
        await go.wait()

    script.on_call = wait
    job = start(organisation, pages=100)
    set_cap(organisation, 100)
    running = runner()
    assert all_there.wait(DEADLINE)
    wait_for_no_transaction()
    running._loop.call_soon_threadsafe(go.set)
    script.wait_for_end(job)


def wait_for_no_transaction() -> None:
    """What claims and keeps leases has one now and then, between two of its statements."""
    pause, until = threading.Event(), time.monotonic() + DEADLINE
    while open_transactions():
        assert time.monotonic() < until
        pause.wait(0.02)


def open_transactions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state = 'idle in transaction'"
        )
        return int(cursor.fetchone()[0])


def test_runner_never_exceeds_the_organisations_cap(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    in_flight, most, full = 0, 0, asyncio.Event()

    async def count(number: int, call: StepCall) -> None:
        nonlocal in_flight, most
        in_flight += 1
        most = max(most, in_flight)
        if in_flight >= 4:
            full.set()
        await full.wait()  # the first stay until the cap is used up, however busy the machine is
        await asyncio.sleep(0.01)
        in_flight -= 1

    script.on_call = count
    job = start(organisation, pages=30)
    set_cap(organisation, 4)
    runner()
    script.wait_for_end(job)
    assert most == 4


def test_busy_call_is_repeated_after_the_wait_it_was_told(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    def busy_once(number: int, call: StepCall) -> None:
        if script.calls[number] == 1:
            raise Busy("429", retry_after=0.05)

    script.on_call = busy_once
    runner(replace(LIMITS, look_round=60))  # only its own alarm can wake it in time
    job = start(organisation)
    script.wait_for_end(job)
    assert script.calls == {1: 2}
    assert Step.objects.get(kind="test.page").attempts == 0


def test_passing_error_is_repeated_and_counted(
    runner: Begin, organisation: Organisation, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.limits._BACKOFF_BASE", 0.2)

    def fail_once(number: int, call: StepCall) -> None:
        if script.calls[number] == 1:
            raise Passing("503")

    script.on_call = fail_once
    runner()
    script.wait_for_end(start(organisation))
    assert script.calls == {1: 2}
    assert Step.objects.get(kind="test.page").attempts == 1


def test_permanent_error_ends_the_job_after_one_call(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    def refuse(number: int, call: StepCall) -> None:
        raise Permanent("401", code="wrong_key")

    script.on_call = refuse
    runner()
    job = start(organisation)
    script.wait_for_end(job)
    assert script.ended[job.id] == "failed: wrong_key"
    assert script.calls == {1: 1}


def test_result_that_cannot_be_written_is_not_paid_for_again(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    def explode(step: ClaimedStep, result: object) -> None:
        raise ValueError("a bug")

    script.on_settle = explode
    runner()
    job = start(organisation)
    script.wait_for_end(job)
    assert script.ended[job.id] == "failed: result_not_saved"
    assert script.calls == {1: 1}
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.waste) == ("SETTLED", True)
    assert not StepResult.objects.exists()


def test_results_that_come_together_are_saved_together_but_for_the_one_that_cannot(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    arrived: list[int] = []
    go = asyncio.Event()

    async def all_at_once(number: int, call: StepCall) -> None:
        arrived.append(number)
        if len(arrived) == 6:
            go.set()
        await go.wait()

    def explode_on_the_third(step: ClaimedStep, result: object) -> None:
        if step.number == 3:
            raise ValueError("a bug")

    script.on_call, script.on_settle = all_at_once, explode_on_the_third
    job = start(organisation, pages=6)
    running = runner()
    script.wait_for_end(job)
    running.stop()
    job.refresh_from_db()
    assert job.failure_code == "result_not_saved"
    assert sorted(job.payload["pages"]) == [f"page {number}" for number in (1, 2, 4, 5, 6)]
    assert sorted(Step.objects.values_list("number", "status")) == [
        (number, "FAILED" if number == 3 else "DONE") for number in range(1, 7)
    ]
    assert (job.reserved_micros, job.spent_micros) == (0, 6 * 1250)


def test_step_with_nothing_left_to_do_makes_no_call(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    def nothing(step: ClaimedStep) -> None:
        raise Skip

    script.on_prepare = nothing
    runner()
    job = start(organisation)
    script.wait_for_end(job)
    assert script.ended[job.id] == "finished"
    assert script.calls == {}


def test_cancelled_between_claim_and_sending_makes_no_call(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    script.on_prepare = lambda step: control.request_cancel(job_id=step.job_id) and None
    job = start(organisation)
    running = runner()
    script.wait_for_end(job)
    running.stop()
    assert script.calls == {}
    assert Step.objects.get().status == "CANCELLED"
    assert LedgerEntry.objects.get().state == "VOIDED"


def test_call_is_not_sent_when_the_lease_has_run_out(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    prepared = threading.Event()

    def lose_it(step: ClaimedStep) -> None:
        if not prepared.is_set():
            prepared.set()
            Step.objects.filter(pk=step.id).update(status="PENDING")  # as the sweeper would

    script.on_prepare = lose_it
    runner()
    script.wait_for_end(start(organisation))
    assert script.calls == {1: 1}
    assert sorted(LedgerEntry.objects.values_list("state", flat=True)) == ["SETTLED", "VOIDED"]


def test_remembered_call_is_found_by_whoever_takes_over(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    sent = threading.Event()
    found: list[str] = []

    async def send_or_poll(number: int, call: StepCall) -> str:
        if call.remote_id:
            found.append(call.remote_id)
            return "polled"
        await call.remember("resp_1")
        sent.set()
        await asyncio.Event().wait()
        raise AssertionError

    script.on_call = send_or_poll
    job = start(organisation)
    first = runner(replace(LIMITS, grace=0.0))
    assert sent.wait(DEADLINE)
    first.stop()
    runner()
    script.wait_for_end(job)
    job.refresh_from_db()
    assert (found, job.payload) == (["resp_1"], {"pages": ["polled"]})
    assert sorted(LedgerEntry.objects.values_list("state", flat=True)) == ["SETTLED", "VOIDED"]


def test_first_remembered_id_wins(runner: Begin, organisation: Organisation, script: Script) -> None:
    known: list[str] = []

    async def remember(number: int, call: StepCall) -> None:
        await asyncio.to_thread(overtake)
        await call.remember("mine")
        known.append(call.remote_id)

    def overtake() -> None:
        Step.objects.update(remote_id="theirs")
        connections.close_all()

    script.on_call = remember
    runner()
    script.wait_for_end(start(organisation))
    assert known == ["theirs"]


def test_heartbeat_keeps_a_call_that_lasts_longer_than_its_lease(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    async def outlast(number: int, call: StepCall) -> None:
        await asyncio.sleep(2.5)

    script.on_call = outlast
    short = replace(LIMITS, lease=2.0)  # and two heartbeats within it, should one be late
    runner(short)
    runner(short)
    script.wait_for_end(start(organisation))
    assert script.calls == {1: 1}
    assert Step.objects.get(kind="test.page").losses == 0


def test_stopping_runner_hands_its_calls_over_at_once(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    waiting = threading.Event()

    async def hang_once(number: int, call: StepCall) -> None:
        if script.calls[number] == 1:
            waiting.set()
            await asyncio.Event().wait()

    script.on_call = hang_once
    job = start(organisation, estimate=70)
    first = runner(replace(LIMITS, grace=0.05))
    assert waiting.wait(DEADLINE)
    first.stop()
    step = Step.objects.get()
    assert (step.status, step.losses) == ("PENDING", 0)
    runner()
    script.wait_for_end(job)
    job.refresh_from_db()
    assert (job.reserved_micros, job.unknown_micros, job.spent_micros) == (0, 70, 1250)


def test_runner_outlives_the_loss_of_all_its_connections(
    runner: Begin, organisation: Organisation, script: Script
) -> None:
    async def cut(number: int, call: StepCall) -> None:
        if number == 1:
            await asyncio.to_thread(terminate_others)

    script.on_call = cut
    runner()
    job = start(organisation, pages=3)
    script.wait_for_end(job)
    assert script.ended[job.id] == "finished"
    assert script.calls == {1: 1, 2: 1, 3: 1}


def terminate_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND query ~* 'jobs_|ledger'"
        )
    connections.close_all()


def test_runner_without_a_broker_finds_work_by_looking_round(
    runner: Begin, organisation: Organisation, script: Script, broker_away: None
) -> None:
    runner()
    doorbell.answer_here(None)  # as in a web process: nobody next door, and the broker is away
    job = start(organisation)
    script.wait_for_end(job)
    assert Job.objects.get(pk=job.id).state == "DONE"
