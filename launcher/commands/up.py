"""./octavo up: the whole platform on this machine, until Ctrl-C."""

from __future__ import annotations

from launcher.arguments import Request, port
from launcher.notices import say
from launcher.places import data_folder
from launcher.running import platform


def run(request: Request) -> int:
    data = data_folder()
    with platform(data, port=port()) as running:
        say(running.welcome())
        running.supervisor.watch()
        say("\nStopping ...")
    return 0
