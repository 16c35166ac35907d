"""Children that are killed before each boundary of some work: a statement, a commit, a change of a file.

Each death is by SIGKILL: nothing is undone by hand, no connection is closed. The next child begins the same
work once more, as whoever asks again would, and dies at the next boundary that none has died at.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connection, connections

from tenants.schemas.artifact import current_artifact

GoBy = Callable[[str], None]

CHANGES: Final = {  # audit events of Python's, and which of their arguments is the path
    "open": 0, "os.mkdir": 0, "os.remove": 0, "os.rename": 1, "os.rmdir": 0, "os.truncate": 0,
}  # fmt: skip
_WRITING: Final = os.O_WRONLY | os.O_RDWR
_NEW_EACH_TIME: Final = {  # in boundaries of files, and in others
    True: re.compile(r"[0-9a-f]{32}\.part$"),
    False: re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|\bs\d+_x\d+"),
}
_PREDECESSORS: Final = """
SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Work:
    """`check` is asked before each try, of what the death before it has left, and raises.

    A child dies at every commit and every change of a file below `folder`, at whatever begins as one of
    `always` says, and at each `step`-th of all other boundaries. `more` adds boundaries of its own.
    """

    do: Callable[[], object]
    check: Callable[[], object] = lambda: None
    step: int = 1
    folder: Path | None = None
    always: tuple[str, ...] = ()
    more: Callable[[GoBy], object] = lambda go_by: None


def run(module: str, *arguments: object) -> list[str]:
    """What the children of a module say of themselves that calls `try_all`; from a test."""
    command = [sys.executable, "-m", module, connection.settings_dict["NAME"], *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def died(told: list[str], work: str, boundary: str) -> int:
    """How many died at such a boundary."""
    return sum(line.startswith(f"{work} {boundary}") for line in told)


def try_all(works: Mapping[str, Work], names: Iterable[str], *, database: str) -> None:
    """Writes a line for each child: the work, and the boundary it died at, or `lived`. Ends the process where
    one fails."""
    os.environ["PGAPPNAME"] = f"octavo-killed-{database}"[:63]  # of each child's connections
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    current_artifact()  # which children would each read
    for name in names:
        passed: set[str] = set()
        while was_killed(name, works[name], passed):
            pass


def was_killed(name: str, work: Work, passed: set[str]) -> bool:
    connections.close_all()
    told, telling = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        live(name, work, passed, telling)
    os.close(telling)
    with os.fdopen(told) as lines:
        found = [line.rstrip("\n") for line in lines]
    _pid, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    if (status and not killed) or (killed and not found):
        sys.exit(f"{name} failed")
    passed.update(found)
    return killed


def live(name: str, work: Work, passed: set[str], telling: int) -> None:
    try:
        wait_for_predecessor()
        work.check()
        going = Going(name, work, passed, telling)
        watch(work, going.by)
        work.do()
        going.by("the end")
        tell(name, "lived")
    finally:
        if failed := sys.exc_info()[0] is not None:
            sys.excepthook(*sys.exc_info())
        os._exit(failed)


@dataclass
class Going:
    """One child's way past its boundaries; tells of each that none before it has passed."""

    name: str
    work: Work
    passed: set[str]
    telling: int
    occurrences: Counter[str] = field(default_factory=Counter)
    new: int = 0

    def by(self, boundary: str) -> None:
        same = _NEW_EACH_TIME[boundary.startswith("file ")].sub("…", " ".join(boundary.split()))
        self.occurrences[same] += 1
        key = f"{same[:400]} {self.occurrences[same]}"
        if key in self.passed:
            return
        self.new += 1
        os.write(self.telling, f"{key}\n".encode())
        if self.new == self.work.step or boundary.startswith(
            ("COMMIT", "file ", "the end", *self.work.always)
        ):
            tell(self.name, boundary)
            os.kill(os.getpid(), signal.SIGKILL)


def watch(work: Work, go_by: GoBy) -> None:
    """From now on, in this process, whatever connection it is."""
    before(psycopg.Cursor, "execute", lambda cursor, sql, *rest, **named: go_by(_text(sql, cursor)))
    before(psycopg.Cursor, "copy", lambda cursor, sql, *rest, **named: go_by(_text(sql, cursor)))
    before(psycopg.Connection, "commit", lambda own: go_by("COMMIT"))
    if work.folder is not None:
        sys.addaudithook(partial(_audit, f"{work.folder}/", go_by))
    work.more(go_by)


def before(owner: type, name: str, look: Callable[..., object]) -> None:
    """Have `look` called with the same arguments before each call of a method."""
    original = getattr(owner, name)

    def looked(*args: Any, **named: Any) -> Any:
        look(*args, **named)
        return original(*args, **named)

    setattr(owner, name, looked)


def _text(sql: Any, cursor: Any) -> str:
    return str(sql.as_string(cursor) if hasattr(sql, "as_string") else sql)


def _audit(folder: str, go_by: GoBy, event: str, args: tuple[Any, ...]) -> None:
    if event not in CHANGES or (event == "open" and not (args[2] or 0) & _WRITING):
        return
    path = os.fsdecode(args[CHANGES[event]]) if not isinstance(args[CHANGES[event]], int) else ""
    within = event in ("os.remove", "os.rmdir") and args[1] != -1  # by the folder's descriptor
    if path.startswith(folder) or within:
        go_by(f"file {event} {path.removeprefix(folder)}")


def wait_for_predecessor() -> None:
    """The server notices that a client is gone when it next looks at it."""
    with connection.cursor() as cursor:
        for _look in range(600):
            cursor.execute(_PREDECESSORS, [os.environ["PGAPPNAME"]])
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    sys.exit("a connection of a killed process has stayed")


def tell(name: str, boundary: str) -> None:
    os.write(1, f"{name} {' '.join(boundary.split())[:100]}\n".encode())
