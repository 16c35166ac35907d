"""Books whose calls fail, are lost or are cancelled: the ledger adds up to the provider's bill."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from billing import budgets, usage
from billing.models import Budget, LedgerEntry, Metric, Window
from billing.prices import cost
from generation.commission import cancel_book, retry_book
from generation.contract import Usage
from generation.models import BookJob
from jobs import control
from jobs.models import Job
from tenants.models import Membership
from tests.emulators.openai_stateful import OpenAIServer, Script
from tests.generation.conftest import Commission
from tests.generation.driving import drive

BOOKS = 6


def bill(ai: OpenAIServer) -> dict[str, int]:
    """What the provider takes for each call that it did something for, by the answer's id."""
    lines: dict[str, int] = {}
    for call in ai.calls:
        if call.charged:
            price = cost(Usage(provider="openai", model=call.body["model"], **call.charged))
            assert price is not None
            lines[call.charged["remote_id"]] = price.micros
    return lines


def reconcile(lines: dict[str, int]) -> int:
    """As an operator does: each lost call gets a line of the bill that no entry accounts for."""
    known = set(LedgerEntry.objects.filter(state="SETTLED").values_list("remote_id", flat=True))
    left = {remote_id: amount for remote_id, amount in lines.items() if remote_id not in known}
    lost = list(LedgerEntry.objects.filter(state="UNKNOWN"))
    for entry in lost:
        remote_id, amount = left.popitem()
        control.reconcile(step_id=entry.step_id, fence=entry.fence, amount_micros=amount, remote_id=remote_id)
    assert left == {}
    return len(lost)


def test_ledger_is_the_providers_bill(
    ai: OpenAIServer, commission: Commission, membership: Membership, settings: Any
) -> None:
    settings.OPENAI_DELIVERY = "stream"
    budgets.set_budget(organisation=membership.organisation, by=membership.user, limit_micros=10**9)
    ai.busy_every = 5
    ai.script(
        Script(path="/responses", status=500),
        Script(path="/responses", text="no outline"),
        Script(path="/responses", status=429, code="insufficient_quota"),
        Script(match="Write chapter 1 ", breaks_after=1),
        Script(match="Write chapter 1 ", text=""),
        Script(match="Write chapter 2 ", breaks_after=1, times=2),
        Script(path="/images/generations", text="bm8gcGljdHVyZQ=="),
        Script(path="/images/generations", status=400, code="moderation_blocked"),
    )
    for _ in range(BOOKS):
        commission(chapters=2)
    drive(lanes=["calls"], rounds=1)
    drive(lanes=["calls"], rounds=1, meanwhile=stop_two)
    drive(lanes=["calls"])
    (failed,) = BookJob.objects.filter(status="FAILED")
    stopped, _for_good = BookJob.objects.filter(status="CANCELLED")
    for job in (failed, stopped):
        retry_book(job=job)
    drive(lanes=["calls"])

    assert len(ai.asked("", status=None)) > len(bill(ai)) > BOOKS * 4
    assert reconcile(bill(ai)) == 3
    assert spent(LedgerEntry.objects.all()) == sum(bill(ai).values())
    assert not LedgerEntry.objects.filter(state__in=["RESERVED", "UNKNOWN"]).exists()
    for row in Job.objects.all():
        counters = (row.spent_micros, row.reserved_micros, row.unknown_micros)
        assert counters == (spent(LedgerEntry.objects.filter(job_id=row.pk)), 0, 0)
        assert BookJob.objects.get(pk=row.pk).cost_micros == row.spent_micros
    budget = Budget.objects.get()
    assert (budget.spent_micros, budget.reserved_micros, budget.unknown_micros) == (
        sum(bill(ai).values()),
        0,
        0,
    )
    used = LedgerEntry.objects.filter(kind="generation.chapter", state="SETTLED", waste=False)
    words = usage.used(membership.organisation, Window.EVER)[Metric.WORDS_WRITTEN]
    assert words == used.count() * 350 > 0  # an emulated chapter has 350 words


def stop_two() -> None:
    """Two that were planned, and are written at this moment."""
    for job in BookJob.objects.filter(status="WRITING_CHAPTERS").order_by("pk")[:2]:
        cancel_book(job=job)


def spent(entries: Any) -> int:
    return int(entries.filter(state="SETTLED").aggregate(total=Sum("amount_micros"))["total"] or 0)


def test_cost_of_a_book_is_true_when_lost_calls_are_reconciled(
    ai: OpenAIServer, commission: Commission, settings: Any
) -> None:
    settings.OPENAI_DELIVERY = "stream"
    ai.script(Script(match="Write chapter 1 ", breaks_after=1))
    _book, job = commission(chapters=1)
    drive(lanes=["calls"])
    entry = LedgerEntry.objects.get(state="UNKNOWN")
    job.refresh_from_db()
    before = job.cost_micros
    control.reconcile(step_id=entry.step_id, fence=entry.fence, amount_micros=4_321)
    job.refresh_from_db()
    assert job.cost_micros == before + 4_321
