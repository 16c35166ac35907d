"""The API under load: what a key and a tenant cost, and what other parts of the API promise.

Each part is a module with `figures` and `DEMANDS`.
"""

from __future__ import annotations

from bench.installation import prepare
from bench.parts import measure

PARTS = ("api_cost", "api_schemathesis", "api_deliveries", "api_files")


def main() -> int:
    prepare()
    return measure("api", PARTS)
