"""./octavo manage: Django's commands, with the servers running."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import frontend, translations
from launcher.arguments import Request, port
from launcher.holding import published
from launcher.places import ROOT, data_folder
from launcher.servers import servers
from launcher.supervision import Supervisor


def run(request: Request) -> int:
    frontend.ensure()
    translations.ensure()
    command = [sys.executable, str(ROOT / "manage.py"), *_inside(request.words)]
    data = data_folder()
    running = published(data)
    if running is not None:  # the platform is up: its servers serve
        return Supervisor(say=print).follow(command, environment=running, cwd=Path.cwd())
    with servers(data, port=port()) as (supervisor, environment):
        return supervisor.follow(command, environment=environment, cwd=Path.cwd())


def _inside(words: Sequence[str]) -> list[str]:
    """`--organisation acme command ...` is `inside acme command ...`."""
    match [*words]:
        case ["--organisation", *rest]:
            return ["inside", *rest]
        case [first, *rest] if first.startswith("--organisation="):
            return ["inside", first.removeprefix("--organisation="), *rest]
    return [*words]
