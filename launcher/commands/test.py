"""./octavo test: everything that the tests need, then the tests."""

from __future__ import annotations

import sys

from launcher import browser, frontend, translations
from launcher.arguments import Request, port
from launcher.places import ROOT
from launcher.servers import throw_away_servers

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
# One process more than the smallest machine has processors: one waits for its browser most of the time. How
# tests are given out is in tests/distribution.py.
IN_PARALLEL = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")


def run(request: Request) -> int:
    frontend.ensure(development=True)
    translations.ensure()
    browser.find()
    chosen = any(word.startswith(("-n", "--numprocesses", "--dist", "--pdb")) for word in request.words)
    words = request.words if chosen else (*IN_PARALLEL, *request.words)
    with throw_away_servers(port=port()) as (supervisor, environment):
        return supervisor.follow(
            [sys.executable, "-m", "pytest", *words],
            environment=environment | browser.playwright_environment() | SETTINGS,
            cwd=ROOT,
        )
