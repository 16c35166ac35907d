"""The parts of a benchmark: modules in this folder with `figures() -> dict[str, Number]` and `DEMANDS`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from bench.report import Demand, Number, report


class Part(Protocol):
    DEMANDS: list[Demand]

    def figures(self) -> dict[str, Number]: ...


def measure(bench: str, parts: Sequence[str]) -> int:
    """Run the parts that the command line names, or all that there are, and report what they found."""
    modules = [_part(name) for name in named_among(parts, sys.argv[2:])]
    figures: dict[str, Number] = {}
    for module in modules:
        figures |= module.figures()
    return report(bench, figures=figures, demands=[demand for module in modules for demand in module.DEMANDS])


def named_among(parts: Sequence[str], words: Sequence[str]) -> list[str]:
    """Those of the parts that exist, in their order; where any are named, those alone.

    A name may leave out what stands before the first underscore: `signup` for `tenants_signup`.
    """
    there = [name for name in parts if find_spec(f"bench.{name}")]
    return [name for name in there if not words or name in words or name.partition("_")[2] in words]


def _part(name: str) -> Part:
    module: Part = import_module(f"bench.{name}")
    return module
