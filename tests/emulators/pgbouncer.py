"""A PgBouncer in transaction mode before a database: the machine's own, or Debian's package in a cache."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from launcher.embedded.identity import as_child, ordinary_identity
from launcher.refusals import Refusal

CACHE = Path(__file__).parents[2] / "var/cache/pgbouncer"
PACKAGES = ("pgbouncer", "libc-ares2", "libevent-2.1-7")
START = 10.0  # seconds in which it must listen


class Missing(RuntimeError):
    """There is no PgBouncer here, and none can be fetched; the message says why."""


@contextlib.contextmanager
def pgbouncer(database: Mapping[str, Any], *, size: int, **settings: object) -> Iterator[int]:
    """One on loopback, with `size` connections to the database, for as long as the block lasts; its port.

    `database` has psycopg's names: host, port, dbname, user, password; other databases of that server are had
    through it as well. `settings` are PgBouncer's. Raises `Missing`.
    """
    program, environment = found()
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="octavo-pgbouncer-") as name:
        folder = Path(name)
        configuration = _write(folder, port, database, {"default_pool_size": size, **settings})
        identity = ordinary_identity()
        identity.own(folder)
        command = as_child([str(program), "-q", str(configuration)], identity=identity)
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd="/")
        try:
            _wait(process, port, folder / "log")
            yield port
        finally:
            process.terminate()
            process.wait()


@functools.cache
def found() -> tuple[Path, dict[str, str]]:
    """The program and the environment that it needs. Raises `Missing`."""
    installed = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if installed:
        return Path(installed), dict(os.environ)
    program = CACHE / "usr/sbin/pgbouncer"
    if not program.exists():
        _fetch()
    libraries = ":".join(str(folder) for folder in CACHE.glob("usr/lib/*-linux-gnu"))
    environment = {**os.environ, "LD_LIBRARY_PATH": libraries}
    if subprocess.run([program, "--version"], env=environment, capture_output=True, check=False).returncode:
        raise Missing("Debian's PgBouncer does not run on this machine: install one and put it on PATH.")
    return program, environment


def _fetch() -> None:
    """By apt's own client, which any user may run; nothing is installed."""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Missing("There is no PgBouncer on PATH, and this machine has no apt to fetch one with.")
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE.parent) as name:
        done = subprocess.run(
            ["apt-get", "download", "--quiet", *PACKAGES],
            cwd=name, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            reason = next((line for line in done.stderr.splitlines() if line.startswith("E:")), "no reason")
            raise Missing(f"There is no PgBouncer on PATH, and apt does not fetch one ({reason}).")
        unpacked = Path(name, "unpacked")
        for package in sorted(Path(name).glob("*.deb")):
            subprocess.run(["dpkg", "-x", str(package), str(unpacked)], check=True, capture_output=True)
        with contextlib.suppress(FileExistsError, OSError):  # another process was quicker
            unpacked.rename(CACHE)


def _write(folder: Path, port: int, database: Mapping[str, Any], settings: Mapping[str, object]) -> Path:
    place = " ".join(
        f"{name}='{database[name]}'" for name in ("host", "port", "dbname") if database.get(name)
    )
    own = {
        "listen_addr": "127.0.0.1",
        "listen_port": port,
        "unix_socket_dir": "",
        "pool_mode": "transaction",
        "auth_type": "scram-sha-256",
        "auth_file": folder / "users",
        "max_client_conn": 500,
        **settings,
    }
    users = folder / "users"
    users.write_text(f'"{database["user"]}" "{database["password"]}"\n')
    users.chmod(0o600)
    others = " ".join(f"{name}='{database[name]}'" for name in ("host", "port") if database.get(name))
    lines = ["[databases]", f"{database['dbname']} = {place}", f"* = {others}", "[pgbouncer]"]
    configuration = folder / "pgbouncer.ini"
    configuration.write_text("\n".join([*lines, *(f"{key} = {value}" for key, value in own.items())]) + "\n")
    return configuration


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    process.terminate()
    raise Missing(f"PgBouncer does not start: {log.read_text()[-500:].strip()}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def why_missing() -> str:
    """A sentence for a test that is skipped; empty where there is one."""
    try:
        found()
    except (Missing, Refusal) as missing:
        return str(missing)
    return ""
