"""Money under fire: a storm of webhooks, deaths at every boundary, 24 months, a bill, limits at their edge.

Each part is a module with `figures` and `DEMANDS`.
"""

from __future__ import annotations

from bench import bill, crashes, edges, telling
from bench.installation import member_of_a_new_organisation, prepare
from bench.report import report

DEMANDS = [*telling.DEMANDS, *crashes.DEMANDS, *bill.DEMANDS, *edges.DEMANDS]


def main() -> int:
    prepare()
    figures = {
        **telling.figures(),
        **crashes.figures(),
        **bill.figures(),
        **edges.figures(member_of_a_new_organisation("edges")),
    }
    return report("billing", figures=figures, demands=DEMANDS)
