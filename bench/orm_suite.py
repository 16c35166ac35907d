"""Django's own tests, on its PostgreSQL backend and on ours: what fails with ours alone has to be known.

Three runs, two at a time: `stock`, `own` (every table in one organisation's schema) and `mixed` (about half
of the tables in public). A test that fails in one of ours and not with stock is either in `orm_allowed.toml`,
with the reason, or unexplained. Where the reason is that the test itself writes SQL with unqualified tables,
a fourth run proves it: the same tests have to pass once the search_path shows those tables. What was said
about each is kept in `var/orm`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.orm_apps import APPS, SMALL
from bench.orm_outcomes import FAILED
from bench.orm_server import server_for_tests
from bench.orm_source import tests_of_django
from bench.report import Demand, Number
from launcher.places import ROOT, VAR

RUNS = ("stock", "own", "mixed")
SIDE_BY_SIDE = 2
LONGEST = 3600.0  # seconds that one run may take
SAID = VAR / "orm"
ALLOWED = Path(__file__).with_name("orm_allowed.toml")

IS_SMALL = os.environ.get("OCTAVO_BENCH_SMALL") == "1"
DEMANDS = [
    Demand("run", ">=", 100 if IS_SMALL else 10_000),
    Demand("unexplained", "==", 0),
    Demand("unexplained_mixed", "==", 0),
    Demand("not_run", "==", 0),
    Demand("unproven", "==", 0),
]


@dataclass(frozen=True)
class Run:
    """How each test ended by its id, what failed ones said, and how long all took in seconds."""

    outcomes: Mapping[str, str]
    said: Mapping[str, str]
    seconds: float

    @property
    def failed(self) -> set[str]:
        return {test for test, outcome in self.outcomes.items() if outcome == FAILED}


def figures() -> dict[str, Number]:
    tests = tests_of_django()
    SAID.mkdir(parents=True, exist_ok=True)
    with server_for_tests() as server, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        runs = dict(
            zip(RUNS, pool.map(lambda backend: run(backend, tests, server, apps()), RUNS), strict=True)
        )
        by_hand = sorted(runs["own"].failed & written_by_hand())
        shown = run("shown", tests, server, by_hand) if by_hand else Run({}, {}, 0.0)
    allowed = allowed_tests()
    stock, own, mixed = (runs[name] for name in RUNS)
    anew, anew_mixed = own.failed - stock.failed, mixed.failed - stock.failed
    show("own", own, anew - allowed.keys())
    show("mixed", mixed, anew_mixed - allowed.keys())
    show("with tables shown", shown, shown.failed)
    for test in sorted(allowed.keys() & own.outcomes.keys() - own.failed):
        print(f"allowed, and does not fail: {test}")
    return {
        "apps": len(apps()),
        "run": len(own.outcomes),
        "not_run": len(stock.outcomes.keys() - own.outcomes.keys()),
        "failed_with_stock": len(stock.failed),
        "failed_anew": len(anew),
        "allowed": len(anew & allowed.keys()),
        "unexplained": len(anew - allowed.keys()),
        "allowed_for_sql_of_theirs": len(by_hand),
        "unproven": len(by_hand) - sum(shown.outcomes.get(test) == "passed" for test in by_hand),
        "failed_anew_mixed": len(anew_mixed),
        "unexplained_mixed": len(anew_mixed - allowed.keys()),
        **{f"{name}_s": found.seconds for name, found in runs.items()},
    }


def apps() -> list[str]:
    return list(SMALL) if IS_SMALL else APPS


def run(backend: str, tests: Path, server: str, labels: Sequence[str]) -> Run:
    """Apps or tests, in a process of their own. Raises RuntimeError where they could not even begin."""
    outcomes, log = SAID / f"{backend}.jsonl", SAID / f"{backend}.log"
    outcomes.unlink(missing_ok=True)
    words = ["runtests.py", "--settings=bench.orm_settings", "--parallel=1", "--noinput", "--verbosity=0"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "OCTAVO_ORM_BACKEND": backend,
        "OCTAVO_ORM_SERVER": server,
        "OCTAVO_ORM_OUTCOMES": str(outcomes),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    begun = time.monotonic()
    with log.open("w") as said:
        subprocess.run(
            [sys.executable, *words, *labels], cwd=tests, env=environment,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=LONGEST, check=False,
        )  # fmt: skip
    if not outcomes.exists():
        raise RuntimeError(f"Django's tests did not begin on {backend}: see {log}")
    return read(outcomes, time.monotonic() - begun)


def read(file: Path, seconds: float) -> Run:
    outcomes: dict[str, str] = {}
    said: dict[str, str] = {}
    for line in file.read_text().splitlines():
        found = json.loads(line)
        if outcomes.get(found["test"]) != FAILED:
            outcomes[found["test"]] = found["outcome"]
            said[found["test"]] = found["said"]
    return Run(outcomes=outcomes, said=said, seconds=seconds)


def allowed_tests() -> dict[str, str]:
    """The reason for each test that may fail."""
    groups = tomllib.loads(ALLOWED.read_text())["allowed"]
    return {test: group["reason"] for group in groups for test in group["tests"]}


def written_by_hand() -> set[str]:
    """The tests that are allowed to fail for the SQL that they write themselves."""
    groups = tomllib.loads(ALLOWED.read_text())["allowed"]
    return {test for group in groups if group.get("passes") == "shown" for test in group["tests"]}


def show(name: str, found: Run, unexplained: set[str]) -> None:
    for test in sorted(unexplained):
        print(f"{name}: {test}\n    {' '.join(found.said[test].split())[:300]}")
