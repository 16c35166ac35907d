"""Ringing for work: by names that exist, after commit, and without harm where the broker is away."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from celery.signals import before_task_publish
from django.conf import settings
from django.db import transaction

from config.schedule import SANDBOX, beat_schedule
from jobs import doorbell
from jobs.doorbell import enqueue, ring
from tenants.context import entered
from tenants.models import Organisation

ROOMS = [
    *("api", "billing", "books", "collaboration", "config", "formats", "generation", "insights", "jobs"),
    *("live", "notifications", "platform", "storage", "tenants", "web"),
]


def test_every_enqueued_name_is_a_registered_task() -> None:
    current_app.loader.import_default_modules()
    unknown = {f"{file}: {name}" for file, name in enqueued_names() if name not in current_app.tasks}
    assert not unknown
    assert {"jobs.ring", "jobs.sweep"} <= set(current_app.tasks)


def test_scheduled_tasks_are_registered() -> None:
    current_app.loader.import_default_modules()
    assert set(beat_schedule(sandbox=True)) <= set(current_app.tasks)


def test_what_no_worker_took_in_time_is_dropped() -> None:
    waits = {task: entry["options"]["expires"] for task, entry in beat_schedule(sandbox=False).items()}
    assert waits["jobs.sweep"] == 2
    assert waits["storage.sweep"] == 3600  # seldom, and still within the hour
    assert waits["billing.reconcile_all"] == 6 * 3600
    assert set(waits) == set(settings.CELERY_BEAT_SCHEDULE) - set(SANDBOX)


def enqueued_names() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for file in (settings.BASE_DIR / room).rglob("*.py"):
            yield from names_in(file)


def names_in(file: Path) -> Iterator[tuple[str, str]]:
    """The names that a file enqueues; one that is not written out cannot be checked and is reported."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and called(node) == "enqueue":
            name = node.args[0] if node.args else None
            yield (
                str(file.relative_to(settings.BASE_DIR)),
                name.value if isinstance(name, ast.Constant) else "not a literal",
            )


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.fixture
def published() -> Iterator[list[dict[str, Any]]]:
    """What leaves for the broker: each message's name, arguments, headers and queue."""
    messages: list[dict[str, Any]] = []

    def note(sender: str, headers: dict[str, Any], body: Any, routing_key: str, **signal: Any) -> None:
        messages.append({"name": sender, "kwargs": body[1], "headers": headers, "queue": routing_key})

    before_task_publish.connect(note, weak=False)
    yield messages
    before_task_publish.disconnect(note)


@pytest.mark.django_db(transaction=True)
def test_enqueue_rings_after_commit_with_the_organisation_entered_before(
    organisation: Organisation, published: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        with entered(organisation):
            enqueue("jobs.ring", lane="calls")
        assert published == []
    (message,) = published
    assert message["kwargs"] == {"lane": "calls"}
    assert message["headers"]["octavo_organisation"] == str(organisation.id)


@pytest.mark.django_db(transaction=True)
def test_nothing_rings_when_the_transaction_is_undone(published: list[dict[str, Any]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("jobs.ring", lane="calls")
        raise ZeroDivisionError
    assert published == []


@pytest.mark.django_db(transaction=True)
def test_ring_goes_to_the_queue_of_its_lane_unless_a_neighbour_has_room(
    published: list[dict[str, Any]],
) -> None:
    ring("builds")
    assert [(message["name"], message["queue"]) for message in published] == [("jobs.ring", "builds")]
    heard: list[str] = []
    doorbell.answer_here(lambda lane: heard.append(lane) is None)
    try:
        ring("calls")
    finally:
        doorbell.answer_here(None)
    assert (heard, len(published)) == (["calls"], 1)


def test_broker_that_is_away_is_logged_and_no_error(
    broker_away: None, caplog: pytest.LogCaptureFixture
) -> None:
    enqueue("jobs.ring", after_commit=False, lane="calls")
    assert "broker away" in caplog.text
