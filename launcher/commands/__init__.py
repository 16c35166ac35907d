"""What each command does, once everything is set up."""

from __future__ import annotations

import importlib
import signal
import sys
from types import FrameType

from launcher.arguments import HELP, Request, version


def run(request: Request) -> int:
    """Does what was asked; returns the exit status. Raises Refusal."""
    if request.command == "help":
        print(HELP, end="")
        return 0
    if request.command == "version":
        print(version())
        return 0
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    module = importlib.import_module(f"launcher.commands.{request.command}")
    status: int = module.run(request)
    return status


def end(number: int, frame: FrameType | None) -> None:
    """Asked to end, or the terminal has gone: leave by way of what stops the servers."""
    sys.exit(128 + number)
