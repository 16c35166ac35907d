"""100 books under failures, retries, cancels and a killed worker: the ledger against the provider's bill.

Part of `bench billing`. Real workers write the books with a provider that keeps account of each call that it
charges for, answered or not. In the end, as an operator would, each call of which nobody knows is looked up
in the provider's account. Then every sum has to agree to the micro-dollar: the bill, the ledger, the counters
of jobs and of budgets (one of them set while calls were under way), and the words that were written.
"""

from __future__ import annotations

import functools
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench.faults import ledger_differs
from bench.installation import (
    Processes,
    Provider,
    adopt_settings,
    commission,
    member_of_a_new_organisation,
    provider,
    worker_words,
)
from bench.report import Demand

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from billing.models import LedgerEntry, Price
    from tenants.models import Membership

BOOKS, CHAPTERS, ORGANISATIONS = 100, 4, 4
CANCELLED, TRIED_AGAIN = 20, 10  # books stopped while they are written, and of these those gone on with
WORKERS = ("bill-1", "bill-2")
PATIENCE = 150.0  # seconds for all books
MILLION = 1_000_000

Jobs = dict[UUID, "Membership"]
Line = dict[str, Any]  # of the provider's account: a call that it charges for

DEMANDS = [
    Demand("bill_books", "==", BOOKS),
    Demand("bill_calls_charged", ">=", BOOKS * 4),
    Demand("bill_calls_gone_wrong", ">=", BOOKS / 2),
    Demand("bill_books_cancelled", "==", CANCELLED),
    Demand("bill_books_tried_again", ">=", TRIED_AGAIN),
    Demand("bill_calls_reconciled", ">=", 5),
    Demand("bill_differs_micros", "==", 0),
    Demand("bill_lines_without_entry", "==", 0),
    Demand("bill_open_reservations", "==", 0),
    Demand("bill_jobs_differ_micros", "==", 0),
    Demand("bill_budgets_differ_micros", "==", 0),
    Demand("bill_words", ">=", BOOKS * 500),
    Demand("bill_words_differ", "==", 0),
    Demand("bill_s", "<=", 120.0),
]


def figures() -> dict[str, float]:
    """All figures, on organisations of their own."""
    began = time.monotonic()
    with ExitStack() as cleanup:
        paced = cleanup.enter_context(
            provider(
                seconds=0.4,
                chapters=CHAPTERS,
                words=200,
                busy_every=13,
                fault_every=7,
                poll_fault_every=17,
            )
        )
        environment = paced.environment(OPENAI_DELIVERY="background", OCTAVO_LEASE_SECONDS="3")
        cleanup.enter_context(adopted(environment))
        processes = Processes(Path(cleanup.enter_context(tempfile.TemporaryDirectory())), environment)
        cleanup.callback(processes.stop)
        members = [member_of_a_new_organisation(f"bill-{number}") for number in range(ORGANISATIONS)]
        for member in members[1:]:
            set_budget(member)
        writing = Writing(processes, members)
        if not writing.until_ended():
            processes.show_logs()
        processes.stop()
        lines = [call for call in paced.calls() if "id" in call]
        reconciled = reconcile(writing.jobs, lines)
        return {
            **writing.figures(),
            "bill_calls_charged": len(lines),
            "bill_calls_gone_wrong": calls_gone_wrong(paced),
            "bill_calls_reconciled": reconciled,
            **outcome(writing.jobs, members, lines),
            "bill_s": time.monotonic() - began,
        }


class Writing:
    """Has the books written, stops some, goes on with those that stopped, and kills a worker once."""

    def __init__(self, processes: Processes, members: Sequence[Membership]) -> None:
        self._processes = processes
        self._members = members
        self._chance = random.Random(5)
        self._cancelled: list[UUID] = []
        self._counts: Counter[str] = Counter()
        self.jobs: Jobs = {}

    def until_ended(self) -> bool:
        """Whether all has come to its end in time: no call under way, and nothing left to go on with."""
        for name in WORKERS:
            self._processes.start(name, worker_words("calls", name))
        for number in range(BOOKS):
            member = self._members[number % ORGANISATIONS]
            self.jobs[commission(member, f"Book {number}", CHAPTERS)] = member
        give_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < give_up_at:
            self._cancel_some()
            self._kill_once()
            if self._is_quiet() and not self._go_on():
                return len(self._cancelled) == CANCELLED
            time.sleep(0.2)
        return False

    def figures(self) -> dict[str, float]:
        return {
            "bill_books": len(self.jobs),
            "bill_books_cancelled": len(self._cancelled),
            "bill_books_tried_again": self._counts["tried again"],
            "bill_workers_killed": self._counts["killed"],
        }

    def _cancel_some(self) -> None:
        """Books of which a call is out at this moment; the first only after a while."""
        if len(self._cancelled) >= CANCELLED or self._steps(status="DONE").count() < BOOKS:
            return
        writing = set(self._steps(status="LEASED").values_list("job_id", flat=True))
        for job_id in self._chance.sample(sorted(writing - set(self._cancelled)), k=min(2, len(writing))):
            if len(self._cancelled) < CANCELLED and self._ask("cancel_book", job_id):
                self._cancelled.append(job_id)

    def _kill_once(self) -> None:
        """And set the one budget that was not set before, among all the calls."""
        if self._counts["killed"] or len(self._cancelled) < CANCELLED // 4:
            return
        self._processes.kill(WORKERS[0])
        self._counts["killed"] += 1
        self._processes.start(WORKERS[0], worker_words("calls", WORKERS[0]))
        set_budget(self._members[0])

    def _is_quiet(self) -> bool:
        return not self._steps(lane="calls", status__in=("PENDING", "LEASED")).exists()

    def _go_on(self) -> int:
        """Try again what failed, and some of what was cancelled; answers how many those are."""
        from jobs.models import Job

        failed = Job.objects.filter(pk__in=self.jobs, state="FAILED").values_list("pk", flat=True)
        again = [*failed, *(self._cancelled[:TRIED_AGAIN] if not self._counts["cancelled again"] else ())]
        self._counts["cancelled again"] = TRIED_AGAIN
        done = sum(self._ask("retry_book", job_id) for job_id in again)
        self._counts["tried again"] += done
        return done

    def _ask(self, what: str, job_id: UUID) -> bool:
        from generation import commission as asking
        from generation.errors import NotPossibleNow
        from generation.models import BookJob
        from tenants.context import entered

        with entered(self.jobs[job_id].organisation), suppress(NotPossibleNow):
            getattr(asking, what)(job=BookJob.objects.get(pk=job_id))
            return True
        return False

    def _steps(self, **where: Any) -> Any:
        from jobs.models import Step

        return Step.objects.filter(job_id__in=self.jobs, **where)


# --- what an operator does ---------------------------------------------------------------------------------


def set_budget(member: Membership) -> None:
    from billing import budgets
    from tenants.context import entered

    with entered(member.organisation):
        budgets.set_budget(organisation=member.organisation, by=member.user, limit_micros=100 * MILLION)


def reconcile(jobs: Jobs, lines: Sequence[Line]) -> int:
    """Look up in the provider's account whatever nobody knows; answers how many calls those were.

    By the call's id, else by what was asked for: the oldest line that no entry accounts for.
    """
    from jobs import control

    open_lines = lines_without_entry(jobs, lines)
    unknown = list(entries(jobs, state="UNKNOWN").order_by("created_at"))
    for entry in sorted(unknown, key=lambda entry: not entry.remote_id):
        line = next((line for line in open_lines if fits(entry, line)), None)
        if line is not None:
            open_lines.remove(line)
        control.reconcile(
            step_id=entry.step_id,
            fence=entry.fence,
            amount_micros=charged(line) if line else 0,
            remote_id=line["id"] if line else "",
        )
    return len(unknown)


def fits(entry: LedgerEntry, line: Line) -> bool:
    if entry.remote_id:
        return bool(entry.remote_id == line["id"])
    return asked_for(line) == entry.kind and line["at"] >= entry.created_at.timestamp() - 1


def asked_for(line: Line) -> str:
    """The kind of step that makes such a call."""
    if line["api"].startswith("images/"):
        return "generation.illustration"
    return "generation.chapter" if line["label"].startswith("Part ") else "generation.outline"


# --- what has to agree -------------------------------------------------------------------------------------


def outcome(jobs: Jobs, members: Sequence[Membership], lines: Sequence[Line]) -> dict[str, float]:
    bill, ours = sum(map(charged, lines)), spent(entries(jobs))
    return {
        "bill_micros": bill,
        "bill_differs_micros": abs(bill - ours),
        "bill_lines_without_entry": len(lines_without_entry(jobs, lines)),
        "bill_open_reservations": entries(jobs, state__in=("RESERVED", "UNKNOWN")).count(),
        "bill_jobs_differ_micros": ledger_differs(jobs),
        "bill_budgets_differ_micros": sum(budget_differs(member) for member in members),
        **words(jobs, members, lines),
    }


def charged(line: Line) -> int:
    """What the provider takes for a call: its tokens by the price list, rounded up to a micro-dollar."""
    price = price_of("gpt-image-2.5-flare" if line.get("pictures") else "gpt-5.6-terra")
    fresh = line["input_tokens"] - line["cached_tokens"]
    tokens = (
        fresh * price.input_micros
        + line["cached_tokens"] * price.cached_micros
        + line["output_tokens"] * price.output_micros
    )
    return int(-(-tokens // MILLION) + line.get("pictures", 0) * price.picture_micros)


@functools.cache
def price_of(model: str) -> Price:
    from billing.models import Price

    return Price.objects.get(provider="openai", model=model)


def entries(jobs: Jobs, **where: Any) -> QuerySet[LedgerEntry]:
    from billing.models import LedgerEntry

    return LedgerEntry.objects.filter(job_id__in=jobs, **where)


def lines_without_entry(jobs: Jobs, lines: Sequence[Line]) -> list[Line]:
    """The oldest first."""
    known = set(entries(jobs, state="SETTLED").values_list("remote_id", flat=True))
    return [line for line in lines if line["id"] not in known]


def spent(rows: QuerySet[LedgerEntry]) -> int:
    from django.db.models import Sum

    return int(rows.filter(state="SETTLED").aggregate(total=Sum("amount_micros"))["total"] or 0)


def budget_differs(member: Membership) -> int:
    """By how much an organisation's budget differs from its ledger, in which by now nothing is open."""
    from billing.models import Budget, LedgerEntry

    budget = Budget.objects.get(organisation=member.organisation)
    differs = abs(budget.spent_micros - spent(LedgerEntry.objects.filter(organisation=member.organisation)))
    return int(differs + abs(budget.reserved_micros) + abs(budget.unknown_micros))


def words(jobs: Jobs, members: Sequence[Membership], lines: Sequence[Line]) -> dict[str, float]:
    """Those of the answers that were used, and by how much those that were counted differ from them."""
    from billing import usage
    from billing.models import Metric, Window

    used = entries(jobs, state="SETTLED", waste=False, kind="generation.chapter")
    ids = set(used.values_list("remote_id", flat=True))
    written = sum(line["words"] for line in lines if line["id"] in ids)
    counted = [usage.used(member.organisation, Window.EVER)[Metric.WORDS_WRITTEN] for member in members]
    return {"bill_words": written, "bill_words_differ": abs(written - sum(counted))}


def calls_gone_wrong(paced: Provider) -> int:
    """Refused, lost or of no use, those apart that were only asked to wait."""
    return sum("fault" in call for call in paced.calls())


@contextmanager
def adopted(environment: Mapping[str, str]) -> Iterator[None]:
    """The provider's settings, for as long as this lasts."""
    from django.conf import settings

    before = {name: getattr(settings, name) for name in environment}
    adopt_settings(environment)
    try:
        yield
    finally:
        adopt_settings(before)
