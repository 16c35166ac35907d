"""./octavo lock: chooses the newest allowed versions of all packages again."""

from __future__ import annotations

import subprocess

from launcher import environment
from launcher.arguments import Request
from launcher.notices import step
from launcher.places import ROOT
from launcher.refusals import Refusal

OLDEST_PYTHON = "3.11"


def run(request: Request) -> int:
    environment.check_machine()
    uv = environment.find_uv()
    for name in ("bootstrap", "base", "dev", "crew"):
        with step(f"Locking requirements/{name}.txt"):
            lock(uv, name)
    return 0


def lock(uv: str, name: str) -> None:
    """With hashes, and without the addresses that this machine fetches from."""
    command = [
        uv, "pip", "compile", "--quiet", "--upgrade", "--generate-hashes", "--python-version", OLDEST_PYTHON,
        "--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "./octavo lock",
        f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, env=environment.surroundings(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Refusal(f"requirements/{name}.in cannot be locked:\n{done.stderr.strip()}")
