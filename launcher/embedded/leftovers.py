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
    and its working folder first. Children that outlive a killed server go on writing to its data, and without
    the pid file a new PostgreSQL would not notice them: what they commit would be lost. So they end first.
    """
    with contextlib.suppress(FileNotFoundError):
        server = running(pid_file, name=name, folder=folder)
        if server is not None:
            stop(server, stop_signal)
        end_orphans(name=name, folder=folder)
        pid_file.unlink()


def end_orphans(*, name: str, folder: Path) -> None:
    """Ends every process of that name that works in `folder`; returns when the last has gone."""
    orphans = [process for process in psutil.process_iter() if works_in(process, name=name, folder=folder)]
    for process in orphans:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    for process in orphans:
        has_ended(process, within=PATIENCE)


def running(pid_file: Path, *, name: str, folder: Path) -> psutil.Process | None:
    first_line = pid_file.read_text().partition("\n")[0].strip()
    try:
        process = psutil.Process(int(first_line))
    except (ValueError, psutil.Error):
        return None
    return process if works_in(process, name=name, folder=folder) else None


def works_in(process: psutil.Process, *, name: str, folder: Path) -> bool:
    try:
        return process.name().startswith(name) and Path(process.cwd()).samefile(folder)
    except (OSError, psutil.Error):
        return False


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
