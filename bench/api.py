"""The API under load: what a key and a tenant cost, and what other parts of the API promise.

Each part is a module with `figures` and `DEMANDS`.
"""

from __future__ import annotations

from bench import api_cost
from bench.installation import prepare
from bench.report import report

PARTS = (api_cost,)


def main() -> int:
    prepare()
    figures: dict[str, float] = {}
    for part in PARTS:
        figures |= part.figures()
    return report("api", figures=figures, demands=[demand for part in PARTS for demand in part.DEMANDS])
