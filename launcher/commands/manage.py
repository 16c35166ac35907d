"""./octavo manage: Django's commands, with the servers running."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import frontend, translations
from launcher.arguments import Request, port
from launcher.holding import published
from launcher.places import data_folder
from launcher.servers import servers
from launcher.supervision import Supervisor


def run(request: Request) -> int:
    frontend.ensure()
    translations.ensure()
    command = [sys.executable, "-m", "django", *_in_organisation(request.words)]
    data = data_folder()
    running = published(data)
    if running is not None:  # the platform is up: its servers serve
        return Supervisor(say=print).follow(command, environment=running, cwd=Path.cwd())
    with servers(data, port=port()) as (supervisor, environment):
        return supervisor.follow(command, environment=environment, cwd=Path.cwd())


def _in_organisation(words: Sequence[str]) -> list[str]:
    """`--organisation acme command ...` runs a command inside an organisation."""
    match [*words]:
        case ["--organisation", *rest]:
            return ["in_organisation", *rest]
        case [first, *rest] if first.startswith("--organisation="):
            return ["in_organisation", first.removeprefix("--organisation="), *rest]
    return [*words]
