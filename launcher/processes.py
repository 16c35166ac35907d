"""The platform's own processes: the one place that says what runs."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from launcher.embedded.identity import as_child
from launcher.refusals import Refusal

LOOPBACK = "127.0.0.1"
LETTING_GO = 3.0  # seconds
CELERY = ("-m", "celery", "--app", "config.celery")
WORKER = (
    *CELERY,
    "worker",
    "--pool",
    "threads",
    "--concurrency",
    "2",
    "--without-gossip",
    "--without-mingle",
)


@dataclass
class PlatformProcess:
    """A Python process of the platform. It is ready when its port answers, if it has one."""

    name: str
    words: tuple[str, ...]
    log: Path
    environment: Mapping[str, str]
    port: int | None = None
    stop_signal: signal.Signals = signal.SIGTERM

    def prepare(self) -> None:
        """Needs nothing."""

    def command(self) -> list[str]:
        return as_child([sys.executable, *self.words], stop_signal=self.stop_signal)

    def is_ready(self, pid: int) -> bool:
        return self.port is None or answers(self.port)

    def mend(self) -> None:
        """Needs nothing: what was under way is taken up again from the database."""


def platform_processes(
    *, data: Path, environment: Mapping[str, str], port: int
) -> tuple[list[PlatformProcess], ...]:
    """Web, the workers of both lanes, and the clock that rings for the sweeper.

    In stages: loading the code takes seconds of processor time, and the pages should not wait for all of it.
    """

    def process(name: str, *words: str, port: int | None = None) -> PlatformProcess:
        return PlatformProcess(name, words, data / "log" / f"{name}.log", environment, port)

    server = ("-m", "uvicorn", "config.asgi:application", "--host", LOOPBACK, "--port", str(port))
    web = process("web", *server, "--timeout-graceful-shutdown", "2", port=port)
    calls = process("worker-calls", *WORKER, "--queues", "calls,default", "--hostname", "calls@%h")
    builds = process("worker-builds", *WORKER, "--queues", "builds", "--hostname", "builds@%h")
    beat = process("beat", *CELERY, "beat", "--pidfile=")
    return [web, calls], [builds, beat]


def answers(port: int) -> bool:
    try:
        with closing(socket.create_connection((LOOPBACK, port), timeout=1)):
            return True
    except OSError:
        return False


def is_free(port: int) -> bool:
    return why_not_free(port) is None


def require_free(port: int) -> None:
    """Raises Refusal where another program listens on the port, and still does after a moment.

    A platform that was killed lets go of it within that moment.
    """
    deadline = time.monotonic() + LETTING_GO
    while error := why_not_free(port):
        if error.errno == errno.EACCES:
            raise Refusal(
                f"Port {port} is not for ordinary users: choose one from 1024, as in {example(8000)}."
            )
        if time.monotonic() > deadline:
            raise Refusal(
                f"Port {port} is taken by another program: stop that one, or choose another port, as in "
                f"{example(port + 1 if port < 65535 else 8000)}."
            )
        time.sleep(0.1)


def why_not_free(port: int) -> OSError | None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            return error
    return None


def example(port: int) -> str:
    return f"OCTAVO_PORT={port} ./octavo up"
