"""The child process of `formats.builders.sandbox`: limits itself first, then builds a book's files and ends.

    python -m formats.builders.child FOLDER

The folder holds book.pickle and limits.json; the child adds result.json and, for each format that could be
made, a file of its name.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from formats.builders.confinement import confine

if TYPE_CHECKING:
    from formats.builders import FormatName, Theme
    from formats.manuscript import Manuscript
    from formats.problems import Problem

_NEW_USER_NAMESPACE, _NEW_NETWORK_NAMESPACE = 0x10000000, 0x40000000


def main(job: Path) -> None:
    limit(json.loads((job / "limits.json").read_text()))
    leave_the_network()
    gc.disable()  # so short a life makes less rubbish than looking for it would cost
    (job / "result.json").write_text(json.dumps(_built(job)), encoding="utf-8")


def limit(limits: dict[str, float], *, for_good: bool = True) -> None:
    """Bind this process; done before anything of the book is read. Unless `for_good`, it may bind itself anew."""
    cpu = int(limits["cpu_seconds"])
    for resource_, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, int(limits["memory_bytes"])),
        (resource.RLIMIT_FSIZE, int(limits["output_bytes"])),
    ):
        spare = (
            1 if resource_ == resource.RLIMIT_CPU else 0
        )  # the last second ends even what ignores the signal
        hard = most + spare if for_good else resource.getrlimit(resource_)[1]
        resource.setrlimit(resource_, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_the_network() -> bool:
    """Move into an empty network where the kernel lets us. Typst has nothing to fetch in any case."""
    libc = ctypes.CDLL(None, use_errno=True)
    for namespaces in (_NEW_NETWORK_NAMESPACE, _NEW_USER_NAMESPACE | _NEW_NETWORK_NAMESPACE):
        if libc.unshare(namespaces) == 0:
            return True
    return False


def _built(job: Path) -> dict[str, object]:
    import pickle

    from formats.manuscript import BadBook, assemble

    with (job / "book.pickle").open("rb") as file:
        source, formats, theme, verify = pickle.load(file)  # noqa: S301 our own parent wrote it
    if "pdf-css" in formats:  # finds its libraries by running a program, which nobody may do afterwards
        from formats.builders.css_pdf import load

        load()
    confined = confine(writable=job, readable=[each.path for each in source.assets if each.path is not None])
    try:
        manuscript = assemble(
            source.meta,
            source.chapters,
            source.assets,
            front_matter=source.front_matter,
            back_matter=source.back_matter,
        )
    except BadBook as error:
        return {"bad_book": told(error.problem)}
    made = {name: _one(job, manuscript, name, theme, verify=verify) for name in formats}
    return {"formats": made, "confined": confined}


def _one(
    job: Path, manuscript: Manuscript, format: FormatName, theme: Theme, *, verify: bool
) -> dict[str, object]:
    from formats.builders import BuildFailed, build

    try:
        built = build(manuscript, format=format, theme=theme)
    except BuildFailed as error:
        return {"failed": told(error.problem)}
    (job / format).write_bytes(built.data)
    return {
        "warnings": [told(warning) for warning in (*manuscript.warnings, *built.warnings)],
        **(_verified(job, built.data, format) if verify else {"checks": [], "pages": None}),
    }


def _verified(job: Path, data: bytes, format: str) -> dict[str, object]:
    """What `formats.checks` finds in the file. A file that cannot be looked at is delivered all the same."""
    from dataclasses import asdict

    from formats.checks import Check, Report, inspect

    try:
        report = inspect(data, format=format)
        if format.startswith("pdf"):
            from formats.firstpages import picture_of

            (job / f"{format}.jpg").write_bytes(picture_of(data))
    except Exception as error:  # whatever the readers of files trip over
        report = Report((Check("checked", "warn", {"error": type(error).__name__}),))
    return {"checks": [asdict(check) for check in report.checks], "pages": report.pages}


def told(problem: Problem) -> dict[str, int | str]:
    return {"code": problem.code, **problem.parameters()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)  # everything is written; taking the book apart would take time
