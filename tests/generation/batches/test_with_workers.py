"""A batch with real workers: steps side by side in threads, tables that commit, live events."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from books.models import Book
from generation.batches import making, preparing
from generation.batches.models import Batch, BatchRow
from generation.batches.progress import topic
from generation.batches.template import Template
from generation.models import BookJob
from jobs.limits import Limits
from jobs.runner import Runner
from notifications import stream
from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.factories.billing import put_on

LIMITS = Limits(
    lease=15.0,
    calls_in_flight=20,
    builds_in_flight=1,
    organisation_calls=20,
    organisation_builds=1,
    look_round=0.2,
    grace=0.5,
)
DEADLINE = 60.0  # seconds
HEROES = [
    {"name": name, "age": age} for age, name in enumerate(["Noor", "Max", "Zoé", "Ada", "Ben", "Lou"], 4)
]


@pytest.fixture
def workers(transactional_db: None) -> Iterator[None]:
    """Two of them, that plan and write; nobody draws or typesets, which would take long."""
    runners = [Runner(["calls"], settings=LIMITS) for _ in range(2)]
    for runner in runners:
        runner.start()
    yield
    for runner in runners:
        runner.stop()


def wait_until(so: Callable[[], bool]) -> None:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while not so():
        assert time.monotonic() < deadline
        pause.wait(0.05)


def test_each_row_gets_one_book_and_all_stop_together(
    workers: None, organisation: Organisation, member: Any
) -> None:
    put_on(organisation, "PRO")
    with entered(organisation):
        by = Membership.objects.get(organisation=organisation, user=member)
        batch = preparing.create_batch(
            by=by,
            name="Class 3b",
            template=Template(topic="{name} and the kite", chapters=8),
            sheet=preparing.sheet_of_heroes(HEROES),
        )
        making.begin_batch(by=by, batch=batch)
        written = BookJob.objects.filter(outline__isnull=False)
        wait_until(lambda: written.count() == len(HEROES))
        making.cancel_batch(by=by, batch=batch, stop_making=True)

        assert Book.objects.filter(batch_row__batch=batch).count() == Book.objects.count() == len(HEROES)
        assert set(batch.rows.values_list("status", flat=True)) == {BatchRow.Status.CANCELLED}
        assert batch.status == Batch.Status.CANCELLED
        events = stream._redis().xrange(stream.channel(topic(batch.pk)))
    assert len(events) > len(HEROES)
