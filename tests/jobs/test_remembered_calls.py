"""A call that the provider keeps under an id is paid for once, whoever fetches its answer, or nobody."""

from __future__ import annotations

import pytest

from billing.models import LedgerEntry
from jobs import control, settling
from jobs.errors import Passing
from jobs.models import Job, Step
from jobs.settling import Outcome
from jobs.sweeper import sweep
from tenants.models import Organisation
from tests.jobs.conftest import LIMITS, Bill, Script, let_lease_expire, make_due, start, take, take_one

PRICE = 1250  # micro-dollars for the Bill of the script


@pytest.fixture(autouse=True)
def answered_as_resp_1(script: Script) -> None:
    script.bill = Bill(remote_id="resp_1")


def remember() -> None:
    Step.objects.update(remote_id="resp_1")


def entries() -> list[tuple[int, str, int | None]]:
    return list(LedgerEntry.objects.order_by("fence").values_list("fence", "state", "amount_micros"))


def counters(job: Job) -> tuple[int, int, int]:
    job.refresh_from_db()
    return job.reserved_micros, job.spent_micros, job.unknown_micros


def test_call_of_a_cancelled_job_waits_for_the_bill(organisation: Organisation) -> None:
    job = start(organisation, estimate=300)
    step = take_one()
    remember()
    control.request_cancel(job_id=job.id)
    assert settling.release(step, sent=True, remote_id="resp_1") is Outcome.CANCELLED
    assert entries() == [(1, "UNKNOWN", None)]
    assert counters(job) == (0, 0, 300)
    control.reconcile(step_id=step.id, fence=1, amount_micros=PRICE)
    assert counters(job) == (0, PRICE, 0)


def test_trying_again_fetches_the_answer_that_nobody_fetched(organisation: Organisation) -> None:
    job = start(organisation, estimate=300)
    step = take_one()
    remember()
    control.request_cancel(job_id=job.id)
    settling.release(step, sent=True, remote_id="resp_1")
    control.retry_job(job_id=job.id)
    again = take_one()
    assert again.remote_id == "resp_1"
    assert counters(job) == (300, 0, 0)
    settling.settle(again, "fetched")
    assert entries() == [(1, "VOIDED", 0), (2, "SETTLED", PRICE)]
    assert counters(job) == (0, PRICE, 0)


def test_trying_again_asks_anew_for_what_was_paid(organisation: Organisation) -> None:
    job = start(organisation, estimate=300)
    step = take_one()
    remember()
    control.request_cancel(job_id=job.id)
    assert settling.settle(step, "not used") is Outcome.CANCELLED
    control.retry_job(job_id=job.id)
    assert take_one().remote_id == ""


def test_answer_that_two_fetch_is_counted_once(organisation: Organisation) -> None:
    job = start(organisation, estimate=300)
    slow = take_one()
    remember()
    let_lease_expire(slow)
    sweep(LIMITS)
    quick = take_one()
    assert settling.settle(slow, "late, and the first") is Outcome.SETTLED
    assert entries() == [(1, "VOIDED", 0), (2, "SETTLED", PRICE)]
    assert settling.settle(quick, "the same") is Outcome.LATE
    assert entries() == [(1, "VOIDED", 0), (2, "SETTLED", PRICE)]
    assert counters(job) == (0, PRICE, 0)


def test_whoever_took_over_and_finds_all_done_loses_no_cost(organisation: Organisation) -> None:
    job = start(organisation, estimate=300)
    slow = take_one()
    remember()
    let_lease_expire(slow)
    sweep(LIMITS)
    quick = take_one()
    settling.settle(slow, "the first")
    settling.skip(quick)
    assert counters(job) == (0, PRICE, 0)


def test_polling_that_fails_leaves_the_call_to_be_paid(organisation: Organisation) -> None:
    job = start(organisation, estimate=300)
    step = take_one()
    remember()
    settling.fail(step, Passing("503 while polling"), remote_id="resp_1")
    assert counters(job) == (0, 0, 300)
    make_due()
    again = take_one()
    assert counters(job) == (300, 0, 0)
    assert settling.not_sent(again) is Outcome.RETURNED
    assert counters(job) == (0, 0, 300)


def test_call_that_no_budget_takes_over_stays_unknown(organisation: Organisation) -> None:
    job = start(organisation, estimate=300, budget_micros=300)
    step = take_one()
    remember()
    settling.fail(step, Passing("503 while polling"), remote_id="resp_1")
    Step.objects.update(estimate_micros=301)
    make_due()
    assert take() == []
    assert entries() == [(1, "UNKNOWN", None)]
    assert counters(job) == (0, 0, 300)


def test_paid_answer_of_no_use_is_not_asked_for_again(organisation: Organisation) -> None:
    start(organisation)
    step = take_one()
    remember()
    error = Passing("could not be written")
    error.used = Bill(remote_id="resp_1")
    settling.fail(step, error, remote_id="resp_1")
    assert Step.objects.get().remote_id == ""
    assert entries() == [(1, "SETTLED", PRICE)]
