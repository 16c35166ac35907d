"""Money under fire: deaths at every boundary, 24 months, limits at their edge.

Each part is a module with `figures` and `DEMANDS`.
"""

from __future__ import annotations

from bench import crashes, edges
from bench.installation import member_of_a_new_organisation, prepare
from bench.report import report

DEMANDS = [*crashes.DEMANDS, *edges.DEMANDS]


def main() -> int:
    prepare()
    figures = {
        **crashes.figures(),
        **edges.figures(member_of_a_new_organisation("edges")),
    }
    return report("billing", figures=figures, demands=DEMANDS)
