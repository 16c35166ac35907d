"""Builds a book in a child process with limits, so that no text or picture can hurt who asked for it.

The child gets the source in a pickle that this process wrote; what comes back is never unpickled: the file's
bytes and a few lines of JSON. Parsing, too, happens in the child.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from formats.builders import BuildFailed, Built, FormatName, Theme, theme_for
from formats.checks import Check
from formats.manuscript import BadBook, BookSource
from formats.problems import Problem, problem_of

ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1024 * 1024
_FILE_TOO_LARGE = "[Errno 27]"
_OUT_OF_MEMORY = (
    "MemoryError",
    "MemError",
    "memory allocation",
    "Cannot allocate memory",
)  # Python, zlib, Rust


@dataclass(frozen=True, slots=True)
class Limits:
    """What a build may use: seconds of processor and of time, bytes of address space and of output."""

    cpu_seconds: int = 60
    wall_seconds: float = 120
    memory_bytes: int = 2048 * _MEGABYTE
    output_bytes: int = 256 * _MEGABYTE


class LimitReached(BuildFailed):
    """The build used more time, memory or space than it may. Trying again would not help."""


def build(
    source: BookSource, *, format: FormatName, theme: Theme | None = None, limits: Limits = Limits()
) -> Built:
    """Make one file in a child process; blocks until it is there.

    Raises `BadBook` for what the member can mend, `LimitReached`, or `BuildFailed` for the rest.
    """
    built = build_many(source, formats=(format,), theme=theme, limits=limits)[format]
    if isinstance(built, BuildFailed):
        raise built
    return built


def build_many(
    source: BookSource,
    *,
    formats: Sequence[FormatName],
    theme: Theme | None = None,
    limits: Limits = Limits(),
    verify: bool = True,
) -> dict[FormatName, Built | BuildFailed]:
    """Make several files in one child process, which reads the book once; the limits are for all together.

    A format that fails leaves the others be. Without `verify`, nobody looks at the files afterwards: there are
    no checks, page counts and previews. Raises `BadBook` and `LimitReached`, or `BuildFailed` for the child.
    """
    with tempfile.TemporaryDirectory(prefix="octavo-build-") as folder:
        job = Path(folder)
        with (job / "book.pickle").open("wb") as file:
            pickle.dump((source, tuple(formats), theme or theme_for(source.meta.kind), verify), file)
        results = run("formats.builders.child", job, limits)["formats"]
        return {name: _built(job, name, results[name]) for name in formats}


def run(module: str, job: Path, limits: Limits) -> dict[str, Any]:
    """Run one of our child modules on its folder, limited; returns what it wrote into result.json.

    Raises what `build` raises.
    """
    (job / "limits.json").write_text(json.dumps(asdict(limits)))
    return outcome(job, *_run(module, job, limits))


def _run(module: str, job: Path, limits: Limits) -> tuple[int, str]:
    """Run the child to its end, or to the end of its time. Returns its exit status and what it last said."""
    with subprocess.Popen(
        [sys.executable, "-m", module, str(job)],
        cwd=ROOT,
        env=environment(job),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        try:
            _, complaint = child.communicate(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(child.pid, signal.SIGKILL)
            raise LimitReached(Problem("too-slow")) from error
        return child.returncode, complaint.decode(errors="replace")[-2000:]


def environment(job: Path) -> dict[str, str]:
    """Nothing of this process's surroundings: no secrets, no proxies."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(job),
        "TMPDIR": str(job),
        "RAYON_NUM_THREADS": "2",
    }


def outcome(job: Path, code: int, complaint: str) -> dict[str, Any]:
    """The result of a child that ended so, or lives and has code 0. Raises what `build` raises."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise LimitReached(Problem("too-slow"))
    if code == -signal.SIGXFSZ or _FILE_TOO_LARGE in complaint:
        raise LimitReached(Problem("too-large"))
    if any(sign in complaint for sign in _OUT_OF_MEMORY):
        raise LimitReached(Problem("memory"))
    try:
        result: dict[str, Any] = json.loads((job / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BuildFailed(Problem("not-made"), detail=f"exit {code}: {complaint}") from error
    if "bad_book" in result:
        raise BadBook(_problem(result["bad_book"]))
    if "failed" in result:
        raise BuildFailed(_problem(result["failed"]))
    return result


def _built(job: Path, name: FormatName, result: dict[str, Any]) -> Built | BuildFailed:
    if "failed" in result:
        return BuildFailed(_problem(result["failed"]))
    preview = job / f"{name}.jpg"
    return Built(
        (job / name).read_bytes(),
        tuple(map(_problem, result["warnings"])),
        checks=tuple(Check(**check) for check in result["checks"]),
        pages=result["pages"],
        preview=preview.read_bytes() if preview.exists() else None,
    )


def _problem(written: dict[str, int | str]) -> Problem:
    return problem_of(str(written.pop("code")), written)
