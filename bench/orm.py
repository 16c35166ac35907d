"""Django's own tests on the platform's database backend, compared with Django's, and what the backend costs.

`./octavo bench orm suite` runs the tests alone, `./octavo bench orm cost` the measurement.
"""

from __future__ import annotations

from bench.parts import measure

PARTS = ("orm_suite", "orm_cost")


def main() -> int:
    return measure("orm", PARTS)
