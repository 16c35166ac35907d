"""The console's pages of calls whose cost nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import F

from billing import ledger, pricing
from billing.models import Budget, LedgerEntry
from billing.prices import forget_prices
from insights.models import ActivityLog
from jobs import control
from jobs.claiming import claim
from jobs.limits import limits
from jobs.models import Job, Step
from jobs.money import move
from jobs.steps import NewStep
from tenants.context import entered
from tenants.keys import uuid7
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ESTIMATE = 50_000  # micro-dollars


@dataclass(frozen=True)
class Used:
    provider: str = "studio"
    model: str = "writer-2"
    input_tokens: int = 1_000_000
    cached_tokens: int = 0
    output_tokens: int = 0
    pictures: int = 0
    remote_id: str = ""


@pytest.fixture
def operator(super_admin: Any) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture(autouse=True)
def _no_remembered_prices() -> Any:
    yield
    forget_prices()


@pytest.fixture
def budget(organisation: Organisation) -> Budget:
    return Budget.objects.create(organisation=organisation, limit_micros=10**9)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def begun(organisation: Organisation) -> LedgerEntry:
    """A call for which money is set aside."""
    with entered(organisation):
        step = NewStep("generation.chapter", estimate_micros=ESTIMATE, provider="studio")
        job = control.start_job(subject_type="test", subject_id=uuid7(), steps=[step])
    claim(lane="calls", owner="test", room=1, limits=limits())
    return LedgerEntry.objects.get(job_id=job.pk)


def closed(entry: LedgerEntry, movement: ledger.Movement) -> LedgerEntry:
    move(Job.objects.get(pk=entry.job_id), movement)
    Step.objects.filter(pk=entry.step_id).update(status="DONE")
    entry.refresh_from_db()
    return entry


def lost(organisation: Organisation, remote_id: str = "") -> LedgerEntry:
    entry = begun(organisation)
    unknown = ledger.mark_unknown(step_id=entry.step_id, fence=entry.fence, remote_id=remote_id)
    return closed(entry, unknown)


def without_price(organisation: Organisation) -> LedgerEntry:
    entry = begun(organisation)
    return closed(entry, ledger.settle(step_id=entry.step_id, fence=entry.fence, used=Used()))


def counters(entry: LedgerEntry) -> tuple[int, int, int]:
    """Of the call's job."""
    job = Job.objects.get(pk=entry.job_id)
    return job.reserved_micros, job.spent_micros, job.unknown_micros


def budgeted() -> tuple[int, int, int]:
    budget = Budget.objects.get()
    return budget.reserved_micros, budget.spent_micros, budget.unknown_micros


# --- lost calls --------------------------------------------------------------------------------------------


def test_lost_calls_that_the_organisation_pays_itself_are_its_own_affair(
    operator: HostClient, organisation: Organisation
) -> None:
    lost(organisation, "resp_ours")
    theirs = lost(organisation, "run_theirs")
    LedgerEntry.objects.filter(pk=theirs.pk).update(provider="own:crewai")

    page = text(operator.get("/console/calls/"))

    assert ("resp_ours" in page, "run_theirs" in page) == (True, False)
    assert operator.get(f"/console/calls/{theirs.pk}/").status_code == 404


def test_lost_calls_are_listed_the_oldest_first(operator: HostClient, organisation: Organisation) -> None:
    ids = [f"resp_{number}" for number in range(30)]
    for remote_id in ids:
        lost(organisation, remote_id)
    first, second = (text(operator.get(f"/console/calls/?page={number}")) for number in (1, 2))
    assert [remote_id for remote_id in ids if f"· {remote_id} " in first.replace("<", " <")] == ids[:25]
    assert [remote_id for remote_id in ids if f"· {remote_id} " in second.replace("<", " <")] == ids[25:]


def test_what_the_bill_says_is_entered(
    operator: HostClient, super_admin: Any, organisation: Organisation, budget: Budget
) -> None:
    entry = lost(organisation)
    assert counters(entry) == budgeted() == (0, 0, ESTIMATE)
    page = f"/console/calls/{entry.pk}/"
    assert organisation.name in text(operator.get(page))
    answer = operator.post(f"{page}reconcile/", {"amount": "0.0123", "remote_id": "resp_9"}, follow=True)
    assert "The ledger has it as the bill says." in text(answer)
    entry.refresh_from_db()
    assert (entry.state, entry.amount_micros, entry.remote_id) == ("SETTLED", 12_300, "resp_9")
    assert counters(entry) == budgeted() == (0, 12_300, 0)
    line = ActivityLog.objects.get(action="call.reconciled")
    assert (line.actor_id, line.resource_id, line.details) == (
        super_admin.pk,
        str(entry.pk),
        {"amount_micros": 12_300, "remote_id": "resp_9"},
    )


def test_call_that_was_not_charged_is_free(
    operator: HostClient, organisation: Organisation, budget: Budget
) -> None:
    entry = lost(organisation)
    operator.post(f"/console/calls/{entry.pk}/reconcile/", {"amount": "0"})
    entry.refresh_from_db()
    assert entry.state == "VOIDED"
    assert counters(entry) == budgeted() == (0, 0, 0)


def test_call_of_an_erased_organisation_can_be_reconciled(
    operator: HostClient, organisation: Organisation
) -> None:
    entry = lost(organisation)
    LedgerEntry.objects.update(organisation_id=uuid7())
    Job.objects.all().delete()
    assert "An erased organisation" in text(operator.get("/console/calls/"))
    assert operator.get(f"/console/calls/{entry.pk}/").status_code == 200
    operator.post(f"/console/calls/{entry.pk}/reconcile/", {"amount": "1"})
    entry.refresh_from_db()
    assert entry.amount_micros == 1_000_000


@pytest.mark.parametrize("amount", ["", "-1", "NaN", "many", "0.0000001", "100001"])
def test_bad_amount_is_refused(operator: HostClient, organisation: Organisation, amount: str) -> None:
    entry = lost(organisation)
    answer = operator.post(f"/console/calls/{entry.pk}/reconcile/", {"amount": amount})
    assert answer.status_code == 422
    assert counters(entry) == (0, 0, ESTIMATE)
    assert not ActivityLog.objects.filter(action="call.reconciled").exists()


def test_call_that_is_known_is_no_longer_found(operator: HostClient, organisation: Organisation) -> None:
    entry = lost(organisation)
    operator.post(f"/console/calls/{entry.pk}/reconcile/", {"amount": "1"})
    assert operator.post(f"/console/calls/{entry.pk}/reconcile/", {"amount": "2"}).status_code == 404
    assert counters(entry) == (0, 1_000_000, 0)


def test_staff_looks_and_enters_nothing(organisation: Organisation) -> None:
    entry = lost(organisation)
    staff = HostClient().sign_in(UserFactory(role="ADMIN"))
    assert "Enter the bill" not in text(staff.get("/console/calls/"))
    assert "<form class" not in text(staff.get(f"/console/calls/{entry.pk}/"))
    assert staff.post(f"/console/calls/{entry.pk}/reconcile/", {"amount": "1"}).status_code == 404
    assert (
        staff.post("/console/calls/reckon/", {"provider": "studio", "model": "writer-2"}).status_code == 404
    )
    assert counters(entry) == (0, 0, ESTIMATE)


# --- calls without a price ---------------------------------------------------------------------------------


WRITER = {"provider": "studio", "model": "writer-2"}


def set_price(by: Any, micros: int) -> None:
    rates = pricing.Rates(input_micros=micros, cached_micros=0, output_micros=0, picture_micros=0)
    pricing.set_price(by=by, provider="studio", model="writer", rates=rates)


def test_calls_are_reckoned_once_their_model_has_a_price(
    operator: HostClient, super_admin: Any, organisation: Organisation, budget: Budget
) -> None:
    entries = [without_price(organisation) for _ in range(3)]
    assert budgeted() == (0, 3 * ESTIMATE, 0)
    page = text(operator.get("/console/calls/"))
    assert "3 calls" in page and "?provider=studio&amp;model=writer-2#set-title" in page
    assert "Reckon these" not in page
    set_price(super_admin, 70_001)
    assert "Reckon these" in text(operator.get("/console/calls/"))
    answer = operator.post("/console/calls/reckon/", WRITER, follow=True)
    assert "3 calls are reckoned." in text(answer)
    assert "None: every model that was called has a price." in text(answer)
    rows = LedgerEntry.objects.values_list("amount_micros", "price_version", "unpriced")
    assert set(rows) == {(70_001, 1, False)}
    assert [counters(entry) for entry in entries] == [(0, 70_001, 0)] * 3
    assert budgeted() == (0, 3 * 70_001, 0)
    line = ActivityLog.objects.get(action="calls.reckoned")
    assert line.details == WRITER | {"calls": 3}


def test_calls_of_months_past_leave_this_months_budget_alone(
    operator: HostClient, super_admin: Any, organisation: Organisation, budget: Budget
) -> None:
    entry = without_price(organisation)
    LedgerEntry.objects.update(closed_at=datetime(2020, 1, 31, tzinfo=UTC))
    Budget.objects.update(spent_micros=F("spent_micros") - ESTIMATE)
    set_price(super_admin, 70_000)
    operator.post("/console/calls/reckon/", WRITER)
    assert (counters(entry), budgeted()) == ((0, 70_000, 0), (0, 0, 0))


@pytest.mark.parametrize("model", [WRITER, {"provider": "studio"}, {}, {"provider": "a\0", "model": "b"}])
def test_nothing_is_reckoned_without_a_price(
    operator: HostClient, organisation: Organisation, model: dict[str, str]
) -> None:
    entry = without_price(organisation)
    assert operator.post("/console/calls/reckon/", model, follow=True).status_code == 200
    entry.refresh_from_db()
    assert (entry.unpriced, entry.amount_micros) == (True, None)
    assert not ActivityLog.objects.filter(action="calls.reckoned").exists()


def test_lists_do_not_query_for_each_row(
    operator: HostClient, super_admin: Any, organisation: Organisation
) -> None:
    lost(organisation)
    without_price(organisation)
    few = queries_of(operator, "/console/calls/")
    for _ in range(4):
        lost(organisation)
        without_price(organisation)
    LedgerEntry.objects.filter(unpriced=True).update(model=F("step_id"))
    assert queries_of(operator, "/console/calls/") == few
