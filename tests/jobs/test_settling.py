"""A result is settled once, by whoever comes first, and never by half."""

from __future__ import annotations

from typing import Any

import pytest

from billing.models import LedgerEntry
from jobs import settling
from jobs.errors import Busy, Passing, Permanent, Refused
from jobs.limits import MAX_ATTEMPTS
from jobs.models import Job, ProviderBreaker, Step, StepResult
from jobs.settling import Outcome
from jobs.sweeper import sweep
from tenants.models import Organisation
from tests.jobs.conftest import (
    LIMITS,
    Bill,
    Script,
    let_lease_expire,
    make_due,
    start,
    status_of,
    take,
    take_one,
)

PRICE = 1250  # micro-dollars for the Bill of the script: 1,000 tokens in and 500 out of gpt-5-mini


def test_settle_writes_result_ledger_step_and_text_together(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=2, estimate=5000)
    step = take_one()
    assert settling.settle(step, "once upon a time") is Outcome.SETTLED
    assert status_of(step) == "DONE"
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.amount_micros, entry.waste) == ("SETTLED", PRICE, False)
    assert (entry.model, entry.input_tokens, entry.output_tokens) == ("gpt-5-mini", 1000, 500)
    job.refresh_from_db()
    assert job.payload == {"pages": ["once upon a time"]}
    assert (job.reserved_micros, job.spent_micros, job.state) == (0, PRICE, "RUNNING")


def test_last_step_of_a_stage_adds_the_next_once(organisation: Organisation, script: Script) -> None:
    job = start(organisation, pages=3)
    for step in take():
        settling.settle(step, "page")
    assert Step.objects.filter(job=job, kind="test.binding").count() == 1
    job.refresh_from_db()
    assert job.state == "RUNNING"


def test_late_loser_does_not_overwrite_and_is_settled_as_waste(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation)
    first = take_one(owner="dead")
    let_lease_expire(first)
    assert sweep(LIMITS) == 1
    second = take_one(owner="living")
    assert second.fence == first.fence + 1
    assert settling.settle(second, "the second's") is Outcome.SETTLED
    assert settling.settle(first, "the first's") is Outcome.LATE
    job.refresh_from_db()
    assert job.payload == {"pages": ["the second's"]}
    assert list(LedgerEntry.objects.order_by("fence").values_list("state", "amount_micros", "waste")) == [
        ("SETTLED", PRICE, True),
        ("SETTLED", PRICE, False),
    ]
    assert (job.reserved_micros, job.spent_micros, job.unknown_micros) == (0, 2 * PRICE, 0)


def test_late_winner_finishes_the_step_although_another_holds_it(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation)
    first = take_one(owner="slow")
    let_lease_expire(first)
    sweep(LIMITS)
    second = take_one(owner="quick")
    assert settling.settle(first, "the first's") is Outcome.SETTLED
    assert status_of(first) == "DONE"
    assert settling.settle(second, "the second's") is Outcome.LATE
    job.refresh_from_db()
    assert job.payload == {"pages": ["the first's"]}
    assert StepResult.objects.get(step_id=first.id).fence == first.fence


class Crash(Exception):
    """The process ends here, as far as the database can tell."""


def crash(*args: Any) -> None:
    raise Crash


@pytest.mark.parametrize(
    "line",
    [
        "jobs.settling._finished",
        "billing.ledger._close",
        "jobs.money.move",
        "jobs.endings.finish_if_idle",
        "jobs.steps._open_lanes",
        "on_settle",
    ],
)
def test_crash_between_any_two_lines_of_settling_leaves_nothing_half_written(
    organisation: Organisation, script: Script, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    job = start(organisation)
    step = take_one()
    before = everything(job)
    with monkeypatch.context() as broken:
        if line == "on_settle":
            broken.setattr(script, "on_settle", crash)
        else:
            broken.setattr(line, crash)
        with pytest.raises(Crash):
            settling.settle(step, "text")
    assert everything(job) == before
    assert settling.settle(step, "text") is Outcome.SETTLED
    job.refresh_from_db()
    assert job.payload == {"pages": ["text"]}


def everything(job: Job) -> list[Any]:
    return [
        list(Job.objects.filter(pk=job.pk).values()),
        list(Step.objects.order_by("pk").values()),
        list(StepResult.objects.values()),
        list(LedgerEntry.objects.order_by("pk").values()),
    ]


def test_busy_waits_as_told_and_uses_no_attempt(organisation: Organisation, script: Script) -> None:
    job = start(organisation)
    step = take_one()
    outcome, wait = settling.fail(step, Busy("429", retry_after=30))
    assert outcome is Outcome.RETURNED
    assert 30 <= wait <= 33
    row = Step.objects.get(pk=step.id)
    assert (row.status, row.attempts, row.error_kind) == ("PENDING", 0, "busy")
    assert row.next_run_at > row.created_at
    assert take() == []
    assert LedgerEntry.objects.get().state == "VOIDED"
    job.refresh_from_db()
    assert job.reserved_micros == 0


def test_passing_is_tried_again_until_the_attempts_are_used_up(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation)
    for attempt in range(1, MAX_ATTEMPTS):
        step = take_one()
        assert settling.fail(step, Passing("503"))[0] is Outcome.RETURNED
        assert Step.objects.get(pk=step.id).attempts == attempt
        make_due()
    assert settling.fail(take_one(), Passing("503"))[0] is Outcome.STOPPED
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("FAILED", "provider_unavailable")
    assert [failure.kind for failure in script.failures] == ["exhausted"]


def test_passing_counts_against_the_provider(organisation: Organisation, script: Script) -> None:
    start(organisation, provider="openai")
    settling.fail(take_one(), Passing("503"))
    assert ProviderBreaker.objects.get().failures == 1
    make_due()
    settling.settle(take_one(), "text")
    assert ProviderBreaker.objects.get().failures == 0


def test_permanent_fails_step_and_job_with_the_members_message(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=2)
    settling.fail(take_one(), Permanent("401 from the provider", code="wrong_key"))
    job.refresh_from_db()
    assert (job.state, job.failure_code, job.failure_reason) == (
        "FAILED",
        "wrong_key",
        "401 from the provider",
    )
    assert take() == []


def test_refused_fails_with_its_own_kind(organisation: Organisation, script: Script) -> None:
    start(organisation)
    settling.fail(take_one(), Refused("moderation"))
    assert [(failure.kind, failure.code) for failure in script.failures] == [("refused", "content_refused")]


def test_step_at_work_is_still_settled_when_its_job_has_failed(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=2)
    first, second = take()
    settling.fail(first, Permanent("no"))
    assert settling.settle(second, "paid for") is Outcome.SETTLED
    job.refresh_from_db()
    assert (job.state, job.payload) == ("FAILED", {"pages": ["paid for"]})


def test_error_that_was_charged_is_settled_as_waste(organisation: Organisation, script: Script) -> None:
    start(organisation)
    error = Passing("not JSON")
    error.used = Bill()
    settling.fail(take_one(), error)
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.amount_micros, entry.waste) == ("SETTLED", PRICE, True)


def test_error_of_which_nobody_knows_stays_on_the_budget(organisation: Organisation, script: Script) -> None:
    job = start(organisation, estimate=900)
    error = Passing("timeout")
    error.uncertain = True
    settling.fail(take_one(), error)
    assert LedgerEntry.objects.get().state == "UNKNOWN"
    job.refresh_from_db()
    assert (job.reserved_micros, job.unknown_micros) == (0, 900)


def test_remembered_call_is_forgotten_only_when_it_is_of_no_use(
    organisation: Organisation, script: Script
) -> None:
    start(organisation)
    step = take_one()
    Step.objects.filter(pk=step.id).update(remote_id="resp_1")
    settling.fail(step, Passing("503 while polling"))
    assert Step.objects.get().remote_id == "resp_1"
    make_due()
    error = Passing("not JSON")
    error.forget_call = True
    settling.fail(take_one(), error)
    assert Step.objects.get().remote_id == ""


def test_skipped_step_costs_nothing_and_completes_its_stage(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=1)
    assert settling.skip(take_one()) is Outcome.SKIPPED
    assert LedgerEntry.objects.get().state == "VOIDED"
    assert Step.objects.filter(job=job, kind="test.binding").exists()


def test_release_hands_over_at_once_without_blame(organisation: Organisation, script: Script) -> None:
    start(organisation, pages=3, estimate=10)
    sent, remembered, unsent = take()
    Step.objects.filter(pk=remembered.id).update(remote_id="resp_1")
    settling.release(sent, sent=True)
    settling.release(remembered, sent=True, remote_id="resp_1")
    settling.release(unsent, sent=False)
    states = dict(LedgerEntry.objects.values_list("step_id", "state"))
    assert states == {sent.id: "UNKNOWN", remembered.id: "UNKNOWN", unsent.id: "VOIDED"}
    assert [(step.losses, step.fence) for step in take()] == [(0, 2)] * 3
