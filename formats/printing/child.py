"""The sandbox's child for print files: limits itself first, then makes one package and ends.

    python -m formats.printing.child FOLDER

The folder holds print.pickle and limits.json; the child adds result.json and, on success, interior and cover.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from formats.builders.child import leave_the_network, limit
from formats.builders.confinement import confine


def main(job: Path) -> None:
    limit(json.loads((job / "limits.json").read_text()))
    leave_the_network()
    (job / "result.json").write_text(json.dumps(_made(job)), encoding="utf-8")


def _made(job: Path) -> dict[str, object]:
    import pickle

    from formats.builders import BuildFailed
    from formats.manuscript import BadBook, assemble
    from formats.printing.making import make
    from formats.printing.order import Order
    from formats.problems import Problem

    with (job / "print.pickle").open("rb") as file:
        source, theme, specification, profile = pickle.load(file)  # noqa: S301 our own parent wrote it
    confine(writable=job, readable=[each.path for each in source.assets if each.path is not None])
    try:
        manuscript = assemble(
            source.meta,
            source.chapters,
            source.assets,
            front_matter=source.front_matter,
            back_matter=source.back_matter,
        )
        made = make(manuscript, theme, Order.of(specification), profile=profile)
    except BadBook as error:
        return {"bad_book": _told(error.problem)}
    except BuildFailed as error:
        return {"failed": _told(error.problem)}
    except OSError as error:  # Pillow's, of a picture that is damaged behind its header
        if error.errno is not None:
            raise
        return {"failed": _told(Problem("pdf-not-set", figures={"words": str(error)}))}
    (job / "interior").write_bytes(made.interior)
    (job / "cover").write_bytes(made.cover)
    return {"pages": made.pages, "spine_mm": made.spine_mm, "report": list(made.report)}


def _told(problem: object) -> dict[str, int | str]:
    from formats.problems import Problem

    assert isinstance(problem, Problem)
    return {"code": problem.code, **problem.parameters()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
