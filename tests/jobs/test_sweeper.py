"""Steps of dead workers come back; a step that kills its workers is set aside."""

from __future__ import annotations

import pytest
from django.db import connection

from billing.models import LedgerEntry
from jobs import control, settling
from jobs.claiming import SUSPECT_LOSSES
from jobs.leases import extend_leases
from jobs.limits import MAX_LOSSES
from jobs.models import Step
from jobs.states import ForbiddenMove
from jobs.sweeper import sweep
from tenants.models import Organisation
from tests.jobs.conftest import (
    LIMITS,
    Script,
    let_lease_expire,
    make_due,
    start,
    status_of,
    take,
    take_one,
)


def test_sweep_returns_an_expired_lease_and_its_money_becomes_unknown(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, estimate=300)
    step = take_one()
    assert sweep(LIMITS) == 0
    let_lease_expire(step)
    assert sweep(LIMITS) == 1
    row = Step.objects.get()
    assert (row.status, row.losses, row.attempts) == ("PENDING", 1, 0)
    assert LedgerEntry.objects.get().state == "UNKNOWN"
    job.refresh_from_db()
    assert (job.reserved_micros, job.unknown_micros) == (0, 300)


def test_sweep_does_not_charge_twice_for_a_remembered_call(
    organisation: Organisation, script: Script
) -> None:
    start(organisation, estimate=300)
    step = take_one()
    Step.objects.update(remote_id="resp_1")
    let_lease_expire(step)
    sweep(LIMITS)
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.remote_id) == ("UNKNOWN", "resp_1")
    assert take_one().remote_id == "resp_1"
    assert dict(LedgerEntry.objects.values_list("fence", "state")) == {1: "VOIDED", 2: "RESERVED"}


def test_heartbeat_extends_held_leases_and_names_lost_ones(
    organisation: Organisation, script: Script
) -> None:
    start(organisation, pages=2)
    kept, lost = take()
    let_lease_expire(lost)
    sweep(LIMITS)
    let_lease_expire(kept)
    assert extend_leases([kept, lost], lease=15) == {kept.id}
    assert sweep(LIMITS) == 0


def test_heartbeat_of_an_old_fence_does_not_extend_the_new_lease(
    organisation: Organisation, script: Script
) -> None:
    start(organisation)
    old = take_one()
    let_lease_expire(old)
    sweep(LIMITS)
    make_due()
    new = take_one()
    assert extend_leases([old], lease=15) == set()
    assert extend_leases([new], lease=15) == {new.id}


def lose(times: int) -> None:
    for _ in range(times):
        make_due()
        let_lease_expire(take_one())
        sweep(LIMITS)


def test_step_that_loses_five_workers_is_set_aside(organisation: Organisation, script: Script) -> None:
    job = start(organisation)
    lose(MAX_LOSSES)
    step = Step.objects.get()
    assert (step.status, step.losses) == ("QUARANTINED", MAX_LOSSES)
    assert [(failure.kind, failure.code) for failure in script.failures] == [
        ("quarantined", "step_set_aside")
    ]
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("FAILED", "step_set_aside")


def test_job_goes_on_with_its_other_steps_while_one_is_set_aside(
    organisation: Organisation, script: Script
) -> None:
    job = start(organisation, pages=2)
    first = take_one()
    lose(MAX_LOSSES)
    job.refresh_from_db()
    assert job.state == "RUNNING"
    settling.settle(first, "page")
    job.refresh_from_db()
    assert (job.state, job.payload) == ("FAILED", {"pages": ["page"]})


def test_retry_of_a_step_set_aside_starts_it_anew(organisation: Organisation, script: Script) -> None:
    job = start(organisation)
    lose(MAX_LOSSES)
    control.retry_step(step_id=Step.objects.get().id)
    step = take_one()
    assert (step.losses, step.attempts) == (0, 0)
    job.refresh_from_db()
    assert (job.state, job.failure_code) == ("RUNNING", "")


def test_skipping_a_step_set_aside_completes_its_stage(organisation: Organisation, script: Script) -> None:
    job = start(organisation)
    lose(MAX_LOSSES)
    control.skip_step(step_id=Step.objects.get().id)
    job.refresh_from_db()
    assert (job.state, job.payload) == ("RUNNING", {"pages": [None]})
    assert Step.objects.filter(kind="test.binding", status="PENDING").exists()
    with pytest.raises(ForbiddenMove):
        control.skip_step(step_id=Step.objects.get(kind="test.page").id)


def test_blame_falls_on_the_suspect_alone(organisation: Organisation, script: Script) -> None:
    start(organisation, pages=3)
    Step.objects.filter(number=1).update(losses=SUSPECT_LOSSES)
    for step in take(owner="one"):
        let_lease_expire(step)
    sweep(LIMITS)
    assert dict(Step.objects.values_list("number", "losses")) == {1: SUSPECT_LOSSES + 1, 2: 0, 3: 0}


def test_expired_step_of_a_cancelled_job_is_cancelled(organisation: Organisation, script: Script) -> None:
    job = start(organisation)
    step = take_one()
    control.request_cancel(job_id=job.id)
    let_lease_expire(step)
    sweep(LIMITS)
    assert status_of(step) == "CANCELLED"


@pytest.mark.django_db(transaction=True)
def test_only_one_sweeps_at_a_time(organisation: Organisation, script: Script) -> None:
    import threading

    from django.db import connections, transaction

    start(organisation)
    let_lease_expire(take_one())
    results: list[int] = []

    def other() -> None:
        results.append(sweep(LIMITS))
        connections.close_all()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x6F637461766F])
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert results == [0]
    assert sweep(LIMITS) == 1
