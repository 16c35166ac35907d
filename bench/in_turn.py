"""Two servers that are asked in turn by one client, so that whatever else the machine does falls on both.

Compared are the processor time of the servers for a request, and the time until the answer is there in the
quickest tenth of the requests, which nothing else on the machine has held up.
"""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench.installation import Processes, free_port, is_open, wait_until


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: Any = None


@dataclass(eq=False)
class Server:
    """A server with one worker: what to ask it for each kind of request, and what it took."""

    port: int
    pid: int
    request: Callable[[str], Request]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self._process = psutil.Process(self.pid)

    def ask(self, kind: str) -> float:
        """Seconds until the whole answer is there. Raises `RuntimeError` for another than 200."""
        request = self.request(kind)
        began = time.perf_counter()
        self._connection.request(request.method, request.path, request.body, dict(request.headers))
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

    def median(self, kind: str) -> float:
        return statistics.median(self.seconds[kind])

    def quickest(self, kind: str) -> float:
        """In what time a tenth of the requests was answered."""
        return sorted(self.seconds[kind])[len(self.seconds[kind]) // 10]

    def processor_ms(self, kind: str) -> float:
        """For each request."""
        return self.processor[kind] / len(self.seconds[kind]) * 1000


def ask_in_turn(
    kinds: Sequence[str], one: Server, other: Server, *, warming: int, asked: int, rounds: int = 1
) -> None:
    """`asked` requests of each kind to both, spread over rounds in which all kinds come by."""
    for kind in kinds:
        for server in (one, other) * warming:
            server.ask(kind)
    for _round in range(rounds):
        for kind in kinds:
            _ask(kind, one, other, asked // rounds)


def _ask(kind: str, one: Server, other: Server, asked: int) -> None:
    before = {server: server.processor_seconds() for server in (one, other)}
    for number in range(asked):
        for server in (one, other) if number % 2 else (other, one):
            server.seconds.setdefault(kind, []).append(server.ask(kind))
    for server in (one, other):
        taken = server.processor_seconds() - before[server]
        server.processor[kind] = server.processor.get(kind, 0.0) + taken


def serve(processes: Processes, name: str, application: str, request: Callable[[str], Request]) -> Server:
    """Start it, and wait until it answers."""
    port = free_port()
    words = ("-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port))
    processes.start(name, (*words, "--no-access-log", "--log-level", "warning"))
    wait_until(lambda: is_open(port), f"{name} on port {port}")
    return Server(port, processes.pid(name), request)
