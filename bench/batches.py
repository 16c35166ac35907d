"""A batch of personalised copies while its workers are killed every few seconds.

Real Celery workers make the books with the embedded storyteller and illustrator, five files each. One after
the other the worker that commissions and the one that draws and typesets are killed with -9. Every row must
get one book, no more; the plan must be asked for exactly that many; and no more books may be in the making at
once than a batch has room for. A draft of 500 rows is timed first.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.installation import Processes, beat_words, member_of_a_new_organisation, prepare, worker_words
from bench.report import Demand, report

if TYPE_CHECKING:
    from generation.batches.models import Batch
    from tenants.models import Membership

ROWS, CHAPTERS = 12, 8
BETWEEN_KILLS = 4.0  # seconds
KILLS = 12
PATIENCE = 900.0  # seconds
WORKERS = {"calls": "calls,default", "builds": "builds"}
SETTINGS = {"OCTAVO_TEXT_PROVIDER": "storyteller", "OCTAVO_PICTURE_PROVIDER": "cutpaper"}

DEMANDS = [
    Demand("prepared_500_rows_s", "<=", 1.0),
    Demand("begun_500_rows_s", "<=", 0.5),
    Demand("rows_finished", "==", ROWS),
    Demand("books", "==", ROWS),
    Demand("books_counted", "==", ROWS),
    Demand("kills", ">=", KILLS),
    Demand("notifications", "==", 1),
    Demand("most_in_the_making", "<=", 10),
]


def main() -> int:
    prepare()
    figures = {**prepared(), **made()}
    return report("batches", figures=figures, demands=DEMANDS)


def prepared() -> dict[str, float]:
    """How long the request takes that brings 500 rows, and the one that begins them."""
    from generation.batches import making
    from tenants.context import entered

    member = member_of_a_new_organisation("batches-500")
    with entered(member.organisation):
        began = time.perf_counter()
        batch = draft(member, 500)
        prepared_at = time.perf_counter()
        making.begin_batch(by=member, batch=batch)
        begun_at = time.perf_counter()
        making.cancel_batch(by=member, batch=batch)
    return {"prepared_500_rows_s": prepared_at - began, "begun_500_rows_s": begun_at - prepared_at}


def made() -> dict[str, float]:
    from generation.batches import making
    from tenants.context import entered

    with ExitStack() as cleanup:
        folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory()))
        processes = Processes(folder, SETTINGS)
        cleanup.callback(processes.stop)
        for name, queues in WORKERS.items():
            processes.start(name, worker_words(queues, name))
        processes.start("beat", beat_words(folder / "schedule"))
        member = member_of_a_new_organisation("batches")
        with entered(member.organisation):
            batch = draft(member, ROWS)
            began = time.monotonic()
            making.begin_batch(by=member, batch=batch)
            most, kills = until_over(batch, processes)
            return {
                "wall_s": time.monotonic() - began,
                "kills": kills,
                "most_in_the_making": most,
                **outcome(batch, member),
            }


def draft(member: Membership, rows: int) -> Batch:
    from generation.batches import preparing
    from generation.batches.template import Template

    heroes = [{"name": f"Hero {number}", "age": 4 + number % 5} for number in range(1, rows + 1)]
    return preparing.create_batch(
        by=member,
        name=f"{rows} copies",
        template=Template(topic="{name} and the lost kite", chapters=CHAPTERS, dedication="For {name}"),
        sheet=preparing.sheet_of_heroes(heroes),
    )


def until_over(batch: Batch, processes: Processes) -> tuple[int, int]:
    """Kill one worker after the other, then wait; answers the most books at once, and how many kills."""
    from generation.batches.progress import counts_of

    victims, most, kills = next_victims(), 0, 0
    give_up_at, kill_at = time.monotonic() + PATIENCE, time.monotonic() + BETWEEN_KILLS
    while batch.status == "RUNNING":
        if time.monotonic() > give_up_at:
            processes.show_logs()
            break
        if kills < KILLS and time.monotonic() > kill_at:
            name = next(victims)
            processes.kill(name)
            processes.start(name, worker_words(WORKERS[name], name))
            kills, kill_at = kills + 1, time.monotonic() + BETWEEN_KILLS
        time.sleep(0.1)
        most = max(most, counts_of(batch.pk).making)
        batch.refresh_from_db()
    return most, kills


def next_victims() -> Iterator[str]:
    return cycle(WORKERS)


def outcome(batch: Batch, member: Membership) -> dict[str, Any]:
    from billing.limits import allowance
    from billing.models import Metric
    from books.models import Book
    from generation.batches.progress import counts_of
    from notifications.models import Notification

    return {
        "rows_finished": counts_of(batch.pk).done,
        "books": Book.objects.count(),
        "books_counted": allowance(member.organisation_id, Metric.BOOKS_CREATED).used,
        "notifications": Notification.objects.filter(user=member.user).count(),
    }
