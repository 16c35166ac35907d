"""Servers of an earlier run that did not end with it, and the pid files of those that did."""

from __future__ import annotations

import contextlib
import signal
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
    return process if ours and process.status() != psutil.STATUS_ZOMBIE else None


def stop(process: psutil.Process, stop_signal: signal.Signals) -> None:
    for number in (stop_signal, signal.SIGQUIT, signal.SIGKILL):
        try:
            process.send_signal(number)
            process.wait(PATIENCE)
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            pass
        return
