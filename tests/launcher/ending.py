"""Watching processes end that are not our children."""

from __future__ import annotations

import threading
import time

import psutil


def ended(pid: int, *, within: float = 20) -> bool:
    """Whether the process has ended `within` seconds. One that nobody has collected yet has ended too."""
    pause, until = threading.Event(), time.monotonic() + within
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        pause.wait(0.05)
    return False
