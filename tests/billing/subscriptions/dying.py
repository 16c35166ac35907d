"""A process that dies: at its n-th commit, or before or after its n-th call of the gateway.

Within a transaction of the test's own, that of the code under test is a savepoint: it counts when the
outermost of them is released. Bells that were to be rung after the commit are lost with the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.db import connection


class Died(BaseException):
    """Nothing catches it, as nothing catches a process that is killed."""


@dataclass
class Life:
    """How many boundaries were passed; it ends at `ends_at`."""

    ends_at: int | None
    passed: list[str] = field(default_factory=list)

    def go_by(self, boundary: str) -> None:
        self.passed.append(boundary)
        if len(self.passed) == self.ends_at:
            connection.run_on_commit = []
            raise Died(boundary)


@contextmanager
def dying(ends_at: int | None) -> Iterator[Life]:
    """None: nothing dies, boundaries are counted."""
    life, depth = Life(ends_at), len(connection.savepoint_ids)
    commit, release, request = connection.commit, connection.savepoint_commit, httpx.Client.request

    def commit_and_go_by() -> None:
        commit()
        life.go_by("commit")

    def release_and_go_by(sid: str) -> None:
        release(sid)
        if connection.in_atomic_block and len(connection.savepoint_ids) == depth:
            life.go_by("commit")

    def ask_and_go_by(client: httpx.Client, method: str, url: Any, **options: Any) -> httpx.Response:
        life.go_by(f"before {method}")
        answer = request(client, method, url, **options)
        life.go_by(f"after {method}")
        return answer

    connection.commit, connection.savepoint_commit = commit_and_go_by, release_and_go_by  # type: ignore[method-assign]
    httpx.Client.request = ask_and_go_by  # type: ignore[assignment,method-assign]
    try:
        yield life
    finally:
        del connection.commit, connection.savepoint_commit
        httpx.Client.request = request  # type: ignore[method-assign]
