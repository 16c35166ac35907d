"""Members stop jobs, try them again and decide what follows."""

from __future__ import annotations

import pytest

from billing.ledger import NoSuchEntry
from billing.models import LedgerEntry
from jobs import control, settling
from jobs.calls import may_send
from jobs.errors import Passing, Permanent
from jobs.models import Job, Step
from jobs.settling import Outcome
from jobs.states import ForbiddenMove
from jobs.steps import NewStep, add_steps
from tenants.models import Organisation
from tests.jobs.conftest import Script, make_due, start, status_of, take, take_one


def test_cancel_stops_waiting_steps_before_they_are_claimed(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=3)
    assert control.request_cancel(job_id=job.id)
    assert take() == []
    assert set(Step.objects.values_list("status", flat=True)) == {"CANCELLED"}
    assert Job.objects.get(pk=job.pk).state == "CANCELLED"
    assert not control.request_cancel(job_id=job.id)


def test_cancel_is_seen_before_sending_and_frees_the_money(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, estimate=500)
    step = take_one()
    assert may_send(step)
    control.request_cancel(job_id=job.id)
    assert not may_send(step)
    assert settling.not_sent(step) is Outcome.CANCELLED
    job.refresh_from_db()
    assert (job.reserved_micros, job.spent_micros, job.unknown_micros) == (0, 0, 0)
    assert LedgerEntry.objects.get().state == "VOIDED"
    assert status_of(step) == "CANCELLED"


def test_cancel_is_seen_at_settling_and_what_was_paid_is_known(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, estimate=500)
    step = take_one()
    control.request_cancel(job_id=job.id)
    assert settling.settle(step, "too late") is Outcome.CANCELLED
    job.refresh_from_db()
    assert (job.payload, job.reserved_micros, job.spent_micros) == ({}, 0, 1250)
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.waste) == ("SETTLED", True)
    assert status_of(step) == "CANCELLED"


def test_failed_attempt_of_a_cancelled_job_is_not_tried_again(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation)
    step = take_one()
    control.request_cancel(job_id=job.id)
    assert settling.fail(step, Passing("503"))[0] is Outcome.CANCELLED


def test_retry_of_a_cancelled_job_does_what_is_missing(organisation: Organisation, script: Script) -> None:
    job = start(organisation, pages=3)
    settling.settle(take_one(), "first")
    control.request_cancel(job_id=job.id)
    assert control.retry_job(job_id=job.id) == 2
    assert [step.number for step in take()] == [2, 3]
    with pytest.raises(ForbiddenMove):
        control.retry_job(job_id=job.id)


def test_retry_of_a_failed_job_asks_no_finished_step_again(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=2)
    first, second = take()
    settling.settle(first, "first")
    settling.fail(second, Permanent("401", code="wrong_key"))
    assert control.retry_job(job_id=job.id) == 1
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("RUNNING", "")
    assert [step.number for step in take()] == [2]


def test_held_job_waits_for_a_decision(organisation: Organisation, script: Script) -> None:
    job = start(organisation)
    script.on_settle = lambda step, result: (
        Step.objects.filter(kind="test.binding").delete(),
        control.hold_job(job_id=step.job_id),
    )
    settling.settle(take_one(), "outline")
    job.refresh_from_db()
    assert (job.state, job.held) == ("RUNNING", True)
    control.resume_job(job_id=job.id, steps=[NewStep("test.page", 2)])
    assert [step.number for step in take()] == [2]
    with pytest.raises(ForbiddenMove):
        control.resume_job(job_id=job.id, steps=[])


def test_steps_are_added_once(organisation: Organisation, script: Script) -> None:
    job = start(organisation, pages=2)
    pages = [NewStep("test.page", number) for number in (1, 2, 3)]
    add_steps(job_id=job.id, steps=pages)
    assert Step.objects.count() == 3


def test_steps_added_to_a_failed_job_wait_until_it_is_tried_again(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation)
    settling.fail(take_one(), Permanent("no"))
    add_steps(job_id=job.id, steps=[NewStep("test.page", 2)])
    assert take() == []
    control.retry_job(job_id=job.id)
    assert len(take()) == 2


def test_reconciled_money_leaves_the_unknown(organisation: Organisation, script: Script) -> None:
    job = start(organisation, estimate=400)
    step = take_one()
    settling.release(step, sent=True)
    make_due()
    control.reconcile(step_id=step.id, fence=step.fence, amount_micros=350)
    job.refresh_from_db()
    assert (job.unknown_micros, job.spent_micros) == (0, 350)
    with pytest.raises(NoSuchEntry):
        control.reconcile(step_id=step.id, fence=step.fence, amount_micros=350)
