"""How a benchmark reports: a table for people and, last, one line of JSON."""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Number = int | float
COMPARISONS = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}


@dataclass(frozen=True)
class Demand:
    """What a figure must satisfy, as in Demand("wall_over_path", "<=", 1.15)."""

    figure: str
    comparison: Literal["<=", "<", ">=", ">", "=="]
    bound: Number

    def is_met(self, figures: Mapping[str, Number]) -> bool:
        """A figure that was not measured meets nothing."""
        return self.figure in figures and bool(COMPARISONS[self.comparison](figures[self.figure], self.bound))


def report(bench: str, *, figures: Mapping[str, Number], demands: list[Demand]) -> int:
    """Prints the table and the line, and returns the exit status: 1 where a demand is missed.

    Figures carry their unit in their name, as in `wall_s` or `memory_mb`.
    """
    for row in table(figures, demands):
        print(row)
    met = [demand.is_met(figures) for demand in demands]
    line = {
        "bench": bench,
        "figures": dict(figures),
        "demands": [
            {"figure": demand.figure, "demand": f"{demand.comparison} {demand.bound}", "ok": is_met}
            for demand, is_met in zip(demands, met, strict=True)
        ],
        "ok": all(met),
    }
    print(json.dumps(line), flush=True)
    return 0 if all(met) else 1


def table(figures: Mapping[str, Number], demands: list[Demand]) -> list[str]:
    """A row for each figure, with each demand on it, and for demands whose figure is missing."""
    names = list(dict.fromkeys([*figures, *(demand.figure for demand in demands)]))
    width = max((len(name) for name in names), default=0)
    rows = []
    for name in names:
        value = shown(figures[name]) if name in figures else "-"
        wishes = "   ".join(
            f"{demand.comparison} {shown(demand.bound)} {'ok' if demand.is_met(figures) else 'MISSED'}"
            for demand in demands
            if demand.figure == name
        )
        rows.append(f"{name:<{width}}  {value:>12}  {wishes}".rstrip())
    return rows


def shown(number: Number) -> str:
    return str(number) if isinstance(number, int) else f"{number:,.3f}"
