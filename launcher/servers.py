"""The database and the broker of a command: managed ones by address, embedded ones otherwise."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from launcher.embedded.postgresql import PostgreSQL
from launcher.embedded.valkey import Valkey
from launcher.holding import held, publish
from launcher.places import ROOT, private_folder
from launcher.refusals import Refusal
from launcher.supervision import Supervisor

TMPFS = Path("/dev", "shm")
ROOM_FOR_TESTS = 2_000_000_000  # bytes that the tests' databases may take at most


@contextlib.contextmanager
def servers(
    data: Path, *, port: int, throw_away: bool = False
) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """Holds the data folder with its servers up; yields the supervisor and the environment to use them.

    Raises Refusal where the data is in use or a server cannot be had.
    """
    with held(data):
        supervisor = Supervisor(say=lambda sentence: print(sentence, file=sys.stderr))
        environment = settings(data, port)
        try:
            embedded = []
            for name, kind in (("DATABASE_URL", PostgreSQL), ("REDIS_URL", Valkey)):
                if os.environ.get(name):
                    environment[name] = os.environ[name]
                else:
                    server = kind(data, throw_away=throw_away)
                    environment[name] = server.url
                    embedded.append(server)
            check_managed()
            supervisor.start(embedded)
            publish(data, environment)
            yield supervisor, environment
        finally:
            supervisor.stop()


@contextlib.contextmanager
def throw_away_servers(*, port: int) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """Servers on data that is gone afterwards, in memory where there is room for it."""
    base = TMPFS if has_room(TMPFS) else None
    data = Path(tempfile.mkdtemp(prefix="octavo-", dir=base))
    try:
        with servers(data, port=port, throw_away=True) as running:
            yield running
    finally:
        shutil.rmtree(data, ignore_errors=True)


def settings(data: Path, port: int) -> dict[str, str]:
    """The installation's own settings, for the platform's processes."""
    return {
        "OCTAVO_DATA": str(private_folder(data)),
        "OCTAVO_PUBLIC_HOST": os.environ.get("OCTAVO_PUBLIC_HOST") or f"localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        # Tools that read the code without running it do not know of what config adds by itself.
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform"), *given("PYTHONPATH")]),
        "PYTHONUNBUFFERED": "1",
        "EMAIL_URL": os.environ.get("EMAIL_URL") or f"file://{quote(str(data / 'mail'))}",
    }


def given(name: str) -> list[str]:
    return [os.environ[name]] if os.environ.get(name) else []


def check_managed() -> None:
    """Raises Refusal where a database or broker that was given by address does not answer."""
    if url := os.environ.get("DATABASE_URL"):
        import psycopg

        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.Error as error:
            raise unreachable("DATABASE_URL", url, error) from error
    if url := os.environ.get("REDIS_URL"):
        import redis

        try:
            redis.Redis.from_url(url, socket_connect_timeout=5).ping()
        except (redis.RedisError, ValueError) as error:
            raise unreachable("REDIS_URL", url, error) from error


def unreachable(name: str, url: str, error: Exception) -> Refusal:
    """Names the host but never the password."""
    reason = " ".join(str(error).split()) or type(error).__name__
    host = urlsplit(url).hostname or "that address"
    return Refusal(f"{name} is set, but {host} does not answer ({reason}): correct it, or unset it.")


def has_room(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM_FOR_TESTS
