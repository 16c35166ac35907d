"""The child process of `formats.builders.sandbox`: limits itself first, then builds one file and ends.

    python -m formats.builders.child FOLDER

The folder holds book.pickle and limits.json; the child adds result.json and, on success, file.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formats.problems import Problem

_NEW_USER_NAMESPACE, _NEW_NETWORK_NAMESPACE = 0x10000000, 0x40000000


def main(job: Path) -> None:
    limit(json.loads((job / "limits.json").read_text()))
    leave_the_network()
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

    from formats.builders import BuildFailed, build
    from formats.manuscript import BadBook, assemble

    with (job / "book.pickle").open("rb") as file:
        source, format, theme = pickle.load(file)  # noqa: S301 our own parent wrote it
    try:
        manuscript = assemble(
            source.meta,
            source.chapters,
            source.assets,
            front_matter=source.front_matter,
            back_matter=source.back_matter,
        )
        built = build(manuscript, format=format, theme=theme)
    except BadBook as error:
        return {"bad_book": told(error.problem)}
    except BuildFailed as error:
        return {"failed": told(error.problem)}
    (job / "file").write_bytes(built.data)
    return {
        "warnings": [told(warning) for warning in (*manuscript.warnings, *built.warnings)],
        **_verified(job, built.data, format),
    }


def _verified(job: Path, data: bytes, format: str) -> dict[str, object]:
    """What `formats.checks` finds in the file. A file that cannot be looked at is delivered all the same."""
    from dataclasses import asdict

    from formats.checks import Check, Report, inspect

    try:
        report = inspect(data, format=format)
        if format.startswith("pdf"):
            from formats.firstpages import picture_of

            (job / "preview").write_bytes(picture_of(data))
    except Exception as error:  # whatever the readers of files trip over
        report = Report((Check("checked", "warn", {"error": type(error).__name__}),))
    return {"checks": [asdict(check) for check in report.checks], "pages": report.pages}


def told(problem: Problem) -> dict[str, int | str]:
    return {"code": problem.code, **problem.parameters()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
