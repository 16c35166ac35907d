"""Makes a package for a printer in a child process with limits, as `formats.builders.sandbox` makes files."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from formats import builders
from formats.builders import Theme
from formats.builders import sandbox as builds
from formats.builders.sandbox import Limits
from formats.manuscript import BookSource
from formats.printing.making import Made

LIMITS = Limits(cpu_seconds=180, wall_seconds=300)


def make(
    source: BookSource,
    *,
    theme: Theme,
    specification: Mapping[str, Any],
    profile: bytes | None = None,
    limits: Limits = LIMITS,
) -> Made:
    """Interior, cover and report; blocks until they are there. Raises what `builders.sandbox.build` does."""
    with tempfile.TemporaryDirectory(prefix="octavo-print-") as folder:
        job = Path(folder)
        with (job / "print.pickle").open("wb") as file:
            pickle.dump((source, theme, dict(specification), profile), file)
        result = builds.run("formats.printing.child", job, limits)
        return Made(
            interior=(job / "interior").read_bytes(),
            cover=(job / "cover").read_bytes(),
            pages=int(result["pages"]),
            spine_mm=float(result["spine_mm"]),
            report=tuple(result["report"]),
        )


def content_hash(
    source: BookSource, *, theme: Theme, specification: Mapping[str, Any], profile: bytes | None = None
) -> str:
    """64 hexadecimal digits that change when a file could: with book, theme, order, profile or our code."""
    book = builders.content_hash(source, format="pdf", theme=theme)
    parts = (book, repr(sorted(specification.items())), _digest(profile or b""), _code_digest())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def _code_digest() -> str:
    root = Path(__file__).parent
    paths = (path for path in root.rglob("*.*") if path.suffix in (".py", ".typ", ".icc"))
    return _digest(b"\0".join(path.read_bytes() for path in sorted(paths)))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
