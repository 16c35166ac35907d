"""What Celery does for the steps: it carries the bell, and keeps a runner in each worker of the lanes."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.concurrency.prefork import TaskPool as Prefork
from celery.signals import (
    worker_process_init,
    worker_process_shutdown,
    worker_ready,
    worker_shutdown,
    worker_shutting_down,
)
from django.db import connections

from jobs.kinds import LANES, Lane
from jobs.limits import limits
from jobs.runner import Runner
from jobs.sweeper import sweep

_runner: Runner | None = None


@shared_task(name="jobs.ring")
def ring(lane: str) -> None:
    """Somebody has added steps: look for them."""
    if _runner is not None:
        _runner.wake(lane)


@shared_task(name="jobs.sweep")
def sweep_up() -> None:
    """Return the steps of dead workers; every few seconds, by the scheduler."""
    sweep(limits())


@worker_ready.connect
def start_beside_worker(sender: Any = None, **signal: Any) -> None:
    """In a worker without child processes (pool solo or threads) the runner lives in the worker itself."""
    if not isinstance(sender.pool, Prefork):
        _start(_lanes_of(sender.app))


@worker_process_init.connect
def start_in_child(**signal: Any) -> None:
    """In a worker with child processes each child has a runner."""
    from celery import current_app

    forget_pools()
    _start(_lanes_of(current_app))


@worker_shutting_down.connect
def stop_claiming(**signal: Any) -> None:
    if _runner is not None:
        _runner.stop_claiming()


@worker_shutdown.connect
@worker_process_shutdown.connect
def stop(**signal: Any) -> None:
    global _runner  # noqa: PLW0603
    if _runner is not None:
        _runner.stop()
        _runner = None


def forget_pools() -> None:
    """A pool that was opened before the fork has no threads here, and its sockets are the parent's."""
    for connection in connections.all(initialized_only=True):
        connection.connection = None
        getattr(connection, "_connection_pools", {}).clear()


def _lanes_of(app: Any) -> list[Lane]:
    """The lanes among the queues that this worker listens to."""
    queues = app.amqp.queues.consume_from
    return [lane for lane in LANES if lane in queues]


def _start(lanes: list[Lane]) -> None:
    global _runner  # noqa: PLW0603
    if lanes and _runner is None:
        _runner = Runner(lanes)
        _runner.start()
