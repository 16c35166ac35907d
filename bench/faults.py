"""20 books of 20 chapters while workers are killed, the broker is emptied and PostgreSQL crashes.

Real Celery workers write the books with a provider that keeps account of every call. Every moment another
worker process is killed with -9, now and then a whole worker with its children; twice the broker loses
everything, and PostgreSQL is stopped as by a crash. Every book must be finished, no chapter lost, and none
asked for again once its text was saved.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psutil

from bench.installation import (
    Processes,
    Provider,
    adopt_settings,
    beat_words,
    commission,
    member_of_a_new_organisation,
    prepare,
    provider,
    wait_until,
)
from bench.report import Demand, report

if TYPE_CHECKING:
    from tenants.models import Membership

BOOKS, CHAPTERS, ORGANISATIONS = 20, 20, 4
KILLS = 84  # of single worker processes and of whole workers together
BETWEEN_KILLS = 1.0  # seconds
WHOLE_WORKERS = 12  # one kill in so many takes a worker with its children
BUILDERS = 10  # and one in so many hits one that typesets, the others those that call
ANSWER = 2.0  # seconds that the provider takes
PATIENCE = 420.0  # seconds for everything
WORKERS = {"calls-1": "calls,default", "calls-2": "calls,default", "builds-1": "builds"}

DEMANDS = [
    Demand("books_finished", "==", BOOKS),
    Demand("books_lost", "==", 0),
    Demand("kills", ">=", 80),
    Demand("brokers_emptied", ">=", 1),
    Demand("databases_restarted", ">=", 1),
    Demand("chapters_paid_again_after_saving", "==", 0),
    Demand("chapters_without_text", "==", 0),
    Demand("ledger_differs_micros", "==", 0),
    Demand("wall_s", "<=", 240.0),
]


def main() -> int:
    prepare()
    with ExitStack() as cleanup:
        paced = cleanup.enter_context(provider(seconds=ANSWER, chapters=CHAPTERS, words=150))
        folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory()))
        environment = paced.environment(OPENAI_DELIVERY="background")
        adopt_settings(environment)
        processes = Processes(folder, environment)
        cleanup.callback(processes.stop)
        for name in WORKERS:
            start(processes, name)
        processes.start("beat", beat_words(folder / "schedule"))
        members = [member_of_a_new_organisation(f"faults-{number}") for number in range(ORGANISATIONS)]
        wait_until(lambda: len(list(victims(processes))) >= 2 * len(WORKERS), "the workers")
        began = time.monotonic()
        havoc = Havoc(processes, members)
        if not havoc.until_ended():
            processes.show_logs()
        figures = {"wall_s": time.monotonic() - began, **havoc.figures(), **outcome(havoc.jobs, paced)}
    return report("faults", figures=figures, demands=DEMANDS)


def start(processes: Processes, name: str) -> None:
    """A worker whose children each have a runner: a killed child is replaced without loading all anew."""
    from launcher.processes import CELERY

    quiet = ("--without-gossip", "--without-mingle", "--loglevel", "WARNING")
    pool = ("worker", "--pool", "prefork", "--concurrency", "2")
    processes.start(name, (*CELERY, *pool, *quiet, "--queues", WORKERS[name], "--hostname", f"{name}@%h"))


def victims(processes: Processes) -> Iterator[tuple[str, psutil.Process]]:
    """The worker processes that run steps, each with the name of its worker."""
    for name in filter(processes.is_running, WORKERS):
        with suppress(psutil.NoSuchProcess):
            yield from ((name, child) for child in psutil.Process(processes.pid(name)).children())


class Havoc:
    """Breaks one thing after the other, and asks for books all the while, so that some are being written."""

    def __init__(self, processes: Processes, members: Sequence[Membership]) -> None:
        self._processes = processes
        self._members = members
        self._chance = random.Random(7)
        self.counts: Counter[str] = Counter()
        self.jobs: dict[UUID, Membership] = {}

    def until_ended(self) -> bool:
        """Go on breaking until there were enough kills, then wait for the last book."""
        give_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < give_up_at:
            self._keep_up()
            self._ask_for_books()
            if self.counts["kills"] < KILLS:
                self._break_something()
            elif not running(self.jobs):
                return True
            time.sleep(BETWEEN_KILLS)
        return False

    def _ask_for_books(self) -> None:
        """Two at first, then another one with every few kills."""
        while len(self.jobs) < min(BOOKS, 2 + self.counts["kills"] * BOOKS // KILLS):
            number = len(self.jobs)
            member = self._members[number % len(self._members)]
            self.jobs[commission(member, f"Book {number}", CHAPTERS)] = member

    def _keep_up(self) -> None:
        """Start again what has ended, as whatever supervises workers does."""
        for name in WORKERS:
            if not self._processes.is_running(name):
                start(self._processes, name)
                self.counts["restarted"] += 1

    def figures(self) -> dict[str, int]:
        return {
            "kills": self.counts["kills"],
            "whole_workers_killed": self.counts["whole workers"],
            "brokers_emptied": self.counts["broker"],
            "databases_restarted": self.counts["database"],
        }

    def _break_something(self) -> None:
        if not self._kill():
            return
        if self.counts["kills"] in (KILLS // 6, KILLS // 2):
            empty_broker()
            self.counts["broker"] += 1
        if self.counts["kills"] in (KILLS // 4, KILLS * 3 // 4):
            crash_database()
            self.counts["database"] += 1

    def _kill(self) -> bool:
        chosen = "builds" if self._chance.randrange(BUILDERS) == 0 else "calls"
        running = [victim for victim in victims(self._processes) if victim[0].startswith(chosen)]
        if not running:
            return False
        name, child = self._chance.choice(running)
        if self._chance.randrange(WHOLE_WORKERS) == 0:
            self._processes.kill(name)
            for each in [other for owner, other in running if owner == name]:
                kill(each)
            self.counts["whole workers"] += 1
        else:
            kill(child)
        self.counts["kills"] += 1
        return True


def kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def empty_broker() -> None:
    import redis
    from django.conf import settings

    redis.Redis.from_url(settings.REDIS_URL).flushall()


def crash_database() -> None:
    """Kill PostgreSQL where it is this installation's own; elsewhere cut every connection."""
    pid, started = wait_until(database, "PostgreSQL")
    own = own_postmaster(pid)
    if own is None:
        cut_connections()
        return
    kill(own)

    def is_new() -> bool:
        found = database()
        return found is not None and found[1] > started

    wait_until(is_new, "PostgreSQL")


def database() -> tuple[int, Any] | None:
    """The process that serves us and when PostgreSQL was started; None while it is away."""
    from django.db import OperationalError, connection

    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), pg_postmaster_start_time()")
            pid, started = cursor.fetchone()
            return pid, started
    except OperationalError:
        return None


def cut_connections() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def own_postmaster(backend: int) -> psutil.Process | None:
    """The parent of our backend, if it is the server on this installation's own data."""
    from django.conf import settings

    try:
        parent = psutil.Process(backend).parent()
        ours = parent is not None and any(str(settings.DATA) in word for word in parent.cmdline())
    except psutil.Error:
        return None
    return parent if ours else None


def running(jobs: dict[UUID, Membership]) -> bool:
    from django.db import OperationalError, connection

    from jobs.models import Job

    try:
        return Job.objects.filter(pk__in=jobs, state="RUNNING").exists()
    except OperationalError:
        connection.close()
        return True


def outcome(jobs: dict[UUID, Membership], paced: Provider) -> dict[str, int | float]:
    """What became of the books, compared with what the provider saw."""
    from books.models import Chapter
    from generation.models import BookJob
    from tenants.context import entered

    finished = without_text = again = 0
    calls = chapter_calls(paced)
    for job_id, member in jobs.items():
        with entered(member.organisation):
            job = BookJob.objects.get(pk=job_id)
            finished += job.status == BookJob.Status.COMPLETED
            chapters = Chapter.objects.filter(book_id=job.book_id)
            without_text += CHAPTERS - chapters.exclude(text="").count()
            saved = saved_at(job)
        again += sum(at > saved[label] for label in saved for at in calls.get(label, ()))
    answered = sum(len(times) for times in calls.values())
    return {
        "books_finished": finished,
        "books_lost": len(jobs) - finished,
        "chapters_without_text": without_text,
        "chapters_paid_again_after_saving": again,
        "chapter_calls": answered,
        "chapter_calls_beyond_the_planned": answered - BOOKS * CHAPTERS,
        "ledger_differs_micros": ledger_differs(jobs),
        "steps_lost_by_workers": losses(jobs),
    }


def chapter_calls(paced: Provider) -> dict[str, list[float]]:
    """When each chapter was asked for, by the title that only this chapter has."""
    calls: dict[str, list[float]] = {}
    for call in paced.calls():
        if call["status"] == 200 and call["label"].startswith("Part "):
            calls.setdefault(call["label"], []).append(call["at"])
    return calls


def saved_at(job: Any) -> dict[str, float]:
    """When each chapter's result was written, by its title."""
    from jobs.models import StepResult

    results = StepResult.objects.filter(step__job_id=job.pk, step__kind="generation.chapter")
    at = {result.step.number: result.created_at.timestamp() for result in results.select_related("step")}
    titles = {chapter["number"]: chapter["title"] for chapter in (job.outline or {}).get("chapters", ())}
    return {titles[number]: moment for number, moment in at.items() if number in titles}


def ledger_differs(jobs: dict[UUID, Membership]) -> int:
    """By how much the jobs' counters differ from their ledgers' own sums."""
    from django.db.models import Sum

    from billing.models import LedgerEntry
    from jobs.models import Job

    def total(job: Job, field: str, **where: Any) -> int:
        entries = LedgerEntry.objects.filter(job_id=job.pk, **where)
        return int(entries.aggregate(total=Sum(field))["total"] or 0)

    differs = 0
    for job in Job.objects.filter(pk__in=jobs):
        spent = total(job, "amount_micros", state="SETTLED")
        spent += total(job, "estimate_micros", state="SETTLED", unpriced=True)
        differs += abs(job.spent_micros - spent)
        differs += abs(job.unknown_micros - total(job, "estimate_micros", state="UNKNOWN"))
        differs += abs(job.reserved_micros - total(job, "estimate_micros", state="RESERVED"))
    return differs


def losses(jobs: dict[UUID, Membership]) -> int:
    from django.db.models import Sum

    from jobs.models import Step

    return int(Step.objects.filter(job_id__in=jobs).aggregate(total=Sum("losses"))["total"] or 0)
