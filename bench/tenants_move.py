"""An organisation moved between two PostgreSQL servers while others write to it and movers are killed.

Part of `bench tenants`. `default` is a database on the benchmark's own server, the other is a cluster of its
own, with commits as durable as the launcher's. Two processes write all the time, together `WRITES` times a
second: single statements, and transactions over both servers. Each keeps what it knew of the organisation in
the beginning, as a process does that never hears of a change. Movers are killed at each of `DEATHS`; then it
is moved, and back again with a mover that dies after the switch is decided. What was committed is looked for
in the end, row by row.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from bench.asked import Asked, asked
from bench.databases import new_database
from bench.report import Demand
from bench.tenants_many import SMALL

MEGABYTES: Final = 2 if SMALL else 100
WRITES: Final = 50  # a second
WRITERS: Final = 2  # processes
DEATHS: Final = (
    ("while_copying", "before_deciding")
    if SMALL
    else (
        "after_making_tables",
        "while_copying",
        "after_copying",
        "before_switching",
        "in_the_pause",
        "before_deciding",
    )
)

DEMANDS = [
    Demand("move_lost_rows", "<=", 0),
    Demand("move_doubled_rows", "<=", 0),
    Demand("move_risen_rows", "<=", 0),
    Demand("move_failed_writes", "<=", 0),
    Demand("move_pause_s", "<=", 1),
    Demand("move_longest_wait_s", "<=", 1),
    Demand("move_undecided_deaths_moved", "<=", 0),
    Demand("move_decided_deaths_not_moved", "<=", 0),
]


def figures() -> dict[str, float]:
    with ExitStack() as stack:
        here = stack.enter_context(new_database("move"))
        there = stack.enter_context(_another_server())
        environment = {"DATABASE_URL": here, "OCTAVO_SERVERS": f"far={there}"}
        mover = stack.enter_context(asked("bench.moving", **environment))
        filled = mover.ask("fill", megabytes=MEGABYTES)
        writers = [stack.enter_context(asked("bench.moving", **environment)) for _ in range(WRITERS)]
        for number, writer in enumerate(writers):
            writer.ask(
                "start_writing",
                organisation=filled["organisation"], owner=filled["owner"],
                number=number, per_second=WRITES / WRITERS,
            )  # fmt: skip
        return {
            "move_organisation_mb": filled["megabytes"],
            **_moves(mover, writers, filled["organisation"], environment),
            **_audit(mover, writers, filled["organisation"]),
        }


def _moves(
    mover: Asked, writers: Sequence[Asked], organisation: str, environment: dict[str, str]
) -> dict[str, float]:
    moved_too_early = 0
    deaths_wait = 0.0
    _longest(writers)
    for at in DEATHS:
        _kill(environment, organisation, to="far", at=at)
        moved_too_early += mover.ask("place", organisation=organisation)["alias"] != "default"
        deaths_wait = max(deaths_wait, _longest(writers))
    moved = mover.ask("move", organisation=organisation, to="far")
    wait = _longest(writers)
    _kill(environment, organisation, to="default", at="after_deciding")
    went_on = mover.ask("go_on")
    left_behind = mover.ask("place", organisation=organisation)["alias"] != "default"
    return {
        "move_s": moved["seconds"],
        "move_pause_s": moved["pause"],
        "move_longest_wait_s": wait,
        "move_deaths": len(DEATHS) + 1,
        "move_longest_wait_with_deaths_s": max(deaths_wait, _longest(writers)),
        "move_going_on_s": went_on["seconds"],
        "move_undecided_deaths_moved": moved_too_early,
        "move_decided_deaths_not_moved": int(left_behind),
    }


def _kill(environment: dict[str, str], organisation: str, *, to: str, at: str) -> None:
    with asked("bench.moving", **environment) as mover, contextlib.suppress(RuntimeError):
        answer = mover.ask("move_and_die", organisation=organisation, to=to, at=at)
        raise SystemExit(f"a mover that was to die {at} lived: {answer}")


def _longest(writers: Sequence[Asked]) -> float:
    """Of the writes that have ended since the last look, in seconds."""
    return max(float(writer.ask("look")["longest"]) for writer in writers)


def _audit(mover: Asked, writers: Sequence[Asked], organisation: str) -> dict[str, float]:
    written: list[dict[str, Any]] = [writer.ask("stop_writing") for writer in writers]
    rows = {name: age for each in written for name, age in each["rows"].items()}
    errors = [error for each in written for error in each["errors"]]
    for error in errors[:5]:
        print(error, file=sys.stderr)
    found = mover.ask("audit", organisation=organisation, rows=rows)
    return {
        "move_rows_written": len(rows),
        "move_rows_expected": found["expected"],
        "move_lost_rows": found["lost"],
        "move_doubled_rows": found["doubled"],
        "move_risen_rows": found["risen"],
        "move_failed_writes": len(errors),
    }


@contextmanager
def _another_server() -> Iterator[str]:
    """The address of a second cluster, gone with all it holds when the block ends."""
    from launcher.embedded.postgresql import PostgreSQL
    from launcher.supervision import Supervisor

    data = Path(tempfile.mkdtemp(prefix="octavo-far-"))
    supervisor = Supervisor(say=lambda sentence: print(sentence, file=sys.stderr))
    try:
        server = PostgreSQL(data)
        supervisor.start([server])
        yield server.url
    finally:
        supervisor.stop()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for name, value in figures().items():
        print(f"{name:40} {value:.3f}")
