"""The API under load: what a key and a tenant cost, and what other parts of the API promise.

Each part is a module with `figures` and `DEMANDS`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from bench.installation import prepare
from bench.report import report

PARTS = ("api_cost", "api_schemathesis", "api_deliveries", "api_files")


def main() -> int:
    prepare()
    parts = [import_module(f"bench.{name}") for name in PARTS if find_spec(f"bench.{name}")]
    figures: dict[str, float] = {}
    for part in parts:
        figures |= part.figures()
    return report("api", figures=figures, demands=[demand for part in parts for demand in part.DEMANDS])
