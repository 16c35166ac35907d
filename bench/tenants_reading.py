"""What tenancy adds to a read of the API.

Part of `bench tenants`. Two servers with one worker each are asked in turn by one client: the product, and
the same product for one tenant alone, on Django's own backend and a database of its own, with all tables in
public and nobody looking for an organisation (`bench.reading.plain`). So both recognise a session or a key,
find the member, count, log and set headers alike, and what is left between them is tenancy: the host or the
key's organisation resolved and entered, and names qualified. Two reads: `title`, a view of one statement and
one line of JSON, which has nothing to hide behind, and `book`, the API's own.

`*_over_plain` compares processor time, `*_undisturbed_over_plain` the quickest tenth of the answers.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from bench.databases import new_database
from bench.in_turn import Request, Server, ask_in_turn, serve
from bench.installation import ROOT, Processes
from bench.report import Demand
from bench.tenants_many import SMALL

READS: Final = ("title", "book")
WAYS: Final = ("session", "key")
WARMING, ASKED = (3, 20) if SMALL else (50, 1_000)  # requests of each kind to each server
ROUNDS: Final = 1 if SMALL else 5  # in which the requests of each kind are sent, the others in between
MOST: Final = 1.05

KINDS: Final = [f"{read}_by_{way}" for read in READS for way in WAYS]
DEMANDS = [
    *(Demand(f"{kind}_over_plain", "<=", MOST) for kind in KINDS),
    *(Demand(f"{kind}_more_statements", "==", 0) for kind in KINDS),
]


def figures() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, new_database("ours") as one, new_database("plain") as two:
        processes = {
            "ours": Processes(Path(folder), _environment("ours", one)),
            "plain": Processes(Path(folder), _environment("plain", two)),
        }
        try:
            (ours, own), (plain, other) = (_serve(name, process) for name, process in processes.items())
            ask_in_turn(KINDS, ours, plain, warming=WARMING, asked=ASKED, rounds=ROUNDS)
        except BaseException:
            processes["ours"].show_logs()
            raise
        finally:
            for process in processes.values():
                process.stop()
    found: dict[str, float] = {}
    for kind in KINDS:
        found |= _compared(kind, ours, plain)
        found[f"{kind}_statements"] = own[kind]
        found[f"{kind}_more_statements"] = own[kind] - other[kind]
    return found


def _compared(kind: str, ours: Server, plain: Server) -> dict[str, float]:
    return {
        f"{kind}_p50_ms": ours.median(kind) * 1000,
        f"{kind}_plain_p50_ms": plain.median(kind) * 1000,
        f"{kind}_processor_ms": ours.processor_ms(kind),
        f"{kind}_plain_processor_ms": plain.processor_ms(kind),
        f"{kind}_over_plain": ours.processor[kind] / plain.processor[kind],
        f"{kind}_undisturbed_over_plain": ours.quickest(kind) / plain.quickest(kind),
    }


def _environment(name: str, database: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": f"bench.reading.{name}",
        "DATABASE_URL": database,
        "OCTAVO_API_RATES": "PRO=1000000",
        "OCTAVO_LOG_LEVEL": "WARNING",
    }


def _serve(name: str, processes: Processes) -> tuple[Server, dict[str, int]]:
    told = _prepared(processes.environment)

    def request(kind: str) -> Request:
        read, _by, way = kind.split("_")
        return Request(told["paths"][read], told["ways"][way])

    return serve(processes, name, "config.asgi:application", request), told["statements"]


def _prepared(environment: dict[str, str]) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.reading"],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return told
