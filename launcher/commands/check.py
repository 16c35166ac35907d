"""./octavo check: format, lint, types, imports, what we assume of Django, texts, migrations, API."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from launcher import translations
from launcher.arguments import Request, port
from launcher.embedded.identity import as_child
from launcher.places import ROOT
from launcher.servers import throw_away_servers

SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Check:
    """A command that exits with 0 when all is well."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    check: Check
    passed: bool
    output: str
    seconds: float


DESCRIBE = f"spectacular --urlconf config.urls --validate --fail-on-warn --file {os.devnull}".split()

# The longest first, so that the short ones run beside it.
CHECKS = (
    Check("types", ("mypy", ".")),
    Check("format", ("ruff", "format", "--check", "--quiet", ".")),
    Check("lint", ("ruff", "check", "--quiet", ".")),
    Check("imports", ("lint-imports", "--no-cache")),
    Check("upgrades", (sys.executable, "-m", "launcher.upgrades")),
    Check("sql", (sys.executable, "-m", "launcher.written_sql")),
    Check("templates", (sys.executable, "-m", "launcher.templates")),
    Check("translations", (sys.executable, "-m", "launcher.translations", "missing")),
    Check("migrations", (sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run")),
    Check("description", (sys.executable, "-m", "django", *DESCRIBE)),
    Check("django", (sys.executable, "-m", "django", "check", "--fail-level", "WARNING")),
)


def run(request: Request) -> int:
    translations.ensure()
    with throw_away_servers(port=port()) as (_, environment), ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        outcomes = []
        for outcome in pool.map(lambda check: perform(check, environment), CHECKS):
            print(line(outcome), flush=True)
            outcomes.append(outcome)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(f"\n{outcome.check.name}: {' '.join(outcome.check.words)}\n{outcome.output}")
    print(f"\n{len(outcomes) - len(failed)} of {len(outcomes)} checks passed")
    return 1 if failed else 0


def perform(check: Check, environment: Mapping[str, str]) -> Outcome:
    program, *rest = check.words
    beside = Path(sys.executable).parent / program
    begun = time.monotonic()
    done = subprocess.run(
        as_child([str(beside if beside.exists() else program), *rest]), cwd=ROOT,
        env=os.environ | environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return Outcome(check, done.returncode == 0, done.stdout.strip(), time.monotonic() - begun)


def line(outcome: Outcome) -> str:
    return f"{'ok  ' if outcome.passed else 'FAIL'} {outcome.check.name:<14}{outcome.seconds:5.1f} s"
