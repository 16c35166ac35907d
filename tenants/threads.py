"""Threads that work for whoever asked: they carry the context along and give connections back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connections

from tenants.context import carried

P = ParamSpec("P")
R = TypeVar("R")


class Threads(ThreadPoolExecutor):
    """A pool of threads, each of whose pieces of work has the context of the moment when it was submitted.

    `map` and `loop.run_in_executor` submit too. After each piece the thread's database connections go back
    to their pool, since nobody knows when the thread is needed again.
    """

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        return super().submit(carried(_and_give_back), fn, *args, **kwargs)


def _and_give_back(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    try:
        return function(*args, **kwargs)
    finally:
        connections.close_all()
