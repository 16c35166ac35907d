"""Organisations by the thousand: sign-up, migrations, reading, memory, export, moving, leaks.

Each part is a module with `figures` and `DEMANDS`, stands alone, and may be run alone:
`./octavo bench tenants signup reading`. Ratios come from one run. Where many organisations are needed,
`bench.tenants_many` makes them. `OCTAVO_BENCH_SMALL=1` makes every size small, for trying the bench out.
"""

from __future__ import annotations

from bench.installation import prepare
from bench.parts import measure

PARTS = (
    "tenants_signup",
    "tenants_migrations",
    "tenants_reading",
    "tenants_memory",
    "tenants_export",
    "tenants_move",
    "tenants_leaks",
)


def main() -> int:
    prepare()
    return measure("tenants", PARTS)
