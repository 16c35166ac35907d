"""Waking the workers that claim steps. The bell carries no work: whoever hears it looks into the database."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from tenants.doorbell import enqueue, send

__all__ = ["answer_here", "enqueue", "ring", "ring_others"]

RING = "jobs.ring"
_EXPIRES = 30  # seconds; by then the workers have looked round by themselves

_answer: Callable[[str], bool] | None = None


def ring(lane: str) -> None:
    """Wake a worker of the lane once the transaction has committed: this process's own, if it has room."""
    transaction.on_commit(lambda: _ring(lane), robust=True)


def ring_others(lane: str) -> None:
    """Wake a worker of the lane through the broker. If it is away they look round by themselves."""
    send(RING, {"lane": lane}, queue=lane, expires=_EXPIRES)


def answer_here(answer: Callable[[str], bool] | None) -> None:
    """Let a runner in this process hear the bell directly; it answers whether it has room in the lane."""
    global _answer  # noqa: PLW0603
    _answer = answer


def _ring(lane: str) -> None:
    if _answer is None or not _answer(lane):
        ring_others(lane)
