"""What qualified names cost: the same statements on Django's PostgreSQL backend and on ours, in turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg

from bench.orm_server import server_for_tests
from bench.report import Demand, Number
from launcher.places import ROOT

DEMANDS = [
    Demand("compile_simple_over_us", "<=", 10.0),
    Demand("compile_complex_over_stock", "<=", 1.10),
    Demand("execute_simple_over_stock", "<=", 1.05),
    Demand("execute_complex_over_stock", "<=", 1.05),
]


def figures() -> dict[str, Number]:
    with server_for_tests() as server:
        for name in ("orm_timing_own", "orm_timing_stock"):
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
        taken = timed(server)
    found: dict[str, Number] = {}
    for name, seconds in taken.items():
        found[f"{name}_stock_us"] = seconds["stock"] * 1e6
        found[f"{name}_over_us"] = (seconds["default"] - seconds["stock"]) * 1e6
        found[f"{name}_over_stock"] = seconds["default"] / seconds["stock"]
    return found


def timed(server: str) -> dict[str, dict[str, float]]:
    """Seconds for each statement on each backend."""
    environment = {"PYTHONPATH": str(ROOT), "OCTAVO_ORM_BACKEND": "own", "OCTAVO_ORM_SERVER": server}
    done = subprocess.run(
        [sys.executable, "-m", "bench.orm_timing"],
        cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    taken: dict[str, dict[str, float]] = json.loads(done.stdout)
    return taken
