"""As whom PostgreSQL runs: it refuses root, and its initdb refuses a user without a name."""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher.refusals import Refusal

SHIM = Path(__file__).parent / "child.py"


@dataclass(frozen=True)
class Identity:
    """Options for `child.py`, and the user who must own the data (None: whoever runs the command)."""

    options: tuple[str, ...] = ()
    owner: int | None = None

    def own(self, folder: Path) -> None:
        """Gives the folder and what is in it to the user that the program runs as."""
        if self.owner is not None and folder.stat().st_uid != self.owner:
            subprocess.run(["chown", "-R", f"{self.owner}:{self.owner}", str(folder)], check=True)


def as_child(
    program: list[str], *, stop_signal: signal.Signals = signal.SIGTERM, identity: Identity | None = None
) -> list[str]:
    """The command that runs `program` so that it ends, by `stop_signal`, when this process does."""
    options = identity.options if identity else ()
    bound = ("--parent", str(os.getpid()), "--signal", str(int(stop_signal)))
    return [*through_shim(*bound, *options), "--", *program]


@functools.cache
def ordinary_identity() -> Identity:
    """An identity that PostgreSQL accepts. Raises Refusal where this machine allows none."""
    if os.geteuid() != 0 and has_name(os.geteuid()):
        return Identity()
    if sys.platform == "linux" and (uid := lesser_uid()) is not None:
        in_namespace = Identity(("--namespace", str(uid)))
        as_other = Identity(("--uid", str(uid)), owner=uid)
        for identity in (in_namespace, as_other):
            if works(identity):
                return identity
    raise Refusal(
        "The embedded PostgreSQL cannot run as this user here: run ./octavo as an ordinary user, "
        "or set DATABASE_URL to a PostgreSQL of your own."
    )


def has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def lesser_uid() -> int | None:
    """The number of `nobody`, or else of any user who is not root."""
    users = sorted(pwd.getpwall(), key=lambda user: user.pw_name != "nobody")
    return next((user.pw_uid for user in users if user.pw_uid != 0), None)


def works(identity: Identity) -> bool:
    true = shutil.which("true") or "/bin/true"
    done = subprocess.run(
        [*through_shim(*identity.options), "--", true], capture_output=True, check=False, cwd="/"
    )
    return done.returncode == 0


def through_shim(*options: str) -> list[str]:
    return [sys.executable, "-I", "-S", str(SHIM), *options]
