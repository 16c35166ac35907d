"""The parts of a benchmark: modules in this folder with `figures() -> dict[str, Number]` and `DEMANDS`."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from bench.report import Demand, Number, report, table


class Part(Protocol):
    DEMANDS: list[Demand]

    def figures(self) -> dict[str, Number]: ...


def measure(bench: str, parts: Sequence[str]) -> int:
    """Run the parts that the command line names, or all that there are, and report what they found.

    Each tells on stderr what it has found as soon as it has ended. One that fails says why, and the others
    are run all the same: its figures are missing, and so its demands are missed.
    """
    figures: dict[str, Number] = {}
    demands: list[Demand] = []
    for name in named_among(parts, sys.argv[2:]):
        part = _part(name)
        demands += part.DEMANDS
        figures |= _measured(name, part)
    return report(bench, figures=figures, demands=demands)


def _measured(name: str, part: Part) -> dict[str, Number]:
    began = time.perf_counter()
    try:
        figures = part.figures()
    except Exception:
        traceback.print_exc()
        figures = {}
    print(f"\n{name}, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    for row in table(figures, part.DEMANDS):
        print(f"  {row}", file=sys.stderr, flush=True)
    return figures


def named_among(parts: Sequence[str], words: Sequence[str]) -> list[str]:
    """Those of the parts that exist, in their order; where any are named, those alone.

    A name may leave out what stands before the first underscore: `signup` for `tenants_signup`.
    """
    there = [name for name in parts if find_spec(f"bench.{name}")]
    return [name for name in there if not words or name in words or name.partition("_")[2] in words]


def _part(name: str) -> Part:
    module: Part = import_module(f"bench.{name}")
    return module
