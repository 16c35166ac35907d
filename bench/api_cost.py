"""What a key, a tenant and one shape of answers add to a bare view with the same statements.

Part of `bench api`. Two servers with one worker each are asked in turn by one client: ours, with a key on the
platform's host, and Django's own backend on a database for one tenant behind views without middleware,
recognition or limits. `*_over_bare` compares processor time of the servers for a request, and
`*_undisturbed_over_bare` the time until the answer is there in the quickest tenth, which nothing else on the
machine has held up; that is shown and not demanded, since on a busy machine it says more of its scheduler.
`*_statements` are those of the database but for transactions.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from bench.installation import ROOT, Processes, member_of_a_new_organisation, wait_until
from bench.report import Demand
from bench.shelf import fill, queries_of_each, request_of

OPERATIONS: Final = ("list", "read", "write")
WARMING, ASKED = 40, 500  # requests of each operation that each server answers
MOST: Final = 1.15

DEMANDS = [
    *(Demand(f"api_{name}_over_bare", "<=", MOST) for name in OPERATIONS),
    Demand("api_list_statements", "==", 1),
    Demand("api_read_statements", "==", 1),
    *(Demand(f"api_{name}_more_statements", "==", 0) for name in OPERATIONS),
]


def figures() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, _bare_database() as database:
        environment = {"OCTAVO_API_RATES": "PRO=1000000", "BARE_DATABASE": database}
        processes = Processes(Path(folder), environment)
        try:
            bare, bare_statements = _bare(processes, environment)
            ours, own_statements = _ours(processes)
            _measure(ours, bare)
        except BaseException:
            processes.show_logs()
            raise
        finally:
            processes.stop()
    found: dict[str, float] = {}
    for name in OPERATIONS:
        found |= _compared(name, ours, bare)
        found[f"api_{name}_statements"] = own_statements[name]
        found[f"api_{name}_more_statements"] = own_statements[name] - bare_statements[name]
    return found


@dataclass(eq=False)
class Server:
    """A server that answers, and what it took for each operation."""

    port: int
    pid: int
    book_id: str
    headers: dict[str, str] = field(default_factory=dict)
    writes: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("localhost", self.port)
        self._process = psutil.Process(self.pid)

    def ask(self, name: str) -> float:
        """Seconds until the whole answer is there."""
        method, path, body = request_of(name, self.book_id, self.writes)
        self.writes += name == "write"
        headers = {"Content-Type": "application/json", **self.headers}
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{name}: {answer.status} {content[:300]!r}")
        return seconds

    def processor_seconds(self) -> float:
        """Of all threads that are and were."""
        times = self._process.cpu_times()
        return float(times.user + times.system)


def _measure(ours: Server, bare: Server) -> None:
    """In turn, request by request, so that whatever else the machine does falls on both."""
    for name in OPERATIONS:
        for server in (ours, bare) * WARMING:
            server.ask(name)
        before = {server: server.processor_seconds() for server in (ours, bare)}
        for _ in range(ASKED):
            for server in (ours, bare):
                server.seconds.setdefault(name, []).append(server.ask(name))
        for server in (ours, bare):
            server.processor[name] = server.processor_seconds() - before[server]


def _compared(name: str, ours: Server, bare: Server) -> dict[str, float]:
    return {
        f"api_{name}_p50_ms": statistics.median(ours.seconds[name]) * 1000,
        f"bare_{name}_p50_ms": statistics.median(bare.seconds[name]) * 1000,
        f"api_{name}_per_s": ASKED / sum(ours.seconds[name]),
        f"bare_{name}_per_s": ASKED / sum(bare.seconds[name]),
        f"api_{name}_processor_ms": ours.processor[name] / ASKED * 1000,
        f"bare_{name}_processor_ms": bare.processor[name] / ASKED * 1000,
        f"api_{name}_over_bare": ours.processor[name] / bare.processor[name],
        f"api_{name}_undisturbed_over_bare": _quickest(ours, name) / _quickest(bare, name),
    }


def _quickest(server: Server, name: str) -> float:
    return sorted(server.seconds[name])[ASKED // 10]


def _ours(processes: Processes) -> tuple[Server, dict[str, int]]:
    from django.conf import settings
    from django.test import Client

    from tenants.api_keys.issuing import Wanted, issue
    from tenants.context import entered

    settings.OCTAVO_REQUEST_LOG_SECONDS = None  # of this process, which counts statements
    member = member_of_a_new_organisation("cost")
    with entered(member.organisation):
        book_id = str(fill(member.user_id))
    wanted = Wanted(name="Bench", scopes=["books:read", "books:write"])
    headers = {"Authorization": f"Bearer {issue(wanted=wanted, by=member).secret}"}
    client = Client(headers={"authorization": headers["Authorization"]}, SERVER_NAME=settings.PUBLIC_HOST)
    statements = queries_of_each(client, book_id, HTTP_HOST=settings.PUBLIC_HOST)
    server = _serve(processes, "ours", "config.asgi:application", book_id, headers)
    server.writes = 2
    return server, statements


def _bare(processes: Processes, environment: dict[str, str]) -> tuple[Server, dict[str, int]]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.bare_api"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(made.stdout.splitlines()[-1])
    server = _serve(processes, "bare", "bench.bare_api.asgi:application", told["book"], {})
    server.writes = 2
    return server, told["queries"]


def _serve(
    processes: Processes, name: str, application: str, book_id: str, headers: dict[str, str]
) -> Server:
    port = _free_port()
    words = ("-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port), "--no-access-log")
    processes.start(name, (*words, "--log-level", "warning"))
    wait_until(lambda: _answers(port), f"{name} on port {port}")
    return Server(port, processes.pid(name), book_id, headers)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _bare_database() -> Iterator[str]:
    """A database of its own on the same server."""
    import psycopg
    from django.db import connection

    name = f"octavo_bare_{os.getpid()}"
    parameters = {**connection.get_connection_params(), "autocommit": True}
    known = ("host", "port", "user", "password", "dbname", "autocommit")
    with psycopg.connect(**{key: parameters[key] for key in known if key in parameters}) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
