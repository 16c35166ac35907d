"""What PostgreSQL's processes keep in memory when one pool works for thousands of organisations.

Part of `bench tenants`. Every table of each of `ORGANISATIONS` is read through the ORM, an organisation at a
time as requests do: taken from the pool, read, given back. After each the anonymous memory (RssAnon) of the
server's process is read from /proc, and the most that any process ever had above what it began with is
compared with the demand. Then the same without recycling, on one connection, over `UNRECYCLED` of them. The
server has to be on this machine.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.report import Demand
from bench.tenants_many import SMALL, drop_many, make_many

if TYPE_CHECKING:
    from django.db import models

    from tenants.models import Organisation

ORGANISATIONS: Final = 40 if SMALL else 2_000
UNRECYCLED: Final = 40 if SMALL else 500
MOST: Final = 64  # MB

DEMANDS = [
    Demand("memory_above_start_mb", "<=", MOST),
    Demand("memory_organisations", "==", ORGANISATIONS),
]


@dataclass
class Backends:
    """The server's processes that were met: what each had at first, and at most."""

    first: dict[int, float] = field(default_factory=dict)
    most: dict[int, float] = field(default_factory=dict)

    def look(self, process: int) -> None:
        anonymous = _anonymous_mb(process)
        self.first.setdefault(process, anonymous)
        self.most[process] = max(self.most.get(process, 0.0), anonymous)

    def most_above_start(self) -> float:
        return max(self.most[process] - self.first[process] for process in self.most)


def figures() -> dict[str, float]:
    from django.conf import settings
    from django.db import connections

    organisations = make_many(ORGANISATIONS)
    per_connection: int = settings.OCTAVO_ORGANISATIONS_PER_CONNECTION
    try:
        recycled, seconds = _touch(organisations)
        connections["default"].close_pool()  # type: ignore[attr-defined]
        settings.OCTAVO_ORGANISATIONS_PER_CONNECTION = ORGANISATIONS + 1
        kept, kept_seconds = _touch(organisations[:UNRECYCLED], give_back=False)
    finally:
        settings.OCTAVO_ORGANISATIONS_PER_CONNECTION = per_connection
        connections["default"].close_pool()  # type: ignore[attr-defined]
        drop_many(organisations)
    each = kept.most_above_start() / UNRECYCLED
    return {
        "memory_organisations": len(organisations),
        "memory_tables": len(_models()),
        "memory_organisations_per_connection": per_connection,
        "memory_processes": len(recycled.most),
        "memory_above_start_mb": recycled.most_above_start(),
        "memory_ms_each": seconds / ORGANISATIONS * 1000,
        "memory_unrecycled_organisations": UNRECYCLED,
        "memory_unrecycled_mb": kept.most_above_start(),
        "memory_unrecycled_mb_each": each,
        "memory_unrecycled_mb_if_all": each * ORGANISATIONS,
        "memory_unrecycled_ms_each": kept_seconds / UNRECYCLED * 1000,
    }


def _touch(organisations: Sequence[Organisation], *, give_back: bool = True) -> tuple[Backends, float]:
    """Read every table of each; what the processes had, and the seconds that the reading took.

    The connection goes back to the pool after each, or it is one for all.
    """
    from django.db import connection, connections

    from tenants.context import entered

    backends, tables, seconds = Backends(), _models(), 0.0
    connections.close_all()
    for organisation in organisations:
        connection.ensure_connection()
        process = connection.connection.info.backend_pid
        if process not in backends.first:
            backends.look(process)
        began = time.perf_counter()
        with entered(organisation):
            for table in tables:
                list(table._default_manager.order_by("pk")[:1])
        seconds += time.perf_counter() - began
        backends.look(process)
        if give_back:
            connection.close()
    connection.close()
    return backends, seconds


def _models() -> list[type[models.Model]]:
    from django.apps import apps

    from tenants.scopes import Scope, scope_of

    found = apps.get_models(include_auto_created=True)
    return [model for model in found if scope_of(model._meta.app_label) is Scope.ORGANISATION]


def _anonymous_mb(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"/proc/{process}/status tells no RssAnon: is the server on this machine?")
