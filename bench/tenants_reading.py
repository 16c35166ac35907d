"""What tenancy adds to a read of the API.

Part of `bench tenants`. Two servers with one worker each are asked in turn by one client: the product, and
the same product for one tenant alone, on Django's own backend and a database of its own, with all tables in
public and nobody looking for an organisation (`bench.reading.plain`). So both recognise a session or a key,
find the member, count, log and set headers alike, and what is left between them is tenancy: the host or the
key's organisation resolved and entered, and names qualified. Two reads: `title`, a view of one statement and
one line of JSON, which has nothing to hide behind, and `book`, the API's own.

`*_over_plain` compares processor time of the servers for a request; `*_undisturbed_over_plain` the time until
the answer is there in the quickest tenth of the requests, which nothing else on the machine has held up.
"""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

from bench.databases import new_database
from bench.installation import ROOT, Processes, wait_until
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


@dataclass(eq=False)
class Server:
    """A server that answers, how it is asked, and what it took for each kind of request."""

    port: int
    pid: int
    paths: dict[str, str]
    ways: dict[str, dict[str, str]]
    statements: dict[str, int]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self._process = psutil.Process(self.pid)

    def ask(self, kind: str) -> float:
        """Seconds until the whole answer is there."""
        read, _by, way = kind.split("_")
        began = time.perf_counter()
        self._connection.request("GET", self.paths[read], headers=self.ways[way])
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{kind}: {answer.status} {content[:300]!r}")
        return seconds

    def processor_seconds(self) -> float:
        """Of all threads that are and were."""
        times = self._process.cpu_times()
        return float(times.user + times.system)


def figures() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, new_database("ours") as own, new_database("plain") as other:
        processes = {
            "ours": Processes(Path(folder), _environment("ours", own)),
            "plain": Processes(Path(folder), _environment("plain", other)),
        }
        try:
            ours, plain = (_serve(name, process) for name, process in processes.items())
            _measure(ours, plain)
        except BaseException:
            processes["ours"].show_logs()
            raise
        finally:
            for process in processes.values():
                process.stop()
    found: dict[str, float] = {}
    for kind in KINDS:
        found |= _compared(kind, ours, plain)
    return found


def _measure(ours: Server, plain: Server) -> None:
    """In turn, request by request, so that whatever else the machine does falls on both."""
    for kind in KINDS:
        for server in (ours, plain) * WARMING:
            server.ask(kind)
    for _round in range(ROUNDS):
        for kind in KINDS:
            _ask_in_turn(kind, ours, plain)


def _ask_in_turn(kind: str, ours: Server, plain: Server) -> None:
    before = {server: server.processor_seconds() for server in (ours, plain)}
    for number in range(ASKED // ROUNDS):
        for server in (ours, plain) if number % 2 else (plain, ours):
            server.seconds.setdefault(kind, []).append(server.ask(kind))
    for server in (ours, plain):
        taken = server.processor_seconds() - before[server]
        server.processor[kind] = server.processor.get(kind, 0.0) + taken


def _compared(kind: str, ours: Server, plain: Server) -> dict[str, float]:
    return {
        f"{kind}_p50_ms": statistics.median(ours.seconds[kind]) * 1000,
        f"{kind}_plain_p50_ms": statistics.median(plain.seconds[kind]) * 1000,
        f"{kind}_processor_ms": ours.processor[kind] / ASKED * 1000,
        f"{kind}_plain_processor_ms": plain.processor[kind] / ASKED * 1000,
        f"{kind}_over_plain": ours.processor[kind] / plain.processor[kind],
        f"{kind}_undisturbed_over_plain": _quickest(ours, kind) / _quickest(plain, kind),
        f"{kind}_statements": ours.statements[kind],
        f"{kind}_more_statements": ours.statements[kind] - plain.statements[kind],
    }


def _quickest(server: Server, kind: str) -> float:
    return sorted(server.seconds[kind])[ASKED // 10]


def _environment(name: str, database: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": f"bench.reading.{name}",
        "DATABASE_URL": database,
        "OCTAVO_API_RATES": "PRO=1000000",
        "OCTAVO_LOG_LEVEL": "WARNING",
    }


def _serve(name: str, processes: Processes) -> Server:
    told = _prepared(processes.environment)
    port = _free_port()
    words = ("-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port))
    processes.start(name, (*words, "--no-access-log", "--log-level", "warning"))
    wait_until(lambda: _answers(port), f"{name} on port {port}")
    return Server(port, processes.pid(name), **told)


def _prepared(environment: dict[str, str]) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.reading"],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return told


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
