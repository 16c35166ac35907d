"""Servers of an earlier run that did not end with it, and the pid files of those that did."""

from __future__ import annotations

import contextlib
import signal
import time
from pathlib import Path

import psutil

PATIENCE = 10.0  # seconds for each of the signals


def clear_leftover(pid_file: Path, *, name: str, folder: Path, stop_signal: signal.Signals) -> None:
    """Stops the server that still runs in `folder`, if there is one, and removes the pid file.

    The number in the file may since belong to someone else's process, so the process is asked for its name
    and its working folder first.
    """
    with contextlib.suppress(FileNotFoundError):
        server = running(pid_file, name=name, folder=folder)
        if server is not None:
            stop(server, stop_signal)
        pid_file.unlink()


def running(pid_file: Path, *, name: str, folder: Path) -> psutil.Process | None:
    first_line = pid_file.read_text().partition("\n")[0].strip()
    try:
        process = psutil.Process(int(first_line))
        ours = process.name().startswith(name) and Path(process.cwd()).samefile(folder)
    except (ValueError, OSError, psutil.Error):
        return None
    return process if ours else None


def stop(process: psutil.Process, stop_signal: signal.Signals) -> None:
    for number in (stop_signal, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        if has_ended(process, within=PATIENCE):
            return


def has_ended(process: psutil.Process, *, within: float) -> bool:
    """Also where nobody reaps it, as in a container whose first process does not care for orphans."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False
