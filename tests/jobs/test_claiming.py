"""Claims are fair between organisations and stay within caps, budgets and breakers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connections

from billing.models import Budget, LedgerEntry
from jobs import breaker
from jobs.claiming import claim
from jobs.models import Job, OrganisationLane, ProviderBreaker, Step
from tenants.models import Organisation
from tests.jobs.conftest import LIMITS, Script, set_cap, start, take, take_one


def test_claim_leases_the_oldest_step_and_reserves_its_estimate(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=2, estimate=700)
    step = take_one(owner="first")
    row = Step.objects.get(pk=step.id)
    assert (row.number, row.status, row.fence, row.owner) == (1, "LEASED", 1, "first")
    assert step.fence == 1
    assert step.organisation == organisation.as_current()
    entry = LedgerEntry.objects.get()
    assert (entry.step_id, entry.fence, entry.state, entry.estimate_micros) == (step.id, 1, "RESERVED", 700)
    job.refresh_from_db()
    assert job.reserved_micros == 700


def test_claim_finds_nothing_where_nothing_is_due(organisation: Organisation, script: Script) -> None:
    assert take() == []
    start(organisation)
    take_one()
    assert take() == []


def test_claim_stays_within_the_cap(organisation: Organisation, script: Script) -> None:
    start(organisation, pages=5)
    set_cap(organisation, 3)
    assert len(take()) == 3
    assert take() == []


def test_claim_shares_the_room_between_waiting_organisations(
    organisation: Organisation, other_organisation: Organisation, script: Script
) -> None:
    start(organisation, pages=10)
    start(other_organisation, pages=10)
    first, second = take(6), take(6)
    assert (len(first), len(second)) == (3, 3)
    assert {step.organisation for step in first} != {step.organisation for step in second}


def test_claim_serves_the_least_recently_served_first(
    organisation: Organisation, other_organisation: Organisation, script: Script
) -> None:
    start(organisation, pages=3)
    start(other_organisation, pages=3)
    served = [take_one().organisation.organisation_id for _ in range(6)]
    assert served[0::2] == [served[0]] * 3
    assert served[1::2] == [served[1]] * 3
    assert served[0] != served[1]


def test_claim_prefers_the_job_with_the_higher_priority(organisation: Organisation, script: Script) -> None:
    start(organisation)
    urgent = start(organisation, priority=5)
    assert take_one().job_id == urgent.id


def test_claim_leaves_steps_of_an_open_breaker(organisation: Organisation, script: Script) -> None:
    start(organisation, provider="openai")
    for _ in range(breaker.FAILURES):
        breaker.record_failure("openai")
    assert ProviderBreaker.objects.get().state == "OPEN"
    assert take() == []


def test_claim_sends_one_probe_when_the_breaker_has_waited(
    organisation: Organisation, script: Script
) -> None:
    start(organisation, pages=4, provider="openai")
    for _ in range(breaker.FAILURES):
        breaker.record_failure("openai")
    ProviderBreaker.objects.update(open_until="2020-01-01T00:00:00Z")
    (probe,) = take()
    assert probe.provider_failing
    assert take() == []
    breaker.record_success("openai")
    assert len(take()) == 3


def test_breaker_opens_for_longer_after_a_failed_probe(organisation: Organisation, script: Script) -> None:
    for _ in range(breaker.FAILURES):
        breaker.record_failure("openai")
    first = ProviderBreaker.objects.get()
    ProviderBreaker.objects.update(open_until="2020-01-01T00:00:00Z")
    assert breaker.begin_probe("openai")
    breaker.record_failure("openai")
    second = ProviderBreaker.objects.get()
    assert (second.state, second.times_opened) == ("OPEN", first.times_opened + 1)
    assert second.open_until > first.open_until


def test_breaker_stays_closed_while_failures_are_not_in_a_row(db: None) -> None:
    for _ in range(3):
        for _ in range(breaker.FAILURES - 1):
            breaker.record_failure("openai")
        breaker.record_success("openai")
    assert ProviderBreaker.objects.get().state == "CLOSED"


def test_claim_waits_while_money_of_the_job_is_set_aside(organisation: Organisation, script: Script) -> None:
    job = start(organisation, pages=2, estimate=600, budget_micros=1000)
    assert len(take()) == 1
    waiting = Step.objects.get(job=job, status="PENDING")
    assert waiting.error_kind == "budget"
    job.refresh_from_db()
    assert (job.state, job.reserved_micros) == ("RUNNING", 600)


def test_claim_fails_the_job_when_its_budget_cannot_reach(organisation: Organisation, script: Script) -> None:
    job = start(organisation, pages=2, estimate=600, budget_micros=500)
    assert take() == []
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("FAILED", "job_budget_used_up")
    assert sorted(Step.objects.values_list("status", flat=True)) == ["CANCELLED", "FAILED"]
    assert [failure.kind for failure in script.failures] == ["budget"]


def test_claim_respects_the_organisations_budget(organisation: Organisation, script: Script) -> None:
    Budget.objects.create(organisation=organisation, limit_micros=1000)
    start(organisation, pages=3, estimate=400)
    assert len(take()) == 2
    assert Budget.objects.get().reserved_micros == 800


def test_claim_takes_one_suspect_at_a_time(organisation: Organisation, script: Script) -> None:
    start(organisation, pages=4)
    Step.objects.filter(number__in=(1, 2)).update(losses=2)
    assert sorted(step.number for step in take()) == [1, 3, 4]
    assert take(suspects=False) == []
    assert [step.number for step in take()] == [2]


@pytest.mark.django_db(transaction=True)
def test_claims_at_the_same_time_never_exceed_a_cap_nor_share_a_step(
    organisation: Organisation, other_organisation: Organisation, script: Script
) -> None:
    for one in (organisation, other_organisation):
        start(one, pages=15)
        start(one, pages=15)
        set_cap(one, 7)
    together = threading.Barrier(6)

    def work(number: int) -> list[tuple[object, object]]:
        try:
            together.wait()
            taken = []
            for _ in range(12):
                steps = claim(
                    lane="calls", owner=f"worker {number}", room=3, limits=replace(LIMITS, lease=60)
                )
                taken += [(step.organisation.organisation_id, step.id) for step in steps]
            return taken
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as workers:
        taken = [pair for pairs in workers.map(work, range(6)) for pair in pairs]
    for one in (organisation, other_organisation):
        mine = [step for organisation_id, step in taken if organisation_id == one.id]
        assert len(mine) == len(set(mine)) == 7
    assert Step.objects.filter(status="LEASED").count() == 14
    assert OrganisationLane.objects.filter(last_served_at=None).count() == 0
    assert Job.objects.filter(state="RUNNING").count() == 4
