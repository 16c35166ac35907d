"""One command at a time on a data folder, and how a second one finds what the first one runs."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from launcher.places import private_folder, write_private
from launcher.refusals import Refusal

COMING_UP = 60.0  # seconds that a second command waits for the first one's servers


@contextlib.contextmanager
def held(data: Path) -> Iterator[None]:
    """Holds the data folder. Raises Refusal where another command holds it.

    The kernel lets go of the lock however the holder ends, so that a crash leaves nothing to clean up.
    """
    private_folder(data)
    with (data / "lock").open("a+") as lock:
        if not took(lock):
            raise Refusal(
                f"Octavo is already running on {data} (process {holder(data)}): stop it with Ctrl-C where "
                "it runs, or set OCTAVO_DATA to another folder."
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        run_file(data).unlink(missing_ok=True)
        try:
            yield
        finally:
            run_file(data).unlink(missing_ok=True)


def took(lock: IO[str]) -> bool:
    """Tries for a moment: the holder may be about to end, and `is_held` itself holds it for an instant."""
    for _ in range(10):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.05)
    return False


def publish(data: Path, environment: Mapping[str, str]) -> None:
    """Tells other commands on this data how to reach what runs here."""
    write_private(run_file(data), json.dumps({"pid": os.getpid(), "environment": dict(environment)}))


def published(data: Path) -> Mapping[str, str] | None:
    """What the command that holds the data published, or None where nobody holds it.

    Waits while that command is still coming up; raises Refusal when it takes too long.
    """
    deadline = time.monotonic() + COMING_UP
    while is_held(data):
        with contextlib.suppress(FileNotFoundError):
            environment: Mapping[str, str] = json.loads(run_file(data).read_text())["environment"]
            return environment
        if time.monotonic() > deadline:
            raise Refusal(
                f"Octavo on {data} (process {holder(data)}) is not coming up: stop it and try again."
            )
        time.sleep(0.1)
    return None


def is_held(data: Path) -> bool:
    try:
        with (data / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def holder(data: Path) -> str:
    return (data / "lock").read_text() or "unknown"


def run_file(data: Path) -> Path:
    return data / "run.json"
